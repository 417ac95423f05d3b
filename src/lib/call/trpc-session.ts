/**
 * One session in one room, across as many connections as it takes: joins on each, resumes where the last one broke off,
 * and keeps what was said in between. Does not open connections.
 */
import type { TRPCClientError } from '@trpc/client';
import * as v from 'valibot';
import type { AppRouter } from '../../server/router';
import {
	isErrorCode,
	protocolVersion,
	serverEventSchema,
	type ErrorCode,
	type JoinInput,
	type RoomAddress,
	type ServerEvent,
	type SignalInput,
	type UpdateInput,
	type WireError,
} from '../protocol';
import type { Clock, Unsubscribe } from './platform';
import type { JoinState, Session, SessionEvents } from './signaling';
import type { Connection } from './trpc-connection';

export interface TrpcSession extends Session {
	/** The rejoin token, once there is one. */
	readonly token: string | null;
	/** A connection is open: join, or resume. */
	attach(connection: Connection): void;
	/** It is lost: keep what was not answered, and wait. */
	detach(): void;
	/** Forget this session without a word to the server. */
	abandon(): void;
}

/** Signals kept while the connection is away: enough for offers and candidates of a full room. */
const keptSignalsMax = 500;
/** A server that does not answer by then finds out by itself. */
const leaveTimeoutMs = 3_000;
const retryMs = { busy: 500, full: 3_000 };
/** Refusals that time mends. */
const passing: ReadonlySet<ErrorCode> = new Set(['rate-limited', 'not-joined', 'internal']);

export function createTrpcSession(
	clock: Clock,
	address: RoomAddress,
	options: { state: () => JoinState; offers: NonNullable<JoinInput['offers']>; token: string | null },
	events: SessionEvents,
	connectionLost: () => void,
): TrpcSession {
	let { token } = options;
	let connection: Connection | null = null;
	let subscription: { unsubscribe(): void } | null = null;
	let lastEventId: string | null = null;
	/** Between the server's acceptance and the loss of the connection: commands may go out. */
	let joined = false;
	let welcomed = false;
	let over = false;
	let cancelRetry: Unsubscribe = () => {};

	/** In the order in which they were sent; those in flight stay until answered. */
	let signals: { input: SignalInput; inFlight: boolean }[] = [];
	let update: UpdateInput = {};
	let updating = false;

	function subscribe(): void {
		if (!connection || over) return;
		const on = connection;
		const current = () => connection === on && !over;
		// Offers ride on the first join only; afterwards the peers they belong to signal for themselves.
		const offers = welcomed || on.kind === 'http' ? [] : options.offers;
		const input: JoinInput = { ...options.state(), ...address, protocol: protocolVersion, offers };
		// Over HTTP the token is in a header, so that addresses and their logs never hold it.
		if (token !== null && on.kind === 'websocket') input.token = token;
		if (lastEventId !== null) input.lastEventId = lastEventId;

		subscription = on.client.room.join.subscribe(input, {
			onData: ({ id, data }) => {
				if (!current()) return;
				lastEventId = id;
				handleJoined();
				// An event of a kind this client does not know yet is not for it.
				const event = v.safeParse(serverEventSchema, data);
				if (event.success) handleEvent(event.output);
			},
			onStarted: () => {
				if (current() && lastEventId !== null) handleJoined();
			},
			onError: (error) => {
				if (current()) handleError(error);
			},
			onComplete: () => {
				if (current()) connectionLost();
			},
			onConnectionStateChange: ({ state, error }) => {
				if (current() && on.kind === 'http' && state === 'connecting' && error) connectionLost();
			},
		});
	}

	function handleEvent(event: ServerEvent): void {
		if (event.type === 'welcome') {
			token = event.rejoinToken;
			welcomed = true;
		}
		events.event(event);
	}

	function handleJoined(): void {
		if (joined) return;
		joined = true;
		if (!welcomed) return;
		// The seat may hold what was true before the connection went.
		const { name, publications, interruption, hand } = options.state();
		session.sendUpdate({ name, publications, interruption, ...(hand === undefined ? {} : { hand }) });
		flushSignals();
		events.resumed();
	}

	function handleError(error: TRPCClientError<AppRouter>): void {
		joined = false;
		subscription = null;
		const wire = wireError(error);
		if (!wire) return connectionLost();
		switch (wire.code) {
			case 'token-refused':
				// Signed by a server that no longer is, or too old: a new seat is better than none.
				token = null;
				lastEventId = null;
				return subscribe();
			case 'server-stopping':
				return connectionLost();
			case 'rate-limited':
				return retry(wire.retryAfterMs ?? retryMs.busy);
			case 'already-joined':
			case 'internal':
				return retry(retryMs.busy);
			case 'room-full':
				// Nobody is thrown out of a call by a full room: the media flows on, and the seat is asked for again.
				if (welcomed) return retry(retryMs.full);
				break;
			default:
		}
		over = true;
		events.ended(wire);
	}

	function retry(afterMs: number): void {
		cancelRetry();
		cancelRetry = clock.after(afterMs, subscribe);
	}

	function flushSignals(): void {
		for (const entry of signals) {
			if (!joined || !connection) return;
			if (entry.inFlight) continue;
			entry.inFlight = true;
			const settle = () => void (signals = signals.filter((other) => other !== entry));
			connection.client.room.signal.mutate(entry.input).then(settle, (error: unknown) => {
				// Without a code it was the connection that failed, and `detach` keeps the signal for the next one.
				const wire = wireError(error);
				if (wire && !passing.has(wire.code)) settle();
				else if (wire) {
					entry.inFlight = false;
					clock.after(wire.retryAfterMs ?? retryMs.busy, flushSignals);
				}
			});
		}
	}

	function flushUpdate(): void {
		if (updating || !joined || !connection || Object.keys(update).length === 0) return;
		const sending = update;
		update = {};
		updating = true;
		connection.client.room.update
			.mutate(sending)
			.catch((error: unknown) => {
				const wire = wireError(error);
				if (wire?.code !== 'rate-limited') return;
				update = merge(sending, update);
				clock.after(wire.retryAfterMs ?? retryMs.busy, flushUpdate);
			})
			.finally(() => {
				updating = false;
				flushUpdate();
			});
	}

	const session: TrpcSession = {
		get token() {
			return token;
		},

		attach(next) {
			connection = next;
			subscribe();
		},

		detach() {
			cancelRetry();
			joined = false;
			connection = null;
			subscription?.unsubscribe();
			subscription = null;
			updating = false;
			for (const entry of signals) entry.inFlight = false;
		},

		abandon() {
			over = true;
			this.detach();
		},

		sendSignal(input) {
			if (over) return;
			signals.push({ input, inFlight: false });
			if (signals.length > keptSignalsMax) signals = signals.slice(-keptSignalsMax);
			flushSignals();
		},

		sendUpdate(input) {
			if (over) return;
			update = merge(update, input);
			flushUpdate();
		},

		async sendRelay(input) {
			if (!joined || !connection) return false;
			return connection.client.room.relay.mutate(input).then(
				() => true,
				() => false,
			);
		},

		async leave() {
			if (over) return;
			over = true;
			cancelRetry();
			const ending = subscription;
			subscription = null;
			if (joined && connection) {
				joined = false;
				await connection.client.room.leave
					.mutate(undefined, { signal: AbortSignal.timeout(leaveTimeoutMs) })
					.catch(() => {});
			}
			ending?.unsubscribe();
		},
	};
	return session;
}

function merge(older: UpdateInput, newer: UpdateInput): UpdateInput {
	const publications = { ...older.publications, ...newer.publications };
	const merged = { ...older, ...newer };
	return Object.keys(publications).length > 0 ? { ...merged, publications } : merged;
}

/** What the server said, or `null` when it was the connection that failed. */
function wireError(error: unknown): WireError | null {
	if (typeof error !== 'object' || error === null || !('data' in error)) return null;
	const data = error.data as { parley?: Partial<WireError> } | null | undefined;
	if (!data) return null;
	const { code, ...rest } = data.parley ?? {};
	return { ...rest, code: isErrorCode(code) ? code : 'internal' };
}
