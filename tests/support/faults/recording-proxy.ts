/** A TCP proxy on loopback that keeps what clients send: what a server could see, whether or not its own code looks. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface RecordingProxy {
	readonly origin: string;
	/** All bytes sent so far, of all connections, one character a byte. Frames of WebSockets are in it as they travel: masked. */
	readonly sent: string;
	close(): Promise<void>;
}

export async function startRecordingProxy(target: { port: number }): Promise<RecordingProxy> {
	const sockets = new Set<Socket>();
	let sent = '';
	const server = createServer((client) => {
		const upstream = connect(target.port, '127.0.0.1');
		client.on('data', (chunk) => (sent += chunk.toString('latin1')));
		client.pipe(upstream).pipe(client);
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => {
				client.destroy();
				upstream.destroy();
				sockets.delete(socket);
			});
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		origin: `http://127.0.0.1:${port}`,
		get sent() {
			return sent;
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
