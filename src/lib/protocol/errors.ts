/**
 * The codes a server may answer with, in `error.data.parley.code`. Texts for people are in `src/lib/words`, never here; `docs/PROTOCOL.md` says
 * when each is sent.
 */
export const errorCodes = [
	'bad-input',
	'bad-room-name',
	'bad-participant-name',
	'room-full',
	'not-joined',
	'already-joined',
	'no-such-participant',
	'token-refused',
	'client-too-old',
	'taken-over',
	'rate-limited',
	'too-large',
	'origin-refused',
	'server-full',
	'server-stopping',
	'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What travels in `error.data.parley`. */
export interface WireError {
	code: ErrorCode;
	/** With `room-full`: the seats the room has. */
	limit?: number;
	/** With `rate-limited` and `server-full`: when it is worth trying again, in milliseconds. */
	retryAfterMs?: number;
	/** With `bad-input`: which field was refused, as a dotted path. Never its value. */
	field?: string;
}

export function isErrorCode(value: unknown): value is ErrorCode {
	return typeof value === 'string' && (errorCodes as readonly string[]).includes(value);
}
