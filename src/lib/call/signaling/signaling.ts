/**
 * The channel to the server, as the call sees it: one session in one room, events in order and each once, lost
 * connections mended underneath. `trpc-signaling.ts` is the real one; `tests/support/linked-signaling.ts` joins two
 * calls without a server.
 */
import type {
	JoinInput,
	PeekEvent,
	RelayInput,
	RoomAddress,
	ServerEvent,
	SignalInput,
	UpdateInput,
	WireError,
} from '../../protocol';
import type { Unsubscribe } from '../../platform/platform';

/** `connecting` during the first attempt, `reconnecting` once one has failed or a connection was lost. */
export type SignalingState = 'connecting' | 'connected' | 'reconnecting';

/**
 * What keeps a session from being although something answers. `origin-refused`: the server takes this page for a foreign one, as it does
 * behind a proxy that rewrites `Host`. `blocked`: something on the way refuses commands or streams. `intercepted`: something else answers in
 * the server's place, such as a page to sign in. `buffered`: something on the way holds streams back.
 */
export type SignalingObstacle = 'origin-refused' | 'blocked' | 'intercepted' | 'buffered';

/** What is asked at the first join and again, with the token, at every reconnect. */
export type JoinState = Omit<JoinInput, 'token' | 'offers' | 'lastEventId' | 'room' | 'tag' | 'protocol'>;

export interface SessionEvents {
	/** A `welcome` comes first, and again whenever the server could not resume event by event. */
	event(event: ServerEvent): void;
	/** The session is over and will not be tried again: refused at the door, or taken over. */
	ended(error: WireError): void;
	/** The connection is back and every missed event has been delivered. */
	resumed(): void;
}

/** Membership in a room. Commands are kept while the connection is away and sent, newest state first, when it is back. */
export interface Session {
	sendSignal(input: SignalInput): void;
	sendUpdate(input: UpdateInput): void;
	/** Resolves false when the server could not take it. Never rejects. */
	sendRelay(input: RelayInput): Promise<boolean>;
	/** Leaves the room and frees the seat at once. Resolves when the server has heard of it, or can't. Never rejects. */
	leave(): Promise<void>;
}

export interface Signaling {
	readonly state: SignalingState;
	/** Known while `reconnecting`, where there is one. It is tried again all the same. */
	readonly obstacle: SignalingObstacle | null;
	/** Told when either changes. */
	onStateChange(listener: (state: SignalingState) => void): Unsubscribe;
	/** Watches a room from outside until unsubscribed. Reconnects by itself. */
	peek(address: RoomAddress, listener: (event: PeekEvent) => void): Unsubscribe;
	/**
	 * Joins. `state` is read again at each reconnect, so that a restarted server hears what is true by then. `token` is one
	 * kept from an earlier page load.
	 */
	join(
		address: RoomAddress,
		options: { state: () => JoinState; offers: NonNullable<JoinInput['offers']>; token: string | null },
		events: SessionEvents,
	): Session;
	/** Something suggests that the connection may be gone: asks it, and opens another one when no answer comes soon. */
	check(): void;
	close(): void;
}
