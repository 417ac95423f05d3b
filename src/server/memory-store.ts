/**
 * Rooms in this process's memory: the store of a single node. A room exists while it has a seat. Transactions are
 * synchronous, so their order is the order of the calls.
 */
import { randomBytes } from 'node:crypto';
import type { ParticipantId } from '../lib/protocol';
import { unlimitedMemory, type Account, type MemoryBudget } from './memory-budget';
import { createOutbox, type Outbox, type OutboxLimits } from './outbox';
import { emptyRoom, type Outcome, type RoomState } from './room';
import type { RoomStore } from './room-store';
import { findSeat, leaseOf } from './seats';

interface Room {
	state: RoomState;
	readonly outboxes: Map<ParticipantId, Outbox>;
	/** Where the content of each outbox is counted. */
	readonly accounts: Map<ParticipantId, Account>;
}

export function createMemoryStore(limits: OutboxLimits, budget: MemoryBudget = unlimitedMemory): RoomStore {
	const rooms = new Map<string, Room>();
	const outboxListeners = createListeners();
	const roomWatchers = createListeners();

	function openOutbox(name: string, room: Room, id: ParticipantId): void {
		const account = budget.open(outboxKey(name, id), () => outbox.unreadBytes);
		const outbox = createOutbox(outboxName(), {
			events: limits.events,
			get bytes() {
				return Math.min(limits.bytes, account.most());
			},
		});
		room.accounts.set(id, account);
		room.outboxes.set(id, outbox);
	}

	function closeOutbox(room: Room, id: ParticipantId): void {
		room.accounts.get(id)?.close();
		room.accounts.delete(id);
		room.outboxes.delete(id);
	}

	function commit(name: string, outcome: Outcome): void {
		const room = rooms.get(name) ?? newRoom();
		const before = room.state;
		room.state = outcome.state;
		for (const id of outcome.renewed) openOutbox(name, room, id);
		for (const { to, event } of outcome.deliveries) {
			const outbox = room.outboxes.get(to);
			outbox?.append(event);
			if (outbox) room.accounts.get(to)?.hold(outbox.bytes);
		}
		if (outcome.state.seats.length > 0) rooms.set(name, room);
		else rooms.delete(name);

		const touched = new Set([...outcome.renewed, ...outcome.deliveries.map(({ to }) => to)]);
		if (before !== outcome.state) {
			for (const id of changedHands(before, outcome.state)) {
				touched.add(id);
				if (!findSeat(outcome.state.seats, id)) closeOutbox(room, id);
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
			const seat = room && findSeat(room.state.seats, id);
			return Promise.resolve({
				lease: seat && leaseOf(seat),
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

const newRoom = (): Room => ({ state: emptyRoom, outboxes: new Map(), accounts: new Map() });
const outboxName = () => randomBytes(9).toString('base64url');
/** The name of an outbox, also in the memory budget. */
export const outboxKey = (room: string, id: ParticipantId) => `${room}/${id}`;

/** Participants whose seat is gone, or held by a different connection than before. */
function changedHands(before: RoomState, after: RoomState): ParticipantId[] {
	return before.seats
		.filter((seat) => {
			const now = findSeat(after.seats, seat.participant.id);
			return !now || leaseOf(now) !== leaseOf(seat);
		})
		.map(({ participant }) => participant.id);
}

function createListeners() {
	const byKey = new Map<string, Set<() => void>>();
	return {
		add(key: string, wake: () => void): () => void {
			// Wrapped, so that adding the same function twice makes two listeners.
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
