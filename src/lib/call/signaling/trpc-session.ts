/**
 * One session in one room, across as many connections as it takes: joins on each, resumes where the last one broke off, and keeps what was
 * said in between. Does not open connections.
 */
import type { TRPCClientError } from '@trpc/client';
import * as v from 'valibot';
import type { AppRouter } from '../../../server/router';
import {
	isErrorCode,
	protocolVersion,
	serverEventSchema,
	withChange,
	type JoinInput,
	type MemberChange,
	type RoomAddress,
	type ServerEvent,
	type WireError,
} from '../../protocol';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { createOutgoing } from './outgoing';
import type { JoinOptions, Session, SessionEvents } from './signaling';
import { createSendPace } from './send-pace';
import type { Connection } from './connection';

export interface TrpcSession extends Session {
	/** The rejoin token, once there is one. */
	readonly token: string | null;
	/** A connection is open: joins, or resumes. */
	attach(connection: Connection): void;
	/** The connection is lost: keeps what was not answered, and waits. */
	detach(): void;
	/** Forgets this session without telling the server. */
	abandon(): void;
}

/** We wait no longer than this for an answer: the server then finds out by itself that we left. */
const leaveTimeoutMs = 3_000;
const retryMs = { busy: 500, full: 3_000 };
/** Roughly the size of an update: a name and some switches. */
const updateChars = 500;

export function createTrpcSession(
	clock: Clock,
	address: RoomAddress,
	options: JoinOptions,
	events: SessionEvents,
	connectionLost: () => void,
): TrpcSession {
	let { token } = options;
	let connection: Connection | null = null;
	let subscription: { unsubscribe(): void } | null = null;
	let lastEventId: string | null = null;
	/** True from the server's acceptance until the connection is lost: commands may be sent. */
	let joined = false;
	let welcomed = false;
	let welcomesHere = 0;
	let over = false;
	let cancelRetry: Unsubscribe = () => {};

	const pace = createSendPace();
	const outgoing = createOutgoing(clock, pace, {
		isOpen: () => joined && connection !== null && !over,
		sendSignal: (input) => (connection as Connection).client.room.signal.mutate(input),
		sendRelay: (input) => (connection as Connection).client.room.relay.mutate(input),
		refusalOf: wireError,
	});
	let update: MemberChange = {};
	let updating = false;
	let cancelUpdate: Unsubscribe = () => {};

	function subscribe(): void {
		if (!connection || over) return;
		const on = connection;
		const current = () => connection === on && !over;
		// Offers go only with the first join; afterwards the peers they belong to signal for themselves.
		const offers = welcomed ? [] : options.offers;
		const { incarnation } = options;
		const input: JoinInput = {
			...{ ...address, protocol: protocolVersion, incarnation, offers },
			...options.state(),
		};
		// Over HTTP the token is in a header, as with every call.
		if (token !== null && on.kind === 'websocket') input.token = token;
		if (lastEventId !== null) input.lastEventId = lastEventId;

		subscription = on.client.room.join.subscribe(input, {
			onData: ({ id, data }) => {
				if (!current()) return;
				lastEventId = id;
				handleJoined();
				// An event of a kind that this client does not know yet is not meant for it.
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
		if ('rejoinToken' in event) token = event.rejoinToken;
		events.event(event);
		if (event.type !== 'welcome') return;
		welcomed = true;
		welcomesHere += 1;
		// [E3] A second welcome on one connection: signals were lost, as when a connection is lost.
		if (welcomesHere > 1) events.resumed();
	}

	function handleJoined(): void {
		if (joined) return;
		joined = true;
		if (!welcomed) return;
		// The seat may still hold what was true before the connection was lost.
		session.sendUpdate(options.state());
		outgoing.flush();
		events.resumed();
	}

	function handleError(error: TRPCClientError<AppRouter>): void {
		joined = false;
		subscription = null;
		const wire = wireError(error);
		if (!wire) return connectionLost();
		switch (wire.code) {
			case 'token-refused':
				// The token is too old, or was signed by a server that is gone: a new seat is better than none.
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
			case 'server-full':
				// A full room throws nobody out of a call: the media flows on, and we ask for the seat again.
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

	function flushUpdate(): void {
		if (updating || !joined || !connection || Object.keys(update).length === 0) return;
		cancelUpdate();
		const waitMs = pace.take({ chars: updateChars }, clock.now());
		if (waitMs > 0) return void (cancelUpdate = clock.after(waitMs, flushUpdate));
		const sending = update;
		update = {};
		updating = true;
		connection.client.room.update
			.mutate(sending)
			.then(() => pace.handleSuccess(clock.now()))
			.catch((error: unknown) => {
				const wire = wireError(error);
				if (wire?.code !== 'rate-limited') return;
				update = withChange(sending, update);
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
			welcomesHere = 0;
			subscribe();
		},

		detach() {
			cancelRetry();
			joined = false;
			connection = null;
			subscription?.unsubscribe();
			subscription = null;
			updating = false;
			outgoing.detach();
			cancelUpdate();
		},

		abandon() {
			over = true;
			this.detach();
		},

		sendSignal(input) {
			if (!over) outgoing.addSignal(input);
		},

		sendUpdate(change) {
			if (over) return;
			update = withChange(update, change);
			flushUpdate();
		},

		sendRelay: outgoing.addRelay,

		async leave() {
			if (over) return;
			over = true;
			cancelRetry();
			cancelUpdate();
			outgoing.detach();
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

/** What the server said, or `null` when it was the connection that failed. */
function wireError(error: unknown): WireError | null {
	if (typeof error !== 'object' || error === null || !('data' in error)) return null;
	const data = error.data as { parley?: Partial<WireError> } | null | undefined;
	if (!data) return null;
	const { code, ...rest } = data.parley ?? {};
	return { ...rest, code: isErrorCode(code) ? code : 'internal' };
}
