/**
 * Seals what the server relays, so that it passes on what it can't read or change. Knows nothing about what is inside.
 *
 * A sealed text is base64url of: a version byte, then
 * - version 2: a 12-byte nonce and the AES-256-GCM ciphertext with its tag. The key is HKDF-SHA-256 (RFC 5869) of the
 *   room's secret, salted with the room's name. Version, room, sender and recipient, each with their page load, are
 *   authenticated with it, so that a text moved elsewhere, or kept until somebody has reloaded, does not open. The server can
 *   still drop texts, deliver one twice to the same page load and see lengths; whatever is sent this way may come twice.
 * - version 0: the text itself in UTF-8, for rooms whose link carries no secret. The interface says so.
 *
 * Whoever has a secret opens version 2 only: a server that could make them accept version 0 could put words into anyone's mouth. Whoever
 * has none can open version 0 only. Nonces are random, which is safe for the 2^32 texts under one key that NIST SP 800-38D (section 8.3)
 * allows. (Version 1 did not name page loads. Nobody opens it any more.)
 */
import { limits } from '../protocol';
import { decodeBase64url, encodeBase64url } from './base64url';
import { decodeRoomSecret } from './room-secret';

const clearVersion = 0;
const sealedVersion = 2;
const nonceBytes = 12;
const purpose = 'parley relay v1';

/** One end of a route: a participant and their page load, as the server's events name them. */
export interface SealedEnd {
	id: string;
	incarnation: string;
}

export interface SealedRoute {
	from: SealedEnd;
	to: SealedEnd;
}

export interface Sealer {
	/** False when the server can read what is relayed. */
	readonly sealed: boolean;
	/** `null` when the result would exceed `limits.sealedMax` characters, or when this browser can't seal. */
	seal(text: string, route: SealedRoute): Promise<string | null>;
	/** `null` for anything that was not sealed with this secret, in this room, by and for these two. */
	open(sealed: string, route: SealedRoute): Promise<string | null>;
}

export interface WebCrypto {
	/** Absent outside a secure context. */
	subtle: SubtleCrypto | undefined;
	/** Uniform random bytes from a cryptographic source. */
	randomBytes(length: number): Uint8Array;
}

/**
 * The sealer of one room. With a secret but without `subtle`, it seals and opens nothing: what should be sealed never travels in the clear.
 */
export async function createSealer(room: string, secret: string | null, crypto: WebCrypto): Promise<Sealer> {
	if (secret === null) return clearSealer;
	const bytes = decodeRoomSecret(secret);
	if (!bytes || !crypto.subtle) return deafSealer;
	return secretSealer(room, await deriveKey(crypto.subtle, bytes, room), crypto.subtle, crypto.randomBytes);
}

const clearSealer: Sealer = {
	sealed: false,
	seal: (text) => Promise.resolve(frame(clearVersion, encodeText(text))),
	open: (sealed) => {
		const bytes = decode(sealed);
		return Promise.resolve(bytes?.[0] === clearVersion ? decodeText(bytes.subarray(1)) : null);
	},
};

const deafSealer: Sealer = {
	sealed: true,
	seal: () => Promise.resolve(null),
	open: () => Promise.resolve(null),
};

function secretSealer(
	room: string,
	key: CryptoKey,
	subtle: SubtleCrypto,
	randomBytes: WebCrypto['randomBytes'],
): Sealer {
	const cipher = (nonce: Uint8Array<ArrayBuffer>, { from, to }: SealedRoute): AesGcmParams => ({
		name: 'AES-GCM',
		iv: nonce,
		// As JSON, so that no two different lists read the same.
		additionalData: encodeText(
			JSON.stringify([sealedVersion, room, from.id, to.id, from.incarnation, to.incarnation]),
		),
	});

	return {
		sealed: true,

		async seal(text, route) {
			const nonce = new Uint8Array(randomBytes(nonceBytes));
			const ciphertext = await subtle.encrypt(cipher(nonce, route), key, encodeText(text));
			return frame(sealedVersion, nonce, new Uint8Array(ciphertext));
		},

		async open(sealed, route) {
			const bytes = decode(sealed);
			if (bytes?.[0] !== sealedVersion) return null;
			const nonce = bytes.slice(1, 1 + nonceBytes);
			const ciphertext = bytes.subarray(1 + nonceBytes);
			try {
				return decodeText(new Uint8Array(await subtle.decrypt(cipher(nonce, route), key, ciphertext)));
			} catch {
				// Web Crypto has one error for a wrong key, a changed text and a truncated one.
				return null;
			}
		},
	};
}

async function deriveKey(
	subtle: SubtleCrypto,
	secret: Uint8Array<ArrayBuffer>,
	room: string,
): Promise<CryptoKey> {
	const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	return subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: encodeText(room), info: encodeText(purpose) },
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt'],
	);
}

function frame(version: number, ...parts: Uint8Array[]): string | null {
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 1));
	bytes[0] = version;
	let offset = 1;
	for (const part of parts) {
		bytes.set(part, offset);
		offset += part.length;
	}
	const sealed = encodeBase64url(bytes);
	return sealed.length <= limits.sealedMax ? sealed : null;
}

function decode(sealed: string): Uint8Array<ArrayBuffer> | null {
	return sealed.length <= limits.sealedMax ? decodeBase64url(sealed) : null;
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}

function decodeText(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}
