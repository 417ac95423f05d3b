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

/** Small then large, or a letter beside a digit: nine or so of them in a secret, three in "OurFavouriteBigMeeting". */
const changes = /(?<=[a-z])[A-Z\d]|(?<=[A-Z])\d|(?<=\d)[A-Za-z]/g;
const alone = /(?<![\w/=&-])[\w-]{21}[AQgw](?![\w-])/g;
const atEnd = /[\w-]{21}[AQgw]$/;

/** Whether a word of this is a secret without its `#`, as far as looks tell: no name changes so often between kinds of letters. */
export function holdsBareSecret(text: string): boolean {
	return text.match(alone)?.some((word) => changesIn(word) >= 4) ?? false;
}

/** The same for one word, where the secret may stand right behind the room's name. */
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
