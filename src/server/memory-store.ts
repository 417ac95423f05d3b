/**
 * Rooms in this process's memory: the store of a single node. A room exists while it has a seat. Transactions are
 * synchronous, so their order is the order of the calls.
 */
import { randomBytes } from 'node:crypto';
import type { ParticipantId } from '../lib/protocol';
import { createOutbox, type Outbox, type OutboxLimits } from './outbox';
import { emptyRoom, type Outcome, type RoomState, type Seat } from './room';
import type { RoomStore } from './room-store';

interface Room {
	state: RoomState;
	readonly outboxes: Map<ParticipantId, Outbox>;
}

export function createMemoryStore(limits: OutboxLimits): RoomStore {
	const rooms = new Map<string, Room>();
	const outboxListeners = createListeners();
	const roomWatchers = createListeners();

	function commit(name: string, outcome: Outcome): void {
		const room = rooms.get(name) ?? { state: emptyRoom, outboxes: new Map<ParticipantId, Outbox>() };
		const before = room.state;
		room.state = outcome.state;
		for (const id of outcome.renewed) room.outboxes.set(id, createOutbox(outboxName(), limits));
		for (const { to, event } of outcome.deliveries) room.outboxes.get(to)?.append(event);
		if (outcome.state.seats.length > 0) rooms.set(name, room);
		else rooms.delete(name);

		const touched = new Set([...outcome.renewed, ...outcome.deliveries.map(({ to }) => to)]);
		if (before !== outcome.state) {
			for (const id of changedHands(before, outcome.state)) {
				touched.add(id);
				if (!seatIn(outcome.state, id)) room.outboxes.delete(id);
			}
			roomWatchers.wake(name);
		}
		for (const id of touched) outboxListeners.wake(outboxKey(name, id));
	}

	return {
		transact(name, rule) {
			try {
				const outcome = rule(rooms.get(name)?.state ?? emptyRoom);
				commit(name, outcome);
				return Promise.resolve(outcome);
			} catch (cause) {
				return Promise.reject(cause as Error);
			}
		},
		read: (name) => Promise.resolve(rooms.get(name)?.state ?? emptyRoom),
		snapshot(name, id) {
			const room = rooms.get(name);
			const outbox = room?.outboxes.get(id);
			return Promise.resolve(room && outbox ? { state: room.state, position: outbox.position } : null);
		},
		readOutbox(name, id, after, max) {
			const room = rooms.get(name);
			return Promise.resolve({
				lease: room && seatIn(room.state, id)?.lease,
				entries: room?.outboxes.get(id)?.after(after, max) ?? null,
			});
		},
		listen: (name, id, wake) => outboxListeners.add(outboxKey(name, id), wake),
		watch: (name, wake) => roomWatchers.add(name, wake),
		count() {
			let participants = 0;
			for (const { state } of rooms.values()) participants += state.seats.length;
			return Promise.resolve({ rooms: rooms.size, participants });
		},
	};
}

const outboxName = () => randomBytes(9).toString('base64url');
const outboxKey = (room: string, id: ParticipantId) => `${room}/${id}`;

function seatIn(state: RoomState, id: ParticipantId): Seat | undefined {
	return state.seats.find(({ participant }) => participant.id === id);
}

/** Those whose seat is gone or held by another connection than before. */
function changedHands(before: RoomState, after: RoomState): ParticipantId[] {
	return before.seats
		.filter(({ participant, lease }) => seatIn(after, participant.id)?.lease !== lease)
		.map(({ participant }) => participant.id);
}

function createListeners() {
	const byKey = new Map<string, Set<() => void>>();
	return {
		add(key: string, wake: () => void): () => void {
			// Wrapped, so that the same function added twice is two listeners.
			const listener = () => wake();
			const listeners = byKey.get(key) ?? new Set();
			byKey.set(key, listeners.add(listener));
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0 && byKey.get(key) === listeners) byKey.delete(key);
			};
		},
		wake(key: string): void {
			for (const listener of byKey.get(key) ?? []) listener();
		},
	};
}
