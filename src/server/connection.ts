/**
 * What procedures know about their caller: one object for each WebSocket, and one for each HTTP request. Identity is kept here
 * and in the rejoin token, never in a message.
 */
import type { Caller } from './address';
import type { Bucket } from './rate-limit';
import type { ParticipantId } from '../lib/protocol';

export interface Membership {
	/** The room's key. */
	readonly room: string;
	readonly id: ParticipantId;
	/** Identifies this claim to the seat; a later one takes it over. */
	readonly lease: string;
}

export interface Connection {
	readonly kind: 'websocket' | 'http';
	readonly address: string;
	/** What its limits are counted by; see `Caller`. */
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
	/** WebSocket only: when the other end was last heard. */
	readonly heardAt: (() => number) | null;
	/** WebSocket only: when its page said that it was going, or `null`. */
	readonly pageGoneAt: (() => number | null) | null;
	/** Counts what a call has set off as this many more calls of its address. */
	charge(calls: number): void;
	/** A call was answered with an error, which counts as `cost` errors. */
	handleError(cost: number): void;
	/** Resolves when most of what was sent is on its way, so that a slow reader's events stay in the bounded outbox. */
	drained(signal: AbortSignal): Promise<void>;
}
