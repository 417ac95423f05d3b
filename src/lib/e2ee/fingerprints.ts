/**
 * The certificates that a description allows its end to use (RFC 8122), as their SHA-256 fingerprints. Pure. The browser accepts no other
 * certificates from the other end, so comparing them shows whether somebody is in between.
 */
import { limits } from '../protocol';

/** One for the session and one for each of its five media sections, and the same number again. */
const linesMax = 12;
const line = /^a=fingerprint:(.*)$/gim;
const sha256 = /^sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i;

/**
 * In upper case, each once, sorted by code units. `null` if there is none, or one that we can't compare: a certificate left out of a
 * comparison would be a way in.
 */
export function readFingerprints(sdp: string): string[] | null {
	if (sdp.length > limits.sdpMax) return null;
	const found = new Set<string>();
	let lines = 0;
	for (const [, value = ''] of sdp.matchAll(line)) {
		const [, fingerprint] = sha256.exec(value) ?? [];
		if (!fingerprint || ++lines > linesMax) return null;
		found.add(fingerprint.toUpperCase());
	}
	return found.size > 0 ? [...found].sort() : null;
}
