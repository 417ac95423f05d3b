/** How many TCP connections one address may hold, whatever comes over them: those that say nothing cost a descriptor too. */
import type { Server } from 'node:net';
import { networkOf } from './address';
import { createConnectionCounts } from './connection-counts';

export function guardListener(server: Server, socketsPerAddress: number): void {
	const counts = createConnectionCounts(socketsPerAddress);
	server.on('connection', (socket) => {
		const address = networkOf(socket.remoteAddress ?? 'unknown');
		if (counts.take(address)) socket.once('close', () => counts.release(address));
		else socket.destroy();
	});
}
