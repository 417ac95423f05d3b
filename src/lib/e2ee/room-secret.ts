/**
 * The room's secret: 128 random bits after the `#` of its link. Browsers never send what follows a `#` to a server, not even in `Referer`,
 * so everybody with the link has the secret, and the server does not.
 */
import { decodeBase64url, encodeBase64url } from './base64url';

const secretBytes = 16;

/** A new secret, as 22 base64url characters. `randomBytes` must be cryptographic. */
export function newRoomSecret(randomBytes: (length: number) => Uint8Array): string {
	return encodeBase64url(randomBytes(secretBytes));
}

/** The hash of a link; empty if the room has no secret. */
export function formatSecretHash(secret: string | null): string {
	return secret === null ? '' : `#${secret}`;
}

/** The secret's bytes; `null` for a text that is not a secret. */
export function decodeRoomSecret(secret: string): Uint8Array<ArrayBuffer> | null {
	const bytes = decodeBase64url(secret);
	return bytes?.length === secretBytes ? bytes : null;
}
