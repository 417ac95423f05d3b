import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DescriptionSignal } from '../protocol';
import { newRoomSecret } from './room-secret';
import { createRoomTrust, descriptionText } from './room-trust';

const { subtle } = globalThis.crypto;
const room = 'team-sync';
const secret = 'AAECAwQFBgcICQoLDA0ODw';
const newSecret = () => newRoomSecret((length) => globalThis.crypto.getRandomValues(new Uint8Array(length)));
const description: DescriptionSignal = {
	...{ kind: 'description', epoch: 0, offer: 1, type: 'offer' },
	sdp: 'v=0\r\na=fingerprint:sha-256 AB\r\n',
};

const open = (from: string | null, inRoom = room) => createRoomTrust(inRoom, from, subtle);

async function pair(mine: string | null, theirs: string | null, theirRoom = room) {
	const [ada, bob] = await Promise.all([open(mine), open(theirs, theirRoom)]);
	const sent = { ...description, ...(await ada.certify(description, bob.identity.incarnation)) };
	return { ada, bob, sent, from: ada.identity.incarnation };
}

describe('a description in a room with a secret', () => {
	it('[B2] is believed by those who came by the same link', async () => {
		const { bob, sent, from } = await pair(secret, secret);
		expect(sent.proof).toHaveLength(43);
		expect(await bob.check(sent, from)).toBe(true);
	});

	it('is refused when anything about it was changed', async () => {
		const { bob, sent, from } = await pair(secret, secret);
		const changes: Partial<typeof sent>[] = [
			{ epoch: 1 },
			{ offer: 2 },
			{ type: 'answer' },
			{ sdp: sent.sdp.replace('AB', 'AC') },
			{ sdp: `${sent.sdp} ` },
			{ proof: undefined },
			{ proof: '' },
			{ proof: 'A'.repeat(43) },
			{ signature: 'A'.repeat(86) },
		];
		for (const change of changes) expect(await bob.check({ ...sent, ...change }, from)).toBe(false);
	});

	it('is refused as somebody else’s, and by anybody it was not made for', async () => {
		const { bob, sent, from } = await pair(secret, secret);
		const carol = await open(secret);
		expect(await bob.check(sent, carol.identity.incarnation)).toBe(false);
		expect(await carol.check(sent, from)).toBe(false);
	});

	it('is refused from another link, another room, and from whoever has the name alone', async () => {
		for (const { bob, sent, from } of [
			await pair(newSecret(), secret),
			await pair(null, secret),
			await pair(secret, secret, 'other-room'),
		]) {
			expect(await bob.check(sent, from)).toBe(false);
		}
	});

	it('is refused with the right proof under somebody else’s key: one insider can’t speak as another', async () => {
		const { ada, bob, from } = await pair(secret, secret);
		const mallory = await open(secret);
		// What mallory, who has the secret, can make: the proof over ada's name, signed with a key of her own.
		const text = await descriptionText(subtle, room, { from, to: bob.identity.incarnation }, description);
		const key = hkdfSync('sha256', Buffer.from(secret, 'base64url'), room, 'parley description v1', 32);
		const proof = createHmac('sha256', Buffer.from(key)).update(text).digest('base64url');
		const signature = await mallory.identity.sign(text);
		for (const { identity } of [ada, mallory]) {
			expect(await bob.check({ ...description, key: identity.key, signature, proof }, from)).toBe(false);
		}
	});

	it('[B2] is proven as another implementation of the same description proves it', async () => {
		const { bob, sent, from } = await pair(secret, secret);
		// Made by hand from the description, with Node's own functions instead of Web Crypto.
		const key = hkdfSync('sha256', Buffer.from(secret, 'base64url'), room, 'parley description v1', 32);
		const digest = createHash('sha256').update(description.sdp).digest('base64url');
		const text = `["parley description v1","team-sync","${from}","${bob.identity.incarnation}",0,1,"offer","${digest}"]`;
		expect(sent.proof).toBe(createHmac('sha256', Buffer.from(key)).update(text).digest('base64url'));
	});

	it('[B2] agrees with the vector of the protocol', () => {
		const key = hkdfSync('sha256', Buffer.from(secret, 'base64url'), room, 'parley description v1', 32);
		const digest = createHash('sha256').update('v=0\r\n').digest('base64url');
		const [from, to] = ['A'.repeat(32), 'B'.repeat(32)];
		const text = JSON.stringify(['parley description v1', room, from, to, 0, 1, 'offer', digest]);
		expect(digest).toBe('TPV2JwlfvEiG3jePyzQHkXysogvweMo_D6w-XKmxktg');
		expect(createHmac('sha256', Buffer.from(key)).update(text).digest('base64url')).toBe(
			'_0zK6G8W2Wgb-zhfoT6DLT0bnar7psiDWs8jwx3RadE',
		);
	});
});

describe('a description in a room without a secret', () => {
	it('[B3] is held to the key of its page load', async () => {
		const { bob, sent, from } = await pair(null, null);
		const mallory = await open(null);
		expect(sent.proof).toBeUndefined();
		expect(await bob.check(sent, from)).toBe(true);
		expect(await bob.check({ ...sent, sdp: 'v=1' }, from)).toBe(false);
		expect(
			await bob.check({ ...sent, ...(await mallory.certify(sent, bob.identity.incarnation)) }, from),
		).toBe(false);
	});
});

describe('the room’s tag', () => {
	it('[B4] is the same for all who have the link, as another implementation derives it', async () => {
		const expected = hkdfSync('sha256', Buffer.from(secret, 'base64url'), room, 'parley room tag v1', 16);
		expect((await open(secret)).tag).toBe(Buffer.from(expected).toString('base64url'));
		expect((await open(secret)).tag).toBe('QFpbZSXLLzpHxtyWTF0IQg');
	});

	it('is another one for another secret or name, and none without a secret', async () => {
		const { tag } = await open(secret);
		expect((await open(newSecret())).tag).not.toBe(tag);
		expect((await open(secret, 'other-room')).tag).not.toBe(tag);
		expect((await open(null)).tag).toBeNull();
	});
});
