/**
 * An HTTP proxy of the kind that stands in offices: passes requests and refuses every upgrade, so that no WebSocket opens.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { forwardRequests } from './forward-http';

export interface RefusingProxy {
	readonly origin: string;
	/** Upgrades asked for and refused. */
	readonly refused: number;
	/** What a proxy writes down of each request: its address, as it came. */
	readonly addresses: readonly string[];
	close(): Promise<void>;
}

/** @param meddles true when it has dealt with a request itself, which then does not pass */
export async function startRefusingProxy(
	target: { port: number },
	meddles: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<RefusingProxy> {
	let refused = 0;
	const addresses: string[] = [];
	const forward = forwardRequests(target);
	const server = createServer((incoming, outgoing) => {
		addresses.push(incoming.url ?? '');
		if (!meddles(incoming, outgoing)) forward(incoming, outgoing);
	});
	server.on('upgrade', (incoming, socket) => {
		addresses.push(incoming.url ?? '');
		refused += 1;
		// Who asked may be gone before the answer.
		socket.on('error', () => socket.destroy());
		socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		origin: `http://127.0.0.1:${port}`,
		get refused() {
			return refused;
		},
		addresses,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
