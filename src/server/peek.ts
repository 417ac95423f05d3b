/**
 * A room seen from outside: how many are in, and which seats an offer may be gathered for. No names, no history: each
 * look shows the room as it is, and a slow reader skips what has passed.
 */
import type { IceServer, PeekEvent } from '../lib/protocol';
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { RoomStore } from './room-store';
import { createWake } from './wake';

export interface Peeks {
	peek(connection: Connection, room: string, signal: AbortSignal): AsyncGenerator<PeekEvent, void>;
	/** Ends every look. */
	stop(): void;
}

export function createPeeks(options: {
	store: RoomStore;
	clock: Clock;
	iceServersFor: (holder: string) => IceServer[];
	/** How long ICE servers are good for before they are named anew, in milliseconds. */
	iceServersMs: number;
	roomLimit: number;
}): Peeks {
	const { store, clock, iceServersFor, iceServersMs, roomLimit } = options;
	const stopListeners = new Set<() => void>();
	let stopping = false;

	async function* peek(
		connection: Connection,
		room: string,
		signal: AbortSignal,
	): AsyncGenerator<PeekEvent, void> {
		const holder = `lobby-${randomBytes(6).toString('base64url')}`;
		const wake = createWake();
		const unwatch = store.watch(room, wake.wake);
		stopListeners.add(wake.wake);
		signal.addEventListener('abort', wake.wake);
		let iceServers: IceServer[] = [];
		let namedAt = -Infinity;
		let shown = '';
		try {
			while (!signal.aborted && !stopping) {
				const { seats } = await store.read(room);
				const now = clock.now();
				if (now - namedAt >= iceServersMs) {
					iceServers = iceServersFor(holder);
					namedAt = now;
				}
				const event: PeekEvent = {
					count: seats.length,
					limit: roomLimit,
					seats: seats
						.filter(({ participant }) => participant.presence === 'here')
						.map(({ participant: { id, incarnation } }) => ({ id, incarnation })),
					iceServers,
				};
				const text = JSON.stringify(event);
				if (text !== shown) yield event;
				shown = text;
				await wake.wait();
				await connection.drained(signal);
			}
		} finally {
			unwatch();
			stopListeners.delete(wake.wake);
			signal.removeEventListener('abort', wake.wake);
		}
	}

	return {
		peek,
		stop() {
			stopping = true;
			for (const wake of stopListeners) wake();
		},
	};
}
