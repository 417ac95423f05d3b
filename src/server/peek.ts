/**
 * Rooms seen from outside: how many people are in, and which seats an offer may be gathered for. No names and no history: each look shows
 * the room as it is, and a slow reader skips what has passed. However many people watch a room, it is looked at once for all of them.
 */
import { randomBytes } from 'node:crypto';
import type { IceServer, PeekEvent } from '../lib/protocol';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { RoomStore } from './room-store';
import { createWake } from './wake';

export interface Peeks {
	/** `room` is a room's key. */
	peek(connection: Connection, room: string, signal: AbortSignal): AsyncGenerator<PeekEvent, void>;
	/** Ends every look. */
	stop(): void;
}

type Look = Omit<PeekEvent, 'iceServers'>;

/** One room, for all who watch it. */
interface View {
	/** `null` before the first look. A new object whenever there is something new to see. */
	readonly look: Look | null;
	readonly watchers: Set<() => void>;
	close(): void;
}

export function createPeeks(options: {
	store: RoomStore;
	clock: Clock;
	/** @param holder a name for whoever watches, where the address gives none */
	iceServersFor: (caller: Connection, room: { isEmpty: boolean }, holder: string) => IceServer[];
	/** How often ICE servers are sent anew, in milliseconds; `null` when nothing in them expires. */
	iceServersMs: number | null;
	/** A change is sent at once, but not within this many milliseconds after the previous one. */
	peekIntervalMs: number;
	roomLimit: number;
}): Peeks {
	const { store, clock, iceServersFor, iceServersMs, peekIntervalMs, roomLimit } = options;
	const views = new Map<string, View>();
	const stopListeners = new Set<() => void>();
	let stopping = false;

	function openView(room: string): View {
		let look: Look | null = null;
		let shown = '';
		let toldAt = -Infinity;
		let isPlanned = false;
		const watchers = new Set<() => void>();
		const unwatch = store.watch(room, plan);
		let cancel = () => {};

		function plan(): void {
			if (isPlanned) return;
			isPlanned = true;
			const waitMs = toldAt + peekIntervalMs - clock.now();
			if (waitMs > 0) cancel = clock.after(waitMs, () => void see());
			else void see();
		}

		async function see(): Promise<void> {
			// Whatever happens from here on is for the next look.
			isPlanned = false;
			const { seats } = await store.read(room);
			const here = seats.filter(({ participant }) => participant.presence === 'here');
			const next: Look = {
				count: seats.length,
				limit: roomLimit,
				seats: here.map(({ participant: { id, incarnation } }) => ({ id, incarnation })),
			};
			const text = JSON.stringify(next);
			if (text === shown) return;
			// The first look is not a change.
			if (look !== null) toldAt = clock.now();
			shown = text;
			look = next;
			for (const wake of watchers) wake();
		}

		plan();
		return {
			get look() {
				return look;
			},
			watchers,
			close() {
				isPlanned = true;
				cancel();
				unwatch();
			},
		};
	}

	async function* peek(
		connection: Connection,
		room: string,
		signal: AbortSignal,
	): AsyncGenerator<PeekEvent, void> {
		const holder = randomBytes(6).toString('base64url');
		const { wake, wait } = createWake();
		const view = views.get(room) ?? openView(room);
		views.set(room, view);
		view.watchers.add(wake);
		stopListeners.add(wake);
		signal.addEventListener('abort', wake);
		const stopRenewing = iceServersMs === null ? () => {} : clock.every(iceServersMs / 2, wake);
		let told: Look | null = null;
		let namedAt = -Infinity;
		try {
			while (!signal.aborted && !stopping) {
				const { look } = view;
				const now = clock.now();
				const isDue = iceServersMs !== null && now - namedAt >= iceServersMs && told?.count !== 0;
				if (look !== null && (look !== told || isDue)) {
					told = look;
					namedAt = now;
					yield { ...look, iceServers: iceServersFor(connection, { isEmpty: look.count === 0 }, holder) };
				}
				await wait();
				await connection.drained(signal);
			}
		} finally {
			stopRenewing();
			stopListeners.delete(wake);
			signal.removeEventListener('abort', wake);
			view.watchers.delete(wake);
			if (view.watchers.size === 0) {
				view.close();
				views.delete(room);
			}
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
