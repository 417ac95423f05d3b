/** Finds the secret after the `#` of a link, however it was damaged on the way: 22 base64url characters, the last of which carries only two bits. */
import { withoutUnseen } from './invisible';

/** Anything that is not base64url ends it. So do `-` and `_`, because no secret ends with them and Markdown puts them around links. */
const secret = /(?:^|[^\w-])([\w-]{21}[AQgw])[-_]*(?![\w-])/;
const escapes = /(?:%[\da-f]{2})+/gi;

/** `null` if there is none: it was cut off, is too long, or has other letters in it. */
export function findSecret(text: string): string | null {
	return secret.exec(withoutUnseen(decodeEscapes(text)))?.[1] ?? null;
}

/**
 * A change between kinds of characters: small to capital letter, or letter to digit or back. A secret has about nine, "OurFavouriteBigMeeting"
 * three.
 */
const changes = /(?<=[a-z])[A-Z\d]|(?<=[A-Z])\d|(?<=\d)[A-Za-z]/g;
const alone = /(?<![\w/=&-])[\w-]{21}[AQgw](?![\w-])/g;
const atEnd = /[\w-]{21}[AQgw]$/;

/** Whether one of these words looks like a secret without its `#`: no name changes so often between kinds of characters. */
export function holdsBareSecret(text: string): boolean {
	return text.match(alone)?.some((word) => changesIn(word) >= 4) ?? false;
}

/** The same for one word, in which the secret may follow the room's name directly. */
export function endsInBareSecret(word: string): boolean {
	return holdsBareSecret(word) || changesIn(atEnd.exec(word)?.[0] ?? '') >= 5;
}

function changesIn(word: string): number {
	return word.match(changes)?.length ?? 0;
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
