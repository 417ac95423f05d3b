/** A server behind a proxy on another machine: whom that names is a caller of their own, if the settings say that it may name them. */
import { networkInterfaces } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startServer, type TestServer } from '../support/server-harness';

/** Proxies on the same machine are trusted anyway, so this needs an address that others could have. */
const elsewhere = Object.values(networkInterfaces())
	.flat()
	.find((found) => found?.family === 'IPv4' && !found.internal)?.address;

let server: TestServer;
afterEach(() => server.stop());

const start = (environment: Record<string, string>) =>
	startServer({
		environment: { HOST: '0.0.0.0', ...environment },
		tunables: { connectionsPerAddress: 3 },
	});

/** How many of five connections are taken. */
async function taken(forwardedFor: (n: number) => string): Promise<number> {
	const sockets = Array.from({ length: 5 }, (_, n) => {
		const headers = { 'x-forwarded-for': forwardedFor(n) };
		return new WebSocket(`ws://${elsewhere}:${server.port}/trpc`, { headers });
	});
	const opened = await Promise.all(
		sockets.map(
			(socket) =>
				new Promise<boolean>((resolve) => {
					socket.on('open', () => resolve(true));
					socket.on('error', () => resolve(false));
				}),
		),
	);
	for (const socket of sockets) socket.terminate();
	return opened.filter(Boolean).length;
}

const needsAnAddress = it.skipIf(elsewhere === undefined);

needsAnAddress('[L5] counts those apart whom a proxy elsewhere names, where it is trusted', async () => {
	server = await start({ TRUSTED_PROXIES: `${elsewhere}/32` });
	expect(await taken((n) => `203.0.113.${n}`)).toBe(5);
	expect(await taken(() => '203.0.113.7')).toBe(3);
});

needsAnAddress('[L5] takes all behind a proxy that nobody named for one, whatever it says', async () => {
	server = await start({ TRUSTED_PROXIES: '203.0.113.0/24' });
	expect(await taken((n) => `203.0.113.${n}`)).toBe(3);
});
