import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from './base64url';
import { findSecret } from '../protocol/link-secret';
import { decodeRoomSecret, formatSecretHash, newRoomSecret } from './room-secret';

const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index);
const secret = 'AAECAwQFBgcICQoLDA0ODw';

describe('the room secret', () => {
	it('[R4] is 128 bits as 22 base64url characters', () => {
		expect(newRoomSecret(counting)).toBe(secret);
		expect(decodeRoomSecret(secret)).toEqual(counting(16));
	});

	it('is read back from the hash it was put into', () => {
		expect(findSecret(formatSecretHash(secret))).toBe(secret);
		expect(formatSecretHash(null)).toBe('');
	});

	it('is one exactly where its bytes can be read', () => {
		for (const text of [
			secret,
			secret.slice(1),
			`${secret}A`,
			`${secret.slice(0, -1)}x`,
			`${secret.slice(0, -1)}+`,
		]) {
			expect(findSecret(text) === text, text).toBe(decodeRoomSecret(text) !== null);
		}
	});
});

describe('base64url', () => {
	it('agrees with another implementation at every length, and comes back', () => {
		for (let length = 0; length < 70; length++) {
			const bytes = Uint8Array.from({ length }, (_, index) => (index * 151 + length * 7) & 255);
			const text = encodeBase64url(bytes);
			expect(text).toBe(Buffer.from(bytes).toString('base64url'));
			expect(decodeBase64url(text)).toEqual(bytes);
		}
	});

	it('reads only what it could have written', () => {
		for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', 'A+', 'A/', 'é', 'AAAAA']) {
			expect(decodeBase64url(text)).toBeNull();
		}
	});
});
