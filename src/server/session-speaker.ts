/**
 * Which seat a connection speaks for: over a WebSocket that of its membership, over HTTP the one that its rejoin token names. Only proves it;
 * what a speaker may do is in `room.ts`. Rule ids are those of `docs/PROTOCOL.md`.
 */
import type { JoinRequest, ParticipantId } from '../lib/protocol';
import type { Clock } from './clock';
import type { Connection } from './connection';
import { refuse } from './refusal';
import type { RejoinTokens, SignedClaims } from './rejoin-token';
import type { Sender } from './room';
import { roomKey } from './room-key';
import type { RoomStore } from './room-store';

export interface SessionSpeakers {
	/** The claims of a participant who comes back, or `null` for a newcomer. Refuses a token that is not valid, or not for this room. */
	claimsOf(connection: Connection, request: JoinRequest): Promise<SignedClaims | null>;
	/** The seat this connection may speak for. */
	speaker(connection: Connection): Promise<{ room: string; sender: Sender }>;
}

export function createSessionSpeakers(options: {
	store: RoomStore;
	tokens: RejoinTokens;
	clock: Clock;
	/** A session over HTTP has called. */
	heard(seat: { room: string; id: ParticipantId }): void;
}): SessionSpeakers {
	const { store, tokens, clock, heard } = options;

	/** [T5] What a token says if it is valid: until it expires, and after that while its seat is held. */
	async function verify(token: string): Promise<SignedClaims | null> {
		const claims = tokens.read(token);
		if (!claims || claims.expiresAt > clock.epochMs()) return claims;
		const { seats } = await store.read(roomKey(claims));
		return seats.some(({ participant }) => participant.id === claims.id) ? claims : null;
	}

	return {
		async claimsOf(connection, request) {
			if (connection.kind === 'http' && request.token !== undefined) {
				// [T2] The header says whose request it is before the body is read. Tokens in two places could differ.
				throw refuse({ code: 'bad-input', field: 'token' });
			}
			const token = connection.kind === 'http' ? connection.bearerToken : (request.token ?? null);
			if (token === null) return null;
			const claims = await verify(token);
			// [T4] The tag may differ: people move together to another tag of the same name.
			if (claims?.room !== request.room) throw refuse({ code: 'token-refused' });
			return claims;
		},
		async speaker(connection) {
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
			heard({ room, id });
			return { room, sender: { id, incarnation } };
		},
	};
}
