/**
 * The stream of one seat. It begins with the missed events if the outbox still holds them all, otherwise with a welcome. Then come new events,
 * and new ICE servers and rejoin tokens before the old ones expire. Rule ids are those of `docs/PROTOCOL.md`.
 */
import { tracked, type TrackedEnvelope } from '@trpc/server';
import { protocolVersion } from '../lib/protocol';
import type {
	IceServer,
	JoinRequest,
	Participant,
	ParticipantId,
	RoomAddress,
	ServerEvent,
	Welcome,
} from '../lib/protocol';
import type { Clock } from './clock';
import type { Connection, Membership } from './connection';
import type { Metrics } from './metrics';
import { refuse } from './refusal';
import type { RejoinTokens, SignedClaims } from './rejoin-token';
import type { RoomSnapshot, RoomStore } from './room-store';
import type { Tunables } from './tunables';
import type { Wake } from './wake';

/** How many events are taken from an outbox at once. A slow reader holds on to them even if the outbox drops them meanwhile. */
const pageSize = 2;

export type SeatEvents = AsyncGenerator<TrackedEnvelope<ServerEvent>, void>;

/** One listener, for the time of one connection. */
export interface SeatListener {
	connection: Connection;
	request: JoinRequest;
	membership: Membership;
	/** Of a participant who came back with a token. */
	claims: SignedClaims | null;
	signal: AbortSignal;
	/** Wakes when there may be something new. */
	wake: Pick<Wake, 'wait'>;
	isSilent(): boolean;
}

export interface SeatStreamOptions {
	store: RoomStore;
	tokens: RejoinTokens;
	iceServersFor: (caller: Connection, id: ParticipantId) => IceServer[];
	/** How often ICE servers are sent anew, in milliseconds; `null` when nothing in them expires. */
	iceServersMs: number | null;
	clock: Clock;
	tunables: Tunables;
	roomLimit: number;
	metrics: Metrics;
	isStopping(): boolean;
}

export function createSeatStream(options: SeatStreamOptions): (listener: SeatListener) => SeatEvents {
	const { store, tokens, iceServersFor, iceServersMs, clock, tunables, roomLimit, metrics } = options;
	const renewAfterMs = tunables.tokenLifetimeMs / 2;

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

	return async function* hear(listener) {
		const { connection, request, claims, signal, wake } = listener;
		const { room, id, lease } = listener.membership;
		let position = request.lastEventId ?? null;
		let welcomes = 0;
		// [E6] When somebody resumes, nobody knows how old their ICE servers are.
		let iceServersNamedAt = -Infinity;
		let tokenDueAt = clock.now() + (claims ? claims.expiresAt - clock.epochMs() - renewAfterMs : 0);
		for (;;) {
			await connection.drained(signal);
			if (signal.aborted) return;
			if (options.isStopping()) {
				if (connection.kind === 'http') throw refuse({ code: 'server-stopping' });
				return;
			}
			if (listener.isSilent()) return;
			const page = await store.readOutbox(room, id, position, pageSize);
			if (page.lease === undefined) return;
			if (page.lease !== lease) throw refuse({ code: 'taken-over' });
			if (page.entries === null) {
				const snapshot = await store.snapshot(room, id);
				if (!snapshot) return;
				position = snapshot.position;
				// [E3] A later welcome on the same connection means that events were lost on the way.
				if (welcomes > 0) metrics.resynchronised();
				yield tracked(position, welcome(connection, snapshot, request, id, claims !== null || welcomes > 0));
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
				// Not from the outbox, so it carries the id of the last event that was.
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
	};
}
