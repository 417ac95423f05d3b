/**
 * Sessions: what a connection may do in a room, and what it hears from it. Joins seats, proves who speaks, and turns an
 * outbox into a stream of events. The rules themselves are in `room.ts`. Rule ids are those of `docs/PROTOCOL.md`.
 */
import { randomBytes } from 'node:crypto';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import { memberStateIn, protocolVersion } from '../lib/protocol';
import type {
	IceServer,
	JoinRequest,
	MemberChange,
	Participant,
	ParticipantId,
	RelayInput,
	RoomAddress,
	ServerEvent,
	SignalInput,
	Welcome,
} from '../lib/protocol';
import type { Clock } from './clock';
import type { Connection, Membership } from './connection';
import type { Log } from './log';
import type { MemoryBudget } from './memory-budget';
import { outboxKey } from './memory-store';
import type { Metrics } from './metrics';
import { refuse } from './refusal';
import type { RejoinClaims, RejoinTokens, SignedClaims } from './rejoin-token';
import type { Outcome, Sender } from './room';
import { roomKey } from './room-key';
import type { RoomSnapshot, RoomStore } from './room-store';
import type { Rooms } from './rooms';
import { createSilence, type Silence } from './silence';
import type { Tunables } from './tunables';
import { createWake } from './wake';

/** How many events are taken from an outbox at once. A reader who is slow holds them, whatever the outbox drops meanwhile. */
const pageSize = 2;

export interface Sessions {
	join(
		connection: Connection,
		request: JoinRequest,
		signal: AbortSignal,
	): AsyncGenerator<TrackedEnvelope<ServerEvent>, void>;
	signal(connection: Connection, input: SignalInput): Promise<void>;
	relay(connection: Connection, input: RelayInput): Promise<void>;
	update(connection: Connection, change: MemberChange): Promise<void>;
	leave(connection: Connection): Promise<void>;
	/** A sign of life from a session over HTTP. */
	beat(connection: Connection): Promise<void>;
	/** Ends every stream: those over HTTP with `server-stopping`; WebSockets are closed by whoever holds them. */
	stop(): void;
}

export function createSessions(options: {
	rooms: Rooms;
	store: RoomStore;
	budget: MemoryBudget;
	tokens: RejoinTokens;
	iceServersFor: (caller: Connection, id: ParticipantId) => IceServer[];
	/** How long ICE servers are good for before they are named anew, in milliseconds; `null` when nothing in them ends. */
	iceServersMs: number | null;
	clock: Clock;
	tunables: Tunables;
	roomLimit: number;
	metrics: Metrics;
	log: Log;
}): Sessions {
	const {
		rooms,
		store,
		budget,
		tokens,
		iceServersFor,
		iceServersMs,
		clock,
		tunables,
		roomLimit,
		metrics,
		log,
	} = options;
	/** How long each session over HTTP has not called. */
	const httpSessions = new Map<string, Silence>();
	const keyOf = ({ room, id }: { room: string; id: string }) => `${room}/${id}`;
	const stopListeners = new Set<() => void>();
	let stopping = false;

	async function* join(
		connection: Connection,
		request: JoinRequest,
		signal: AbortSignal,
	): AsyncGenerator<TrackedEnvelope<ServerEvent>, void> {
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

		// Before anything is awaited, so that a second join on this connection finds it taken.
		if (over === 'websocket') connection.membership = membership;
		try {
			// [E4] Listen first, read later: what happens in between is then heard of.
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

			yield* read();
		} finally {
			for (const action of undo) action();
			stopListeners.delete(wake.wake);
			signal.removeEventListener('abort', wake.wake);
			if (httpSessions.get(keyOf(membership)) === silence) httpSessions.delete(keyOf(membership));
			if (connection.membership === membership) connection.membership = null;
			// [P2] The subscription's end is the connection's end. Does nothing when the seat was left or taken over.
			if (!stopping) await rooms.apply(room, { type: 'disconnect', id, lease, freeAt: freeAt() });
		}

		/** [P3] [P7] When the seat is to be freed if nobody comes back to it. */
		function freeAt(): number {
			const lost = (connection.heardAt?.() ?? silence.heardAt) + tunables.goneAfterMs;
			const pageGoneAt = connection.pageGoneAt?.() ?? null;
			return pageGoneAt === null ? lost : Math.min(lost, pageGoneAt + tunables.pageGoneMs);
		}

		/** The missed events where the outbox still holds them all, otherwise a welcome; then what happens. */
		async function* read(): AsyncGenerator<TrackedEnvelope<ServerEvent>, void> {
			let position = request.lastEventId ?? null;
			let welcomes = 0;
			// [E6] Nobody knows how old the ICE servers are of one who resumes.
			let iceServersNamedAt = -Infinity;
			const renewAfterMs = tunables.tokenLifetimeMs / 2;
			let tokenDueAt = clock.now() + (claims ? claims.expiresAt - clock.epochMs() - renewAfterMs : 0);
			for (;;) {
				await connection.drained(signal);
				if (signal.aborted) return;
				if (stopping) {
					if (over === 'http') throw refuse({ code: 'server-stopping' });
					return;
				}
				if (isSilent) return;
				const page = await store.readOutbox(room, id, position, pageSize);
				if (page.lease === undefined) return;
				if (page.lease !== lease) throw refuse({ code: 'taken-over' });
				if (page.entries === null) {
					const snapshot = await store.snapshot(room, id);
					if (!snapshot) return;
					position = snapshot.position;
					// [E3] A later welcome on the same connection means that events were lost on the way.
					if (welcomes > 0) metrics.resynchronised();
					yield tracked(
						position,
						welcome(connection, snapshot, request, id, claims !== null || welcomes > 0),
					);
					welcomes += 1;
					iceServersNamedAt = clock.now();
					tokenDueAt = clock.now() + renewAfterMs;
				} else if (page.entries.length > 0) {
					for (const entry of page.entries) {
						await connection.drained(signal);
						position = entry.id;
						yield tracked(entry.id, entry.event);
					}
				} else if (
					position !== null &&
					iceServersMs !== null &&
					clock.now() - iceServersNamedAt >= iceServersMs
				) {
					iceServersNamedAt = clock.now();
					// No event of the outbox: one who resumes after it resumes after the last that was.
					yield tracked(position, { type: 'ice-servers', iceServers: iceServersFor(connection, id) });
				} else if (position !== null && clock.now() >= tokenDueAt) {
					const snapshot = await store.snapshot(room, id);
					if (!snapshot) return;
					tokenDueAt = clock.now() + renewAfterMs;
					const rejoinToken = tokenFor(selfIn(snapshot, id), request);
					yield tracked(position, { type: 'rejoin-token', rejoinToken });
				} else {
					await wake.wait();
				}
			}
		}
	}

	function selfIn({ state }: RoomSnapshot, id: ParticipantId): Participant {
		const seat = state.seats.find(({ participant }) => participant.id === id);
		if (!seat) throw refuse({ code: 'internal' });
		return seat.participant;
	}

	function tokenFor({ id, incarnation, joinedAt }: Participant, { room, tag }: RoomAddress): string {
		return tokens.issue({ room, tag, id, incarnation, joinedAt }, clock.epochMs());
	}

	function welcome(
		connection: Connection,
		snapshot: RoomSnapshot,
		address: RoomAddress,
		id: ParticipantId,
		resumed: boolean,
	): Welcome {
		const self = selfIn(snapshot, id);
		const participants = snapshot.state.seats.map((seat) => seat.participant);
		return {
			type: 'welcome',
			protocolVersion,
			self,
			participants: participants.filter((participant) => participant !== self),
			iceServers: iceServersFor(connection, id),
			rejoinToken: tokenFor(self, address),
			roomLimit,
			resumed,
		};
	}

	/** [L10] Whoever has a seat keeps it. */
	async function refuseNewSeat(room: string, id: ParticipantId): Promise<void> {
		const { seats } = await store.read(room);
		if (seats.some(({ participant }) => participant.id === id)) return;
		throw refuse({ code: 'server-full', retryAfterMs: tunables.fullRetryMs });
	}

	/** [T5] What a token says, if it is good: until it ends, and beyond that while its seat is held. */
	async function verify(token: string): Promise<SignedClaims | null> {
		const claims = tokens.read(token);
		if (!claims || claims.expiresAt > clock.epochMs()) return claims;
		const { seats } = await store.read(roomKey(claims));
		return seats.some(({ participant }) => participant.id === claims.id) ? claims : null;
	}

	/** Who is coming back, or `null` for a newcomer. */
	async function claimsOf(connection: Connection, request: JoinRequest) {
		if (connection.kind === 'http' && request.token !== undefined) {
			// [T2] The header says whose a request is before its body is read. There are not two places that could differ.
			throw refuse({ code: 'bad-input', field: 'token' });
		}
		const token = connection.kind === 'http' ? connection.bearerToken : (request.token ?? null);
		if (token === null) return null;
		const claims = await verify(token);
		// [T4] Another tag is no other room to those who move there together.
		if (claims?.room !== request.room) throw refuse({ code: 'token-refused' });
		return claims;
	}

	/** [T4] Frees the seat that one who has moved came from; where it is gone, or another page load's, nothing happens. */
	async function vacate({ id, incarnation, ...address }: RejoinClaims): Promise<void> {
		await rooms.apply(roomKey(address), { type: 'leave', sender: { id, incarnation }, moves: true });
	}

	/** The seat this connection may speak for. */
	async function speaker(connection: Connection): Promise<{ room: string; sender: Sender }> {
		if (connection.kind === 'websocket') {
			const { membership } = connection;
			if (!membership) throw refuse({ code: 'not-joined' });
			return { room: membership.room, sender: { id: membership.id, lease: membership.lease } };
		}
		if (connection.bearerToken === null) throw refuse({ code: 'not-joined' });
		const claims = await verify(connection.bearerToken);
		if (!claims) throw refuse({ code: 'token-refused' });
		const { id, incarnation } = claims;
		const room = roomKey(claims);
		httpSessions.get(keyOf({ room, id }))?.hear();
		return { room, sender: { id, incarnation } };
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
			// Before anything is awaited: a join may follow at once.
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

/** A call tells one of something; whom else it tells counts as calls more. */
function check(connection: Connection, { refusal, deliveries }: Outcome): void {
	if (deliveries.length > 1) connection.charge(deliveries.length - 1);
	if (refusal) throw refuse(refusal);
}
