import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chatTailLength, signedText } from '../protocol/peer/chat';
import { encodeBase64url } from './base64url';
import { createPageIdentity, createSignatureChecker } from './page-identity';

const { subtle } = globalThis.crypto;
const text = 'what was said, “exactly” so';

describe('a page load’s key', () => {
	it('[B3] is named by its hash, as another implementation computes it', async () => {
		const { incarnation, key } = await createPageIdentity(subtle);
		const raw = Buffer.from(key, 'base64url');
		expect(raw).toHaveLength(65);
		expect(createHash('sha256').update(raw).digest().subarray(0, 24).toString('base64url')).toBe(incarnation);
		expect(incarnation).toMatch(/^[A-Za-z0-9_-]{32}$/);
	});

	it('signs what another implementation verifies', async () => {
		const { key, sign } = await createPageIdentity(subtle);
		const raw = Buffer.from(key, 'base64url');
		const publicKey = createPublicKey({
			format: 'jwk',
			key: {
				kty: 'EC',
				crv: 'P-256',
				x: raw.subarray(1, 33).toString('base64url'),
				y: raw.subarray(33).toString('base64url'),
			},
		});
		const signature = Buffer.from(await sign(text), 'base64url');
		expect(
			verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature),
		).toBe(true);
	});

	it('is believed for its own page load and text, and for nothing else', async () => {
		const ada = await createPageIdentity(subtle);
		const bob = await createPageIdentity(subtle);
		const check = createSignatureChecker(subtle);
		const signed = { incarnation: ada.incarnation, key: ada.key, signature: await ada.sign(text) };
		expect(await check(signed, text)).toBe(true);
		expect(await check(signed, text)).toBe(true);
		expect(await check(signed, `${text}.`)).toBe(false);
		expect(await check({ ...signed, incarnation: bob.incarnation }, text)).toBe(false);
		expect(await check({ ...signed, key: bob.key }, text)).toBe(false);
		expect(await check({ ...signed, signature: await bob.sign(text) }, text)).toBe(false);
		// A key of one's own under somebody else's name.
		expect(
			await check({ incarnation: ada.incarnation, key: bob.key, signature: await bob.sign(text) }, text),
		).toBe(false);
	});

	it('is refused when it is none, and nothing throws', async () => {
		const { incarnation, key, sign } = await createPageIdentity(subtle);
		const check = createSignatureChecker(subtle);
		const signature = await sign(text);
		const offCurve = encodeBase64url(new Uint8Array(65).fill(4));
		for (const wrong of ['', 'A', key.slice(1), `${key}AA`, offCurve, '\ud800'.repeat(87)]) {
			expect(await check({ incarnation, key: wrong, signature }, text)).toBe(false);
			expect(await check({ incarnation, key, signature: wrong }, text)).toBe(false);
		}
	});

	it('can’t be taken out of the browser, and no two are the same', async () => {
		const [one, other] = [await createPageIdentity(subtle), await createPageIdentity(subtle)];
		expect(one.incarnation).not.toBe(other.incarnation);
		expect(JSON.stringify(one)).not.toContain('"d"');
	});
});

describe('a signed message', () => {
	it('[C1] agrees with the vector of docs/PROTOCOL.md, which Node made without any of this', async () => {
		const stream = 'HO6Aj8v3JDFufxrVpr1EI609bn52ULTq';
		const key = 'BGhIpogpgQ0O6oXy_FUFaJAVIhmJXmQoyPcvph2VCtl-DCxGSzGKKTv7aCif-7bljc6LrvD1Ha2B9ieNvLXZpG0';
		const signature =
			'5RWx6i1AXt4xCHQ8n2mUzDyt2l8gXRgVSETp1WELJ2wXSBlNsu849h187GFpFpfEX_JbY6bJ6YjiPVOWczPiqw';
		const vector = {
			...{ author: 'participant-a', authorName: 'Ann', stream, sequence: 1, order: 1 },
			...{ sentAt: 1_700_000_000_000, text: 'hello', introduces: [], signature, key },
		};
		const text = signedText('team-sync', vector);
		const check = createSignatureChecker(subtle);
		expect(await check({ incarnation: stream, key, signature }, text)).toBe(true);
		const later = signedText('team-sync', { ...vector, sentAt: vector.sentAt + 1 });
		expect(await check({ incarnation: stream, key, signature }, later)).toBe(false);
		expect(createHash('sha256').update(text).digest('base64url').slice(0, chatTailLength)).toBe(
			'6KSD3vbpe7lY9FFA',
		);
	});
});
