/**
 * The room's secret: 128 random bits after the `#` of its link. Browsers send nothing after a `#` to a server, nor in
 * `Referer`, so those who have the link have the secret and the server has not.
 */
import { decodeBase64url, encodeBase64url } from './base64url';

const secretBytes = 16;

/** A new secret, as 22 base64url characters. `randomBytes` must be cryptographic. */
export function newRoomSecret(randomBytes: (length: number) => Uint8Array): string {
	return encodeBase64url(randomBytes(secretBytes));
}

/** The hash of a link, or nothing where the room has no secret. */
export function formatSecretHash(secret: string | null): string {
	return secret === null ? '' : `#${secret}`;
}

/** The secret's bytes; `null` for what is no secret. */
export function decodeRoomSecret(secret: string): Uint8Array<ArrayBuffer> | null {
	const bytes = decodeBase64url(secret);
	return bytes?.length === secretBytes ? bytes : null;
}
