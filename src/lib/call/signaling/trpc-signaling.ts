/**
 * Signaling over tRPC. Owns the loop that keeps a connection open: whatever was subscribed is subscribed again on the next connection, with
 * what is true by then. Knows procedures and reconnects; the rules of rooms belong to the server and the call.
 */
import { retryDelayMs } from '../../platform/backoff';
import type { NetworkPort, Platform, Unsubscribe } from '../../platform/platform';
import type { Session, SessionEvents, Signaling, SignalingObstacle, SignalingState } from './signaling';
import { obstacleOf } from './trpc-answer';
import type { Connection, ConnectionPorts } from './connection';
import { openConnection } from './trpc-connection';
import { createTrpcSession, type TrpcSession } from './trpc-session';
import * as v from 'valibot';
import { peekEventSchema } from '../../protocol';

export type SignalingPorts = ConnectionPorts & { network: NetworkPort } & Pick<Platform, 'randomBytes'>;

/** For some twenty seconds, we find a restarted server within 1.5 s of its return; after that, we save battery too. */
const backoff = { baseMs: 400, soonMaxMs: 1_500, soonAttempts: 24, maxMs: 5_000 };
/** A connection that lasts less than this was no success: a full server, or a proxy that lets nothing stay open, ends each one at once. */
const settledMs = 2_000;

export function createTrpcSignaling(ports: SignalingPorts): Signaling {
	const { clock, network } = ports;
	let state: SignalingState = 'connecting';
	let obstacle: SignalingObstacle | null = null;
	let connection: Connection | null = null;
	let session: TrpcSession | null = null;
	/** Counted since a connection last held. */
	let attempt = 0;
	let openedAtMs = 0;
	let closed = false;
	let opening: AbortController | null = null;
	let cancelRetry: Unsubscribe = () => {};
	let cancelSettling: Unsubscribe = () => {};
	const stateListeners = new Set<(state: SignalingState) => void>();
	/** The rooms that are watched from outside; each watch begins again on every new connection. */
	const watches = new Set<(connection: Connection) => Unsubscribe>();
	const runningWatches = new Map<(connection: Connection) => Unsubscribe, Unsubscribe>();

	function setState(next: SignalingState, nextObstacle: SignalingObstacle | null): void {
		cancelSettling();
		if (state === next && obstacle === nextObstacle) return;
		state = next;
		obstacle = nextObstacle;
		for (const listener of stateListeners) listener(next);
	}

	async function connect(): Promise<void> {
		cancelRetry();
		if (closed || connection || opening) return;
		const abort = new AbortController();
		opening = abort;
		try {
			const opened = await openConnection(ports, () => session?.token ?? null, handleLost, abort.signal);
			if (abort.signal.aborted) return opened.close();
			openedAtMs = clock.now();
			connection = opened;
			// The obstacle may be there again at the next command, so it is over only once a connection has held.
			if (obstacle) cancelSettling = clock.after(settledMs, () => setState('connected', null));
			else setState('connected', null);
			for (const watch of watches) runningWatches.set(watch, watch(opened));
			session?.attach(opened);
		} catch (error) {
			if (!abort.signal.aborted) {
				setState('reconnecting', obstacleOf(error));
				retryLater();
			}
		} finally {
			if (opening === abort) opening = null;
		}
	}

	function handleLost(inTheWay: SignalingObstacle | null = null): void {
		if (closed) return;
		const lost = connection;
		connection = null;
		for (const stop of runningWatches.values()) stop();
		runningWatches.clear();
		session?.detach();
		lost?.close();
		setState('reconnecting', inTheWay);
		if (lost && clock.now() - openedAtMs >= settledMs) attempt = 0;
		// The first retry is immediate: most losses come from a network that has already changed.
		if (!lost || attempt > 0) return retryLater();
		attempt = 1;
		void connect();
	}

	function retryLater(): void {
		if (closed) return;
		cancelRetry();
		const random = (ports.randomBytes(1)[0] ?? 0) / 256;
		cancelRetry = clock.after(retryDelayMs(attempt++, backoff, random), () => void connect());
	}

	const stopListening = network.onChange((what) => {
		if (what === 'hidden' || what === 'offline') return;
		attempt = 0;
		if ((what === 'estimate' || what === 'visible') && connection) return connection.check();
		if ((what === 'network' || what === 'online') && connection) {
			// The old path may be dead without any sign. A new connection resumes at the cost of one round trip.
			handleLost();
			return;
		}
		if (connection) return;
		// An attempt begun on the old network would only run into its timeout.
		opening?.abort();
		opening = null;
		void connect();
	});

	void connect();

	return {
		get state() {
			return state;
		},

		get obstacle() {
			return obstacle;
		},

		onStateChange(listener) {
			stateListeners.add(listener);
			return () => void stateListeners.delete(listener);
		},

		peek(address, listener) {
			const watch = ({ client }: Connection): Unsubscribe => {
				const subscription = client.room.peek.subscribe(address, {
					onData: (data) => {
						const event = v.safeParse(peekEventSchema, data);
						if (event.success) listener(event.output);
					},
					// A refused peek leaves the count unknown; the next connection asks again.
					onError: () => {},
				});
				return () => subscription.unsubscribe();
			};
			watches.add(watch);
			if (connection) runningWatches.set(watch, watch(connection));
			return () => {
				watches.delete(watch);
				runningWatches.get(watch)?.();
				runningWatches.delete(watch);
			};
		},

		join(address, options, events): Session {
			session?.abandon();
			const started = createTrpcSession(clock, address, options, guard(events), () => handleLost());
			session = started;
			if (connection) started.attach(connection);
			return started;

			/** Once the session is over, its connection serves the lobby again. */
			function guard(inner: SessionEvents): SessionEvents {
				return {
					...inner,
					ended: (error) => {
						if (session === started) session = null;
						inner.ended(error);
					},
				};
			}
		},

		check() {
			connection?.check();
		},

		close() {
			closed = true;
			stopListening();
			cancelRetry();
			cancelSettling();
			opening?.abort();
			session?.abandon();
			for (const stop of runningWatches.values()) stop();
			connection?.close();
			connection = null;
			stateListeners.clear();
		},
	};
}
