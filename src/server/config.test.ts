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
			host: '::',
			port: 3000,
			origin: null,
			trustedProxies: [],
			metrics: { token: null, listener: null },
			tls: null,
			secret: null,
			dataDirectory: 'data',
			stunUrls: [],
			turn: null,
			roomLimit: 12,
			logLevel: 'warn',
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
				TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
				METRICS_TOKEN: 'sixteen-characters',
				METRICS_PORT: '9464',
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
			trustedProxies: [
				{ address: [0, 0, 0, 0, 0, 0xffff, 0x0a00, 0], bits: 104 },
				{ address: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], bits: 128 },
			],
			metrics: { token: 'sixteen-characters', listener: { host: '127.0.0.1', port: 9464 } },
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
			'STUN_URLS holds "http://stun", but may hold up to 8 addresses like stun:host:port or stuns:host:port, separated by commas',
		],
		[
			'TURN_URLS',
			'turn:a.example.org,turn:a:99999',
			'TURN_URLS holds "turn:a.example.org,turn:a:99999", but may hold up to 8 addresses like turn:host:port?transport=udp or turns:host:port?transport=tcp, separated by commas',
		],
		...['10.0.0.0/33', '10.0.0.1,', 'proxy.example.org', '0.0.0.0/0', '10.0.0.0/8 172.16.0.0/12'].map(
			(value): [string, string, string] => [
				'TRUSTED_PROXIES',
				value,
				`TRUSTED_PROXIES holds "${value}", but may hold up to 256 addresses or networks like 10.0.0.2 or 2001:db8::/32, separated by commas`,
			],
		),
		['METRICS_PORT', '0', 'METRICS_PORT holds "0", but may hold a whole number from 1 to 65535'],
		[
			'METRICS_TOKEN',
			'sixteen characters',
			'METRICS_TOKEN holds 18 characters, but may hold 16 or more of A-Z a-z 0-9 - . _ ~ + / =',
		],
		[
			'REDIS_URL',
			'redis://user:word@localhost',
			'REDIS_URL holds "redis://…@localhost", but may hold nothing yet: rooms are kept in memory, on one node',
		],
	])('says in one line what is wrong with %s=%s', (name, value, problem) => {
		expect(problemOf({ [name]: value })).toBe(problem);
	});

	const hosts = [
		'a',
		'a.example.org',
		'a_b.example.org.',
		'1.example.org',
		'192.0.2.1',
		'[2001:db8::1]',
		'[::1]',
	];
	const ports = ['', ':1', ':3478', ':65535'];
	const addresses = hosts.flatMap((host) => ports.map((port) => host + port));

	it.each(['stun', 'stuns'])('takes every address of a STUN server that browsers take: %s', (scheme) => {
		for (const address of addresses) {
			const url = `${scheme}:${address}`;
			expect(readConfig({ STUN_URLS: url }).stunUrls).toEqual([url]);
		}
	});

	it.each(['turn', 'turns'])('takes every address of a TURN server that browsers take: %s', (scheme) => {
		for (const address of addresses) {
			for (const query of ['', '?transport=udp', '?transport=tcp']) {
				const url = `${scheme}:${address}${query}`;
				const config = readConfig({ TURN_URLS: url, TURN_SECRET: 'sixteen characters' });
				expect(config.turn?.urls).toEqual([url]);
			}
		}
	});

	it.each([
		...['', 'a:', 'a:0', 'a:65536', 'a:99999', 'a:port', ':3478', 'a b', 'a..b', '-a', 'a-', 'ä'],
		...[
			'//a',
			'a/b',
			'user@a',
			'a#b',
			'a?',
			'a?x=1',
			'a?transport=',
			'a?transport=tls',
			'a?transport=udp&x=1',
		],
		...[
			'256.1.1.1',
			'1.2.3',
			'::1',
			'[::1',
			'[]',
			'[a]',
			'[192.0.2.1]',
			'[fe80::1%eth0]',
			'a,',
			`${'a'.repeat(64)}.org`,
		],
	])('refuses "%s", which is no address of a server', (address) => {
		expect(problemOf({ STUN_URLS: `stun:${address}` })).toMatch(/^STUN_URLS holds /);
		expect(problemOf({ TURN_URLS: `turn:${address}` })).toMatch(/^TURN_URLS holds /);
	});

	it('takes no address of the other kind of server, and asks only TURN for a transport', () => {
		expect(problemOf({ STUN_URLS: 'turn:a' })).toMatch(/^STUN_URLS holds /);
		expect(problemOf({ STUN_URLS: 'stun:a?transport=udp' })).toMatch(/^STUN_URLS holds /);
		expect(problemOf({ TURN_URLS: 'stun:a' })).toMatch(/^TURN_URLS holds /);
	});

	it('shows no secret', () => {
		expect(problemOf({ SECRET: 'short' })).toBe(
			'SECRET holds 5 characters, but may hold 16 characters or more',
		);
	});

	it('wants what belongs together', () => {
		expect(problemOf({ TLS_CERT: 'cert.pem' })).toMatch(/^TLS_KEY is not set, but TLS_CERT is/);
		expect(problemOf({ METRICS_HOST: '::' })).toMatch(/^METRICS_PORT is not set, but METRICS_HOST is/);
		expect(problemOf({ TURN_URLS: 'turn:a' })).toMatch(/^TURN_SECRET is not set, but TURN_URLS is/);
		expect(problemOf({ TURN_SECRET: 'sixteen characters' })).toMatch(/^TURN_URLS is not set/);
	});
});
