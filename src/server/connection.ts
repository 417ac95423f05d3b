/**
 * What procedures know of who calls: one object for each WebSocket, and one for each HTTP request. Identity lives here
 * and in the rejoin token, never in a message.
 */
import type { Caller } from './address';
import type { Bucket } from './rate-limit';
import type { ParticipantId } from '../lib/protocol';

export interface Membership {
	/** By its key. */
	readonly room: string;
	readonly id: ParticipantId;
	/** Names this hold on the seat; a later one takes over. */
	readonly lease: string;
}

export interface Connection {
	readonly kind: 'websocket' | 'http';
	readonly address: string;
	/** What else its limits are counted by; see `Caller`. */
	readonly networks: Caller['networks'];
	/** HTTP only: the rejoin token from the `Authorization` header. */
	readonly bearerToken: string | null;
	/** WebSocket only: the one session this connection carries. */
	membership: Membership | null;
	/** Subscriptions under way. */
	subscriptions: number;
	readonly messages: Bucket;
	readonly updates: Bucket;
	readonly joins: Bucket;
	readonly relayedBytes: Bucket;
	/** WebSocket only: when the other end last gave a sign of life. */
	readonly heardAt: (() => number) | null;
	/** WebSocket only: when its page said that it was going; else `null`. */
	readonly pageGoneAt: (() => number | null) | null;
	/** Counts what a call set in motion, as so many calls more of its address. */
	charge(calls: number): void;
	/** A call was answered with an error, which counts for so many. */
	handleError(cost: number): void;
	/** Resolves when what has been sent is mostly on its way, so that a slow reader waits in its bounded outbox. */
	drained(signal: AbortSignal): Promise<void>;
}
