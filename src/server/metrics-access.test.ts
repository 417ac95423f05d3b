import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { metricsAnswer, type MetricsSettings } from './metrics-access';

const ask = (
	settings: Partial<MetricsSettings>,
	{ from = '127.0.0.1', headers = {}, onOwnPort = false } = {},
) => {
	const request = { socket: { remoteAddress: from }, headers } as unknown as IncomingMessage;
	return metricsAnswer(request, { token: null, listener: null, ...settings }, onOwnPort);
};

it('gives them to this machine alone, and to nobody whom a proxy on it brings', () => {
	for (const from of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(ask({}, { from })).toBe('given');
	for (const from of ['203.0.113.7', '10.0.0.2', '::ffff:172.17.0.1', 'fe80::1'])
		expect(ask({}, { from })).toBe('from-elsewhere');
	for (const headers of [
		{ 'x-forwarded-for': '127.0.0.1' },
		{ forwarded: 'for=127.0.0.1' },
		{ via: '1.1 a' },
	])
		expect(ask({}, { headers })).toBe('from-elsewhere');
});

it('wants the token where there is one, from this machine too', () => {
	const token = 'sixteen-characters';
	const bearer = (authorization: string) => ({ headers: { authorization } });
	expect(ask({ token }, { from: '203.0.113.7', ...bearer(`Bearer ${token}`) })).toBe('given');
	expect(ask({ token }, bearer(`bearer ${token}`))).toBe('given');
	expect(ask({ token })).toBe('token-wanted');
	for (const wrong of [token, 'Bearer', 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, 'Bearer a b'])
		expect(ask({ token }, bearer(wrong))).toBe('token-wanted');
});

it('gives them on a port of their own, and then nowhere else', () => {
	const listener = { host: '127.0.0.1', port: 9464 };
	expect(ask({ listener })).toBe('on-another-port');
	expect(ask({ listener }, { from: '10.0.0.2', onOwnPort: true })).toBe('given');
	const token = 'sixteen-characters';
	expect(ask({ listener, token }, { onOwnPort: true })).toBe('token-wanted');
});
