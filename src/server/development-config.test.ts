import { expect, it } from 'vitest';
import { readDevelopmentConfig } from './development-config';

it('listens on this machine, where Vite does, unless told otherwise', () => {
	expect(readDevelopmentConfig({ PORT: '' })).toMatchObject({
		host: 'localhost',
		port: 5173,
		logLevel: 'warn',
	});
	expect(readDevelopmentConfig({ HOST: '0.0.0.0', PORT: '4000', LOG_LEVEL: 'debug' })).toMatchObject({
		host: '0.0.0.0',
		port: 4000,
		logLevel: 'debug',
	});
});

it('locks no page out that Vite serves', () => {
	const config = readDevelopmentConfig({
		ORIGIN: 'https://calls.example.org',
		TLS_CERT: 'certificate.pem',
		TLS_KEY: 'key.pem',
	});
	expect(config).toMatchObject({ origin: null, tls: null });
});

it('refuses the values that the server would refuse', () => {
	expect(() => readDevelopmentConfig({ ROOM_LIMIT: '0' })).toThrow('ROOM_LIMIT holds "0"');
	expect(() => readDevelopmentConfig({ ORIGIN: 'calls' })).toThrow('ORIGIN holds "calls"');
});
