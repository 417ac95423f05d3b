/**
 * The channel to the server, as the call sees it: one session in one room, and events in order, each of them once. Lost connections are
 * restored underneath. `trpc-signaling.ts` is the real one.
 */
import type {
	JoinInput,
	MemberChange,
	MemberState,
	PeekEvent,
	RelayInput,
	RoomAddress,
	ServerEvent,
	SignalInput,
	WireError,
} from '../../protocol';
import type { Unsubscribe } from '../../platform/platform';

/** `connecting` during the first attempt, `reconnecting` once one has failed or a connection was lost. */
export type SignalingState = 'connecting' | 'connected' | 'reconnecting';

/**
 * What prevents a session although something answers. `origin-refused`: the server takes this page for a foreign one, as it does behind a
 * proxy that rewrites `Host`. `blocked`: something on the way refuses commands or streams. `intercepted`: something else answers in the
 * server's place, such as a sign-in page. `buffered`: something on the way holds streams back.
 */
export type SignalingObstacle = 'origin-refused' | 'blocked' | 'intercepted' | 'buffered';

export interface JoinOptions {
	/** This page load. */
	incarnation: string;
	/** What is true of us: read at the first join and again, with the token, at every reconnect. */
	state: () => MemberState;
	offers: NonNullable<JoinInput['offers']>;
	/** A token kept from an earlier page load; `null` if there is none. */
	token: string | null;
}

export interface SessionEvents {
	/** A `welcome` comes first, and again whenever the server could not resume event by event. */
	event(event: ServerEvent): void;
	/** The session is over and will not be tried again: the join was refused, or another page took the seat over. */
	ended(error: WireError): void;
	/** The connection is back and every missed event has been delivered. */
	resumed(): void;
}

/** Membership in a room. Signals and updates are kept while the connection is lost and sent, newest state first, when it is back. */
export interface Session {
	sendSignal(input: SignalInput): void;
	sendUpdate(change: MemberChange): void;
	/** Resolves false when the server could not take it. Never rejects. */
	sendRelay(input: RelayInput): Promise<boolean>;
	/** Leaves the room and frees the seat at once. Resolves when the server has heard of it, or can't. Never rejects. */
	leave(): Promise<void>;
}

export interface Signaling {
	readonly state: SignalingState;
	/** The obstacle while `reconnecting`, if we know one. We try again all the same. */
	readonly obstacle: SignalingObstacle | null;
	/** Called when either changes. */
	onStateChange(listener: (state: SignalingState) => void): Unsubscribe;
	/** Watches a room from outside until unsubscribed. Reconnects by itself. */
	peek(address: RoomAddress, listener: (event: PeekEvent) => void): Unsubscribe;
	/** Joins. After a restart, the server is told what is true by then. */
	join(address: RoomAddress, options: JoinOptions, events: SessionEvents): Session;
	/** Something suggests that the connection may be gone: asks the server, and opens another connection if no answer comes soon. */
	check(): void;
	close(): void;
}
