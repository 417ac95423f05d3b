/**
 * The secret in what stands behind the `#` of a link, however it was damaged on the way: 22 base64url characters, of which the last has two bits
 * to say.
 */
import { withoutUnseen } from './invisible';

/** What is not base64url ends it; so do `-` and `_`, with which no secret ends: Markdown puts them around links. */
const secret = /(?:^|[^\w-])([\w-]{21}[AQgw])[-_]*(?![\w-])/;
const escapes = /(?:%[\da-f]{2})+/gi;

/** `null` where there is none: cut, too long, or with other letters in it. */
export function findSecret(text: string): string | null {
	return secret.exec(withoutUnseen(decodeEscapes(text)))?.[1] ?? null;
}

/** Decodes `%41`, and `%2541` as well. What can't be decoded becomes a space. */
export function decodeEscapes(text: string): string {
	let decoded = text;
	for (let times = 0; times < 3; times++) decoded = decoded.replace(escapes, decodeRun);
	return decoded;
}

function decodeRun(run: string): string {
	try {
		return decodeURIComponent(run);
	} catch {
		return ' ';
	}
}
