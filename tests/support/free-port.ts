import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below those that systems give to whoever connects: a port must stay free while the server that it belongs to is stopped. */
const range = { first: 20_000, last: 32_000 };
const given = new Set<number>();

/** A port on loopback that nobody listens on, over TCP or UDP; never the same twice. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = range.first + Math.floor(Math.random() * (range.last - range.first));
		if (given.has(port)) continue;
		given.add(port);
		if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port;
	}
}

function isFreeForTcp(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}

function isFreeForUdp(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createSocket('udp4');
		probe.once('error', () => resolve(false));
		probe.bind(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}
