/** The channel to a server that says what a test tells it to, and nothing by itself. */
import type { Session, SessionEvents, Signaling } from '../../src/lib/call/signaling/signaling';
import type { PeekEvent, RoomAddress, ServerEvent, WireError } from '../../src/lib/protocol';

type JoinOptions = Parameters<Signaling['join']>[1];

/** One join, and what has been said in it. */
export interface FakeSession {
	readonly address: RoomAddress;
	readonly options: JoinOptions;
	/** What the join said of us, as a real one does at once. */
	readonly state: ReturnType<JoinOptions['state']>;
	readonly updates: Parameters<Session['sendUpdate']>[0][];
	readonly signals: Parameters<Session['sendSignal']>[0][];
	readonly left: boolean;
	say(event: ServerEvent): void;
	/** A lost connection is back, and everything was delivered. */
	resume(): void;
	end(error: WireError): void;
}

export interface FakeSignaling extends Signaling {
	readonly sessions: readonly FakeSession[];
	/** Lobbies that are being watched, and of which room. */
	readonly watched: readonly RoomAddress[];
	readonly closed: boolean;
	/** To everyone who watches a room from outside. */
	tellLobby(event: Partial<PeekEvent>): void;
	setState(state: Signaling['state'], obstacle?: Signaling['obstacle']): void;
	/** The session that was opened last. */
	readonly session: FakeSession;
}

export function createFakeSignaling(): FakeSignaling {
	const listeners = new Set<(state: Signaling['state']) => void>();
	const lobbies = new Map<(event: PeekEvent) => void, RoomAddress>();
	const sessions: FakeSession[] = [];
	let state: Signaling['state'] = 'connected';
	let obstacle: Signaling['obstacle'] = null;
	let closed = false;

	function open(address: RoomAddress, options: JoinOptions, events: SessionEvents): Session {
		let left = false;
		const fake: FakeSession = {
			...{ address, options, state: options.state(), updates: [], signals: [] },
			get left() {
				return left;
			},
			say: (event) => events.event(event),
			resume: () => events.resumed(),
			end: (error) => events.ended(error),
		};
		sessions.push(fake);
		return {
			sendSignal: (signal) => void fake.signals.push(signal),
			sendUpdate: (update) => void fake.updates.push(update),
			sendRelay: () => Promise.resolve(true),
			leave() {
				left = true;
				return Promise.resolve();
			},
		};
	}

	return {
		sessions,
		get state() {
			return state;
		},
		get obstacle() {
			return obstacle;
		},
		get watched() {
			return [...lobbies.values()];
		},
		get closed() {
			return closed;
		},
		get session() {
			const last = sessions.at(-1);
			if (!last) throw new Error('nobody has asked to join');
			return last;
		},
		onStateChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		peek(address, listener) {
			lobbies.set(listener, address);
			return () => void lobbies.delete(listener);
		},
		join: open,
		check: () => {},
		tellLobby(event) {
			for (const tell of [...lobbies.keys()])
				tell({ count: 0, limit: 8, seats: [], iceServers: [], ...event });
		},
		setState(next, why = null) {
			[state, obstacle] = [next, why];
			for (const listener of [...listeners]) listener(state);
		},
		close() {
			closed = true;
		},
	};
}
