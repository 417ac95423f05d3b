/**
 * Four words that two people compare aloud. They are made from the certificates that both browsers use, so they are the same on both sides
 * only if nobody is in between. `docs/PROTOCOL.md` has the rule, and says how much the words are worth.
 *
 * Loaded on demand: the word list is large, and joining does not need it.
 */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { readFingerprints } from './fingerprints';

/** One end of a connection, as the other end of it sees it. */
export interface SafetyEnd {
	incarnation: string;
	/** The fingerprints of all certificates that its description allows. */
	fingerprints: readonly string[];
}

/** The same, before its description (SDP) has been read. */
export interface DescribedEnd {
	incarnation: string;
	description: string;
}

const purpose = 'parley safety words v1';
/** Slow on purpose: somebody in between has only seconds to find certificates that lead to equal words on both sides. */
const iterations = 600_000;
const wordBits = 11;
const words = 4;

/** `null` if a description has no certificates that could be compared. */
export async function safetyWordsOf(
	subtle: SubtleCrypto,
	room: string,
	[one, other]: readonly [DescribedEnd, DescribedEnd],
): Promise<string[] | null> {
	const [ones, others] = [readFingerprints(one.description), readFingerprints(other.description)];
	if (!ones || !others) return null;
	return safetyWords(subtle, room, [
		{ incarnation: one.incarnation, fingerprints: ones },
		{ incarnation: other.incarnation, fingerprints: others },
	]);
}

/** Takes a good part of a second, but does not block the page's own thread. */
export async function safetyWords(
	subtle: SubtleCrypto,
	room: string,
	ends: readonly [SafetyEnd, SafetyEnd],
): Promise<string[]> {
	const pairs = ends.flatMap(({ incarnation, fingerprints }) =>
		fingerprints.map((fingerprint) => [incarnation, fingerprint]),
	);
	// As JSON, so that no two different lists read the same. Sorted by code units, so that the order is the same in every language.
	const sorted = pairs.map((pair) => JSON.stringify(pair)).sort();
	const text = `[${JSON.stringify(purpose)},${JSON.stringify(room)},[${sorted.join(',')}]]`;
	const bytes = (value: string) => new TextEncoder().encode(value);
	const key = await subtle.importKey('raw', bytes(text), 'PBKDF2', false, ['deriveBits']);
	const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(purpose), iterations };
	return wordsOf(new Uint8Array(await subtle.deriveBits(parameters, key, 48)));
}

/** The first 44 bits, eleven for each word. */
function wordsOf(bytes: Uint8Array): string[] {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
	return Array.from({ length: words }, (_, index) => {
		const number = parseInt(bits.slice(index * wordBits, (index + 1) * wordBits), 2);
		return wordlist[number] ?? '';
	});
}
