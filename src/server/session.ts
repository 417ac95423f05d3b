/**
 * Sessions: what a connection may do in a room. Takes seats, gives them back, and passes commands to the rules in `room.ts`. Who speaks is
 * proven in `session-speaker.ts`; what a seat hears is in `seat-stream.ts`. Rule ids are those of `docs/PROTOCOL.md`.
 */
import { randomBytes } from 'node:crypto';
import { memberStateIn } from '../lib/protocol';
import type { JoinRequest, MemberChange, ParticipantId, RelayInput, SignalInput } from '../lib/protocol';
import type { Connection, Membership } from './connection';
import type { Log } from './log';
import type { MemoryBudget } from './memory-budget';
import { outboxKey } from './memory-store';
import { refuse } from './refusal';
import type { RejoinClaims } from './rejoin-token';
import type { Outcome } from './room';
import { roomKey } from './room-key';
import type { Rooms } from './rooms';
import { createSeatStream, type SeatEvents, type SeatStreamOptions } from './seat-stream';
import { createSessionSpeakers } from './session-speaker';
import { createSilence, type Silence } from './silence';
import { createWake } from './wake';

export interface Sessions {
	join(connection: Connection, request: JoinRequest, signal: AbortSignal): SeatEvents;
	signal(connection: Connection, input: SignalInput): Promise<void>;
	relay(connection: Connection, input: RelayInput): Promise<void>;
	update(connection: Connection, change: MemberChange): Promise<void>;
	leave(connection: Connection): Promise<void>;
	/** A sign of life from a session over HTTP. */
	beat(connection: Connection): Promise<void>;
	/** Ends every stream, over HTTP with `server-stopping`. WebSockets are closed elsewhere. */
	stop(): void;
}

export interface SessionOptions extends Omit<SeatStreamOptions, 'isStopping'> {
	rooms: Rooms;
	budget: MemoryBudget;
	log: Log;
}

export function createSessions(options: SessionOptions): Sessions {
	const { rooms, store, budget, tokens, iceServersMs, clock, tunables, metrics, log } = options;
	/** For each session over HTTP, how long it has been silent. */
	const httpSessions = new Map<string, Silence>();
	const keyOf = ({ room, id }: { room: string; id: string }) => `${room}/${id}`;
	const stopListeners = new Set<() => void>();
	let stopping = false;
	const hear = createSeatStream({ ...options, isStopping: () => stopping });
	const { claimsOf, speaker } = createSessionSpeakers({
		...{ store, tokens, clock },
		heard: (seat) => httpSessions.get(keyOf(seat))?.hear(),
	});

	async function* join(connection: Connection, request: JoinRequest, signal: AbortSignal): SeatEvents {
		if (stopping) throw refuse({ code: 'server-stopping' });
		if (connection.membership) throw refuse({ code: 'already-joined' });
		const claims = await claimsOf(connection, request);
		if (connection.membership) throw refuse({ code: 'already-joined' });
		const membership: Membership = {
			room: roomKey(request),
			id: claims?.id ?? randomBytes(12).toString('base64url'),
			lease: randomBytes(9).toString('base64url'),
		};
		const { room, id, lease } = membership;
		const over = connection.kind;
		const silence = createSilence(clock, tunables.httpSilenceMs, tunables.pingMs);
		let isSilent = false;
		const wake = createWake();
		const undo: (() => void)[] = [];

		// Before anything is awaited, so that a second join on this connection is refused.
		if (over === 'websocket') connection.membership = membership;
		try {
			// [E4] Listens before it reads, so that nothing in between is missed.
			undo.push(store.listen(room, id, wake.wake));
			stopListeners.add(wake.wake);
			signal.addEventListener('abort', wake.wake);
			if (iceServersMs !== null) undo.push(clock.every(iceServersMs / 4, wake.wake));
			undo.push(clock.every(tunables.tokenLifetimeMs / 8, wake.wake));
			if (over === 'http') {
				httpSessions.set(keyOf(membership), silence);
				const look = () => {
					isSilent = silence.look();
					wake.wake();
				};
				undo.push(clock.every(tunables.pingMs, look));
			}
			if (budget.isFull(connection.networks)) await refuseNewSeat(room, id);
			const outcome = await rooms.apply(room, {
				...{ type: 'join', id, lease, joinedAt: claims?.joinedAt },
				...{ incarnation: request.incarnation, offers: request.offers },
				member: memberStateIn(request),
			});
			recordJoin(outcome, claims !== null, membership);
			check(connection, outcome);
			budget.own(outboxKey(room, id), connection.networks);
			if (claims && roomKey(claims) !== room) await vacate(claims);

			yield* hear({ connection, request, membership, claims, signal, wake, isSilent: () => isSilent });
		} finally {
			for (const action of undo) action();
			stopListeners.delete(wake.wake);
			signal.removeEventListener('abort', wake.wake);
			if (httpSessions.get(keyOf(membership)) === silence) httpSessions.delete(keyOf(membership));
			if (connection.membership === membership) connection.membership = null;
			// [P2] The subscription's end is the connection's end. Does nothing when the seat was left or taken over.
			if (!stopping) await rooms.apply(room, { type: 'disconnect', id, lease, freeAt: freeAt() });
		}

		/** [P3] [P7] When the seat will be freed if nobody comes back to it. */
		function freeAt(): number {
			const lost = (connection.heardAt?.() ?? silence.heardAt) + tunables.goneAfterMs;
			const pageGoneAt = connection.pageGoneAt?.() ?? null;
			return pageGoneAt === null ? lost : Math.min(lost, pageGoneAt + tunables.pageGoneMs);
		}
	}

	/** [L10] Those who have a seat keep it. */
	async function refuseNewSeat(room: string, id: ParticipantId): Promise<void> {
		const { seats } = await store.read(room);
		if (seats.some(({ participant }) => participant.id === id)) return;
		throw refuse({ code: 'server-full', retryAfterMs: tunables.fullRetryMs });
	}

	/** [T4] Frees the seat that somebody who moved came from. Does nothing if it is gone, or another page load has it. */
	async function vacate({ id, incarnation, ...address }: RejoinClaims): Promise<void> {
		await rooms.apply(roomKey(address), { type: 'leave', sender: { id, incarnation }, moves: true });
	}

	function recordJoin({ refusal, renewed }: Outcome, returning: boolean, { room, id }: Membership): void {
		const how = refusal?.code ?? (renewed.length === 0 ? 'resumed' : returning ? 'returned' : 'new');
		metrics.joined(how);
		log.info('join', { room, participant: id, outcome: how });
	}

	return {
		join,
		async signal(connection, { to, incarnation, signal }) {
			const { room, sender } = await speaker(connection);
			check(connection, await rooms.apply(room, { type: 'signal', sender, to, incarnation, signal }));
			metrics.signalled();
		},
		async relay(connection, { to, incarnation, sealed }) {
			const { room, sender } = await speaker(connection);
			check(connection, await rooms.apply(room, { type: 'relay', sender, to, incarnation, sealed }));
			metrics.relayed(sealed.length);
		},
		async update(connection, change) {
			const { room, sender } = await speaker(connection);
			check(connection, await rooms.apply(room, { type: 'update', sender, change }));
		},
		async leave(connection) {
			const speaking = speaker(connection);
			// Before anything is awaited, because a join may follow at once.
			connection.membership = null;
			const { room, sender } = await speaking;
			check(connection, await rooms.apply(room, { type: 'leave', sender }));
			log.info('leave', { room, participant: sender.id });
		},
		async beat(connection) {
			const { room, sender } = await speaker(connection);
			const state = await store.read(room);
			if (!state.seats.some(({ participant }) => participant.id === sender.id)) {
				throw refuse({ code: 'not-joined' });
			}
		},
		stop() {
			stopping = true;
			for (const wake of stopListeners) wake();
		},
	};
}

/** A call pays for one recipient; each further one counts as another call. */
function check(connection: Connection, { refusal, deliveries }: Outcome): void {
	if (deliveries.length > 1) connection.charge(deliveries.length - 1);
	if (refusal) throw refuse(refusal);
}
