/**
 * What a page load can prove to the others in one room, and check about them. It rests on two things: the secret of the room's link, which
 * the server does not have, and the page load's own key (`page-identity.ts`). Knows nothing of peers or carriers.
 *
 * A session description carries two proofs: a keyed hash (HMAC-SHA-256) that only those with the link can make, and a signature, which
 * binds a page load to its key even if the link carries no secret. Both are over the same text, a JSON array, so that no two parsers can
 * read it differently. See [B1] to [B6] of `docs/PROTOCOL.md`.
 */
import type { CertifiedDescription, DescriptionCertificate, DescriptionSignal } from '../protocol';
import { decodeBase64url, encodeBase64url } from './base64url';
import { createPageIdentity, createSignatureChecker, type PageIdentity, type Signed } from './page-identity';
import { decodeRoomSecret } from './room-secret';

const purposes = { tag: 'parley room tag v1', proof: 'parley description v1' };
const tagBytes = 16;

/** The page loads at both ends. */
export interface Route {
	from: string;
	to: string;
}

export interface RoomTrust {
	readonly identity: PageIdentity;
	/** Whether the room's link carries a secret. */
	readonly secured: boolean;
	/** What the server finds the room by, apart from its name: 16 bytes in base64url, made from the secret. `null` without one. */
	readonly tag: string | null;
	certify(description: DescriptionSignal, to: string): Promise<DescriptionCertificate>;
	/** False for a description that was not made with `from`'s key, for this page load, or with the link's secret. Never rejects. */
	check(description: CertifiedDescription, from: string): Promise<boolean>;
	/** False for anything that the page load named in `signed` did not sign. Never rejects. */
	checkSignature(signed: Signed, text: string): Promise<boolean>;
	/** SHA-256, in base64url. */
	hash(text: string): Promise<string>;
}

/** `known`: the identity of this page load; without it, a new one is made. */
export async function createRoomTrust(
	room: string,
	secret: string | null,
	subtle: SubtleCrypto,
	known?: PageIdentity,
): Promise<RoomTrust> {
	const bytes = secret === null ? null : decodeRoomSecret(secret);
	if (secret !== null && !bytes) throw new Error('not a room secret');
	const [identity, keys] = await Promise.all([
		known ?? createPageIdentity(subtle),
		bytes && deriveKeys(subtle, bytes, room),
	]);
	const checkSignature = createSignatureChecker(subtle);
	const textOf = (description: DescriptionSignal, route: Route) =>
		descriptionText(subtle, room, route, description);

	return {
		identity,
		secured: keys !== null,
		tag: keys?.tag ?? null,

		async certify(description, to) {
			const text = await textOf(description, { from: identity.incarnation, to });
			const [signature, proof] = await Promise.all([
				identity.sign(text),
				keys && subtle.sign('HMAC', keys.proof, new TextEncoder().encode(text)),
			]);
			const certificate = { key: identity.key, signature };
			return proof ? { ...certificate, proof: encodeBase64url(new Uint8Array(proof)) } : certificate;
		},

		async check(description, from) {
			const { key, signature, proof } = description;
			const text = await textOf(description, { from, to: identity.incarnation });
			if (keys) {
				const given = proof === undefined ? null : decodeBase64url(proof);
				if (!given || !(await subtle.verify('HMAC', keys.proof, given, new TextEncoder().encode(text))))
					return false;
			}
			return checkSignature({ incarnation: from, key, signature }, text);
		},

		checkSignature,

		async hash(text) {
			const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
			return encodeBase64url(new Uint8Array(digest));
		},
	};
}

/** [B2] The text that is hashed and signed. The digest stands for the whole description, whatever is inside. */
export async function descriptionText(
	subtle: SubtleCrypto,
	room: string,
	{ from, to }: Route,
	{ epoch, offer, type, sdp }: DescriptionSignal,
): Promise<string> {
	const digest = await subtle.digest('SHA-256', new TextEncoder().encode(sdp));
	return JSON.stringify([
		purposes.proof,
		room,
		from,
		to,
		epoch,
		offer,
		type,
		encodeBase64url(new Uint8Array(digest)),
	]);
}

async function deriveKeys(subtle: SubtleCrypto, secret: Uint8Array<ArrayBuffer>, room: string) {
	const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);
	const parameters = (purpose: string): HkdfParams => ({
		name: 'HKDF',
		hash: 'SHA-256',
		salt: new TextEncoder().encode(room),
		info: new TextEncoder().encode(purpose),
	});
	const [tag, proof] = await Promise.all([
		subtle.deriveBits(parameters(purposes.tag), material, tagBytes * 8),
		subtle.deriveKey(
			parameters(purposes.proof),
			material,
			{ name: 'HMAC', hash: 'SHA-256', length: 256 },
			false,
			['sign', 'verify'],
		),
	]);
	return { tag: encodeBase64url(new Uint8Array(tag)), proof };
}
