/**
 * Where rooms are kept. `memory-store.ts` keeps them in this process; a store shared by several nodes would stand behind
 * the same interface. Every store passes `tests/integration/store-contract.ts`. Knows no rules: it runs them.
 */
import type { ParticipantId } from '../lib/protocol';
import type { Outcome, RoomEvent, RoomState } from './room';

/** An event in a participant's outbox. Ids of one outbox grow, but only the store compares them. */
export interface OutboxEntry {
	readonly id: string;
	readonly event: RoomEvent;
}

export interface OutboxPage {
	/** The connection that holds the seat, `null` while nobody does, `undefined` when there is no such seat. */
	readonly lease: string | null | undefined;
	/** What follows the position, oldest first; `null` when the outbox no longer holds all of it, or never did. */
	readonly entries: readonly OutboxEntry[] | null;
}

export interface RoomSnapshot {
	readonly state: RoomState;
	/** The last event of the participant's outbox that this state includes. */
	readonly position: string;
}

export interface RoomStore {
	/**
	 * Runs a rule on the room as it is and stores its outcome: the state, the outboxes to start anew, then the
	 * deliveries in order. Nothing else happens to the room meanwhile. The rule may be run more than once and must be pure.
	 * Calls made one after the other on one node take effect in that order.
	 */
	transact(room: string, rule: (state: RoomState) => Outcome): Promise<Outcome>;
	read(room: string): Promise<RoomState>;
	/** The room together with a position from which its later events follow; `null` when there is no such seat. */
	snapshot(room: string, id: ParticipantId): Promise<RoomSnapshot | null>;
	/** At most `max` events that follow `after`, which is an entry's id or a snapshot's position. */
	readOutbox(room: string, id: ParticipantId, after: string | null, max: number): Promise<OutboxPage>;
	/** Calls `wake` soon after an outbox has grown, was started anew, or its seat changed hands. May also call it without reason. */
	listen(room: string, id: ParticipantId, wake: () => void): () => void;
	/** Calls `wake` soon after a seat of the room was taken, given up or changed. May also call it without reason. */
	watch(room: string, wake: () => void): () => void;
	count(): Promise<{ rooms: number; participants: number }>;
}
