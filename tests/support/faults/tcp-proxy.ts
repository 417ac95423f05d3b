/**
 * A TCP proxy on loopback that breaks on command: cuts, stalls and half-opens connections, or refuses new ones. What it does to
 * bytes it does for real; neither end can tell it from a bad network.
 */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

export interface TcpProxy {
	readonly port: number;
	readonly origin: string;
	/** Connections that are open at this moment. */
	readonly open: number;
	/** Ends every connection with a reset. New ones are taken again at once. */
	cut(): void;
	/** From now on new connections are reset as they come; `false` takes them again. */
	refuse(refusing: boolean): void;
	/**
	 * Half-open: what is connected stays so, and nothing passes any more, in either direction. New connections pass, unless
	 * `alsoNew`. `resume` lets through what has been waiting.
	 */
	stall(options?: { alsoNew?: boolean }): void;
	resume(): void;
	close(): Promise<void>;
}

interface Link {
	client: Socket;
	upstream: Socket;
}

export async function startTcpProxy(target: { port: number; host?: string }): Promise<TcpProxy> {
	const links = new Set<Link>();
	let refusing = false;
	let stallNew = false;

	const server: Server = createServer((client) => {
		if (refusing) {
			client.resetAndDestroy();
			return;
		}
		const upstream = connect(target.port, target.host ?? '127.0.0.1');
		const link = { client, upstream };
		links.add(link);
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			from.setNoDelay(true);
			from.on('data', (chunk) => {
				if (!to.write(chunk)) from.pause();
			});
			to.on('drain', () => from.resume());
			from.on('end', () => to.end());
			from.on('error', () => to.destroy());
			from.on('close', () => {
				to.destroy();
				links.delete(link);
			});
		}
		if (stallNew) pause(link);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;

	return {
		port,
		origin: `http://127.0.0.1:${port}`,
		get open() {
			return links.size;
		},
		cut() {
			for (const { client, upstream } of links) {
				client.resetAndDestroy();
				upstream.resetAndDestroy();
			}
		},
		refuse(next) {
			refusing = next;
		},
		stall({ alsoNew = false } = {}) {
			stallNew = alsoNew;
			for (const link of links) pause(link);
		},
		resume() {
			stallNew = false;
			for (const { client, upstream } of links) {
				client.resume();
				upstream.resume();
			}
		},
		async close() {
			for (const { client, upstream } of links) {
				client.destroy();
				upstream.destroy();
			}
			server.close();
			await once(server, 'close');
		},
	};
}

function pause({ client, upstream }: Link): void {
	client.pause();
	upstream.pause();
}
