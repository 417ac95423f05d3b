import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

function problemOf(environment: Record<string, string>): string {
	try {
		readConfig(environment);
	} catch (cause) {
		if (cause instanceof ConfigError) return cause.message;
		throw cause;
	}
	throw new Error('nothing was wrong');
}

describe('readConfig', () => {
	it('works on one machine with nothing set, and contacts nobody', () => {
		expect(readConfig({})).toEqual({
			host: '0.0.0.0',
			port: 3000,
			origin: null,
			tls: null,
			secret: null,
			dataDirectory: 'data',
			stunUrls: [],
			turn: null,
			roomLimit: 12,
			logLevel: 'info',
		});
	});

	it('takes an empty value for none', () => {
		expect(readConfig({ PORT: '', ORIGIN: ' ', REDIS_URL: '' })).toEqual(readConfig({}));
	});

	it('reads every setting', () => {
		expect(
			readConfig({
				HOST: '::1',
				PORT: '8443',
				ORIGIN: 'https://meet.example.org/',
				TLS_CERT: 'cert.pem',
				TLS_KEY: 'key.pem',
				SECRET: 'sixteen characters',
				STUN_URLS: 'stun:a.example.org, stuns:b.example.org:5349',
				TURN_URLS: 'turn:c.example.org?transport=tcp',
				TURN_SECRET: 'sixteen characters too',
				ROOM_LIMIT: '20',
				LOG_LEVEL: 'debug',
			}),
		).toEqual({
			host: '::1',
			port: 8443,
			origin: 'https://meet.example.org',
			tls: { certificateFile: 'cert.pem', keyFile: 'key.pem' },
			secret: 'sixteen characters',
			dataDirectory: 'data',
			stunUrls: ['stun:a.example.org', 'stuns:b.example.org:5349'],
			turn: { urls: ['turn:c.example.org?transport=tcp'], secret: 'sixteen characters too' },
			roomLimit: 20,
			logLevel: 'debug',
		});
	});

	it('makes a room no larger than a mesh can carry', () => {
		expect(readConfig({ ROOM_LIMIT: '20', MESH_LIMIT: '6' }).roomLimit).toBe(6);
		expect(readConfig({ ROOM_LIMIT: '4', MESH_LIMIT: '6' }).roomLimit).toBe(4);
	});

	it.each([
		['PORT', 'http', 'PORT holds "http", but may hold a whole number from 0 to 65535'],
		['PORT', '65536', 'PORT holds "65536", but may hold a whole number from 0 to 65535'],
		['ROOM_LIMIT', '1', 'ROOM_LIMIT holds "1", but may hold a whole number from 2 to 100'],
		['MESH_LIMIT', '-3', 'MESH_LIMIT holds "-3", but may hold a whole number from 2 to 100'],
		['HOST', 'a b', 'HOST holds "a b", but may hold a host name or address to listen on'],
		[
			'ORIGIN',
			'https://meet.example.org/calls',
			'ORIGIN holds "https://meet.example.org/calls", but may hold an origin like https://meet.example.org, without a path',
		],
		[
			'LOG_LEVEL',
			'loud',
			'LOG_LEVEL holds "loud", but may hold one of fatal, error, warn, info, debug, silent',
		],
		[
			'STUN_URLS',
			'http://stun',
			'STUN_URLS holds "http://stun", but may hold addresses like stun:host:port, separated by commas',
		],
		[
			'REDIS_URL',
			'redis://user:word@localhost',
			'REDIS_URL holds "redis://…@localhost", but may hold nothing yet: rooms are kept in memory, on one node',
		],
	])('says in one line what is wrong with %s=%s', (name, value, problem) => {
		expect(problemOf({ [name]: value })).toBe(problem);
	});

	it('shows no secret', () => {
		expect(problemOf({ SECRET: 'short' })).toBe(
			'SECRET holds 5 characters, but may hold 16 characters or more',
		);
	});

	it('wants what belongs together', () => {
		expect(problemOf({ TLS_CERT: 'cert.pem' })).toMatch(/^TLS_KEY is not set, but TLS_CERT is/);
		expect(problemOf({ TURN_URLS: 'turn:a' })).toMatch(/^TURN_SECRET is not set, but TURN_URLS is/);
		expect(problemOf({ TURN_SECRET: 'sixteen characters' })).toMatch(/^TURN_URLS is not set/);
	});
});
