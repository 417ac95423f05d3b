import { describe, expect, it } from 'vitest';
import { limits } from '../protocol';
import { peerMessageBytesMax } from '../protocol/peer/peer-message';
import { decodeBase64url, encodeBase64url } from './base64url';
import { newRoomSecret } from './room-secret';
import { createSealer, type WebCrypto } from './seal';

const webCrypto: WebCrypto = {
	subtle: globalThis.crypto.subtle,
	randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
const room = 'team-sync';
const secret = newRoomSecret(webCrypto.randomBytes);
const from = { id: 'participant-a', incarnation: 'page-load-of-a' };
const to = { id: 'participant-b', incarnation: 'page-load-of-b' };
const route = { from, to };
const text = 'the readable text, with “marks” and 😀';
/** As in docs/PROTOCOL.md, made with Node's own functions. */
const vector = 'AgcHBwcHBwcHBwcHB1Exh4HMBAFaNwJ7aah3P62WYf6mNB9IFed_2_G2rmc';

const sealerWith = (key: string | null, inRoom = room) => createSealer(inRoom, key, webCrypto);

async function sealed(): Promise<string> {
	const result = await (await sealerWith(secret)).seal(text, route);
	return result ?? expect.fail('was not sealed');
}

describe('with a secret', () => {
	it('[R1] is opened by whoever has the link, and comes back as it was', async () => {
		expect(await (await sealerWith(secret)).open(await sealed(), route)).toBe(text);
	});

	it('shows nothing of the text on the wire, and never the same twice', async () => {
		const [one, two] = [await sealed(), await sealed()];
		expect(one).not.toBe(two);
		expect(one).toMatch(/^[A-Za-z0-9_-]+$/);
		const bytes = Buffer.from(one, 'base64url');
		expect(bytes[0]).toBe(2);
		expect(bytes.includes('readable')).toBe(false);
		expect(one).not.toContain(Buffer.from(text).toString('base64url').slice(4, 16));
	});

	it('does not open with another secret', async () => {
		const other = await sealerWith(newRoomSecret(webCrypto.randomBytes));
		expect(await other.open(await sealed(), route)).toBeNull();
	});

	it('[R1] does not open in another room, for another recipient or from another sender', async () => {
		const text = await sealed();
		const here = await sealerWith(secret);
		expect(await (await sealerWith(secret, 'other-room')).open(text, route)).toBeNull();
		expect(await here.open(text, { from, to: { ...to, id: 'participant-c' } })).toBeNull();
		expect(await here.open(text, { from: { ...from, id: 'participant-c' }, to })).toBeNull();
		expect(await here.open(text, { from: to, to: from })).toBeNull();
	});

	it('[R1] does not open once either of them has loaded the page again', async () => {
		const text = await sealed();
		const here = await sealerWith(secret);
		expect(await here.open(text, { from, to: { ...to, incarnation: 'page-load-later' } })).toBeNull();
		expect(await here.open(text, { from: { ...from, incarnation: 'page-load-later' }, to })).toBeNull();
	});

	it('takes no two routes for one, whatever the ids hold', async () => {
		const here = await sealerWith(secret);
		const odd = await here.seal(text, { from: { ...from, id: 'a","b' }, to: { ...to, id: 'c' } });
		const other = { from: { ...from, id: 'a' }, to: { ...to, id: 'b","c' } };
		expect(await here.open(odd ?? '', other)).toBeNull();
	});

	it('does not open when any byte is changed or any part is missing', async () => {
		const here = await sealerWith(secret);
		const bytes = decodeBase64url(await sealed()) ?? expect.fail();
		for (let index = 0; index < bytes.length; index++) {
			const changed = bytes.slice();
			changed[index] = (changed[index] ?? 0) ^ 1;
			expect(await here.open(encodeBase64url(changed), route)).toBeNull();
			expect(await here.open(encodeBase64url(bytes.slice(0, index)), route)).toBeNull();
		}
		for (const garbage of ['', 'A', 'AQ', '!!', 'AgAA', 'A'.repeat(limits.sealedMax + 1)]) {
			expect(await here.open(garbage, route)).toBeNull();
		}
	});

	it('[R3] refuses a clear text, which the server could have made up', async () => {
		const forged = await (await sealerWith(null)).seal(text, route);
		expect(forged).not.toBeNull();
		expect(await (await sealerWith(secret)).open(forged ?? '', route)).toBeNull();
	});

	it('seals nothing, rather than in the clear, where the browser can not', async () => {
		const deaf = await createSealer(room, secret, { ...webCrypto, subtle: undefined });
		expect(deaf.sealed).toBe(true);
		expect(await deaf.seal(text, route)).toBeNull();
		expect(await deaf.open(await sealed(), route)).toBeNull();
	});

	it('fits the largest peer message into a relay, and refuses what does not fit', async () => {
		const here = await sealerWith(secret);
		const largest = await here.seal('x'.repeat(peerMessageBytesMax), route);
		expect(largest?.length).toBeLessThanOrEqual(limits.sealedMax);
		expect(await here.seal('x'.repeat(limits.sealedMax), route)).toBeNull();
	});

	it('[R1] opens what was sealed by another implementation of the same description', async () => {
		// Made by hand from the description, with Node's own functions instead of Web Crypto.
		const { createCipheriv, hkdfSync } = await import('node:crypto');
		const key = hkdfSync('sha256', Buffer.from(secret, 'base64url'), room, 'parley relay v1', 32);
		const wireOf = (version: number, additional: string) => {
			const nonce = Buffer.alloc(12, 7);
			const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), nonce);
			cipher.setAAD(Buffer.from(additional));
			const body = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
			return Buffer.concat([Buffer.of(version), nonce, body]).toString('base64url');
		};
		const here = await sealerWith(secret);
		const route2 = '[2,"team-sync","participant-a","participant-b","page-load-of-a","page-load-of-b"]';
		expect(await here.open(wireOf(2, route2), route)).toBe(text);
		// Version 1 bound no page loads, and is opened by nobody any more.
		expect(await here.open(wireOf(1, '[1,"team-sync","participant-a","participant-b"]'), route)).toBeNull();
	});

	it('[R1] opens the vector of docs/PROTOCOL.md', async () => {
		const here = await createSealer('team-sync', 'AAECAwQFBgcICQoLDA0ODw', webCrypto);
		expect(await here.open(vector, route)).toBe('{"type":"ping"}');
	});
});

describe('without a secret', () => {
	it('[R2] passes the text in the clear, and says so', async () => {
		const clear = await sealerWith(null);
		expect(clear.sealed).toBe(false);
		const wire = (await clear.seal(text, route)) ?? expect.fail();
		expect(Buffer.from(wire, 'base64url').subarray(1).toString()).toBe(text);
		expect(await clear.open(wire, route)).toBe(text);
	});

	it('[R3] opens neither what is sealed nor what is no text', async () => {
		const clear = await sealerWith(null);
		expect(await clear.open(await sealed(), route)).toBeNull();
		expect(await clear.open(Buffer.of(0, 0xff, 0xfe).toString('base64url'), route)).toBeNull();
	});
});
