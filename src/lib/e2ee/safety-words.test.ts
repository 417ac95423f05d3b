import { pbkdf2Sync } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { safetyWords, safetyWordsOf, type SafetyEnd } from './safety-words';

const { subtle } = globalThis.crypto;
const fingerprint = (byte: number) =>
	Array(32).fill(byte.toString(16).toUpperCase().padStart(2, '0')).join(':');
const ada: SafetyEnd = { incarnation: 'A'.repeat(32), fingerprints: [fingerprint(0xa1)] };
const bob: SafetyEnd = { incarnation: 'b'.repeat(32), fingerprints: [fingerprint(0xb2)] };
const between = (one: SafetyEnd, other: SafetyEnd, room = 'team-sync') =>
	safetyWords(subtle, room, [one, other]);

/** From the description in docs/PROTOCOL.md, with Node's own functions instead of Web Crypto. */
function byHand(room: string, pairs: [string, string][]): string[] {
	const text = JSON.stringify(['parley safety words v1', room, pairs]);
	const bytes = pbkdf2Sync(text, 'parley safety words v1', 600_000, 6, 'sha256');
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	return [0, 11, 22, 33].map((at) => wordlist[parseInt(bits.slice(at, at + 11), 2)] ?? '');
}

describe('safety words', () => {
	it('[W1] are the same on both sides, and as the protocol describes them', async () => {
		const words = await between(ada, bob);
		expect(words).toEqual(await between(bob, ada));
		expect(words).toEqual(
			byHand('team-sync', [
				[ada.incarnation, fingerprint(0xa1)],
				[bob.incarnation, fingerprint(0xb2)],
			]),
		);
	});

	it('[W1] are those of the vectors', async () => {
		expect(await between(ada, bob)).toEqual(['before', 'mandate', 'enrich', 'elevator']);
		const two = { ...bob, fingerprints: [fingerprint(0xb2), fingerprint(0x0c)] };
		expect(await between(ada, two)).toEqual(['pitch', 'swift', 'hawk', 'celery']);
	});

	it('[W1] are made of the certificates in two descriptions, and of nothing that could not be compared', async () => {
		const described = ({ incarnation, fingerprints }: SafetyEnd) => ({
			incarnation,
			description: fingerprints.map((each) => `a=fingerprint:sha-256 ${each}\r\n`).join(''),
		});
		const words = await safetyWordsOf(subtle, 'team-sync', [described(ada), described(bob)]);
		expect(words).toEqual(['before', 'mandate', 'enrich', 'elevator']);
		const silent = { ...described(bob), description: 'v=0\r\n' };
		expect(await safetyWordsOf(subtle, 'team-sync', [described(ada), silent])).toBeNull();
		expect(await safetyWordsOf(subtle, 'team-sync', [silent, described(ada)])).toBeNull();
	});

	it('[W1] change with each certificate, page load and room, and with one that is slipped in', async () => {
		const words = await Promise.all([
			between(ada, bob),
			between(ada, { ...bob, fingerprints: [fingerprint(0xb3)] }),
			between(ada, { ...bob, incarnation: 'c'.repeat(32) }),
			between(ada, { ...bob, fingerprints: [...bob.fingerprints, fingerprint(1)] }),
			between(ada, bob, 'other-room'),
			// Each other's certificates, as a server that changes their places would have it.
			between({ ...ada, fingerprints: bob.fingerprints }, { ...bob, fingerprints: ada.fingerprints }),
		]);
		expect(new Set(words.map((four) => four.join(' '))).size).toBe(words.length);
	});

	it('are four of 2,048 short words, none of which begins like another', async () => {
		expect(wordlist).toHaveLength(2_048);
		expect(new Set(wordlist.map((word) => word.slice(0, 4))).size).toBe(2_048);
		const words = await between(ada, bob);
		expect(words).toHaveLength(4);
		for (const word of words) expect(wordlist).toContain(word);
	});
});
