/**
 * Rejoin tokens: proof that a seat was held, without the server remembering it. A token names the room, the participant
 * and the page load it was given to, and is signed (HMAC-SHA256), so it outlives both the seat and the server.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { incarnationSchema, participantIdSchema, roomNameSchema, roomTagSchema } from '../lib/protocol';

const claimsSchema = v.object({
	room: roomNameSchema,
	tag: v.nullable(roomTagSchema),
	id: participantIdSchema,
	incarnation: incarnationSchema,
	/** When the seat was first taken, so that a rebuilt room keeps its order. In server milliseconds since the epoch. */
	joinedAt: v.number(),
	/** Server milliseconds since the epoch. */
	expiresAt: v.number(),
});
export type SignedClaims = v.InferOutput<typeof claimsSchema>;
export type RejoinClaims = Omit<SignedClaims, 'expiresAt'>;

export interface RejoinTokens {
	issue(claims: RejoinClaims, now: number): string;
	/** `null` for a token that is malformed, expired or signed by somebody else. */
	verify(token: string, now: number): RejoinClaims | null;
	/** The same, but also for a token that has expired. */
	read(token: string): SignedClaims | null;
}

export function createRejoinTokens(secret: string, lifetimeMs: number): RejoinTokens {
	// The purpose is signed too, so that nothing else signed with this secret passes for a token.
	const sign = (payload: string) => createHmac('sha256', secret).update(`rejoin.${payload}`).digest();
	return {
		issue({ room, tag, id, incarnation, joinedAt }, now) {
			const claims = { room, tag, id, incarnation, joinedAt, expiresAt: now + lifetimeMs };
			const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
			return `${payload}.${sign(payload).toString('base64url')}`;
		},
		verify(token, now) {
			const claims = read(token);
			return claims !== null && claims.expiresAt > now ? claims : null;
		},
		read,
	};

	function read(token: string): SignedClaims | null {
		const [payload = '', signature = '', ...rest] = token.split('.');
		const given = Buffer.from(signature, 'base64url');
		const expected = sign(payload);
		if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
		// A token from an earlier release may have another shape.
		const claims = v.safeParse(claimsSchema, JSON.parse(Buffer.from(payload, 'base64url').toString()));
		return claims.success ? claims.output : null;
	}
}
