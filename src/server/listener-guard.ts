/** Bounds the TCP connections of one address, whatever they carry: even a silent one costs a file descriptor. */
import type { Server } from 'node:net';
import type { Callers } from './address';
import { createConnectionCounts } from './connection-counts';

export function guardListener(server: Server, callers: Callers, socketsPerAddress: number): void {
	const counts = createConnectionCounts(socketsPerAddress);
	server.on('connection', (socket) => {
		const caller = callers.ofSocket(socket.remoteAddress);
		if (counts.take(caller)) socket.once('close', () => counts.release(caller));
		else socket.destroy();
	});
}
