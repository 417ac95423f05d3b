/**
 * The identity of a page load: a key pair that lives and dies with it. Its incarnation is the hash of the public key, so whoever knows the
 * incarnation can check what it signed, whichever way that came. Knows nothing about what is signed.
 *
 * ECDSA on P-256 with SHA-256 (FIPS 186-5): the one signature that Web Crypto has in every browser. The private key can't be taken out of
 * the browser.
 */
import { decodeBase64url, encodeBase64url } from './base64url';

/** How many bytes of the SHA-256 are used: 192 bits, which make 32 characters. */
const incarnationBytes = 24;
const publicKeyBytes = 65;
const signatureBytes = 64;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };

export interface PageIdentity {
	/** 32 base64url characters: the first 24 bytes of the SHA-256 of the public key. */
	readonly incarnation: string;
	/** The public key as an uncompressed point (SEC 1, section 2.3.3), in base64url. */
	readonly key: string;
	/** 64 bytes, r and s as IEEE P1363 writes them, in base64url. */
	sign(text: string): Promise<string>;
}

export interface Signed {
	incarnation: string;
	key: string;
	signature: string;
}

export async function createPageIdentity(subtle: SubtleCrypto): Promise<PageIdentity> {
	const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
	const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
	return {
		incarnation: await incarnationOf(subtle, raw),
		key: encodeBase64url(raw),
		async sign(text) {
			return encodeBase64url(new Uint8Array(await subtle.sign(signing, privateKey, bytesOf(text))));
		},
	};
}

/**
 * Checks signatures, and remembers the keys it has seen. Resolves false for anything that this page load did not sign, for a key that is
 * not its own, and for something that is not a key. Never rejects.
 */
export function createSignatureChecker(subtle: SubtleCrypto, keysMax = 256) {
	const keys = new Map<string, Promise<CryptoKey | null>>();

	async function importKey(incarnation: string, key: string): Promise<CryptoKey | null> {
		const raw = decodeBase64url(key);
		if (raw?.length !== publicKeyBytes || (await incarnationOf(subtle, raw)) !== incarnation) return null;
		return subtle.importKey('raw', raw, algorithm, false, ['verify']).catch(() => null);
	}

	function keyOf(incarnation: string, key: string): Promise<CryptoKey | null> {
		const name = `${incarnation} ${key}`;
		const known = keys.get(name);
		if (known) return known;
		const importing = importKey(incarnation, key);
		keys.set(name, importing);
		if (keys.size > keysMax) keys.delete(keys.keys().next().value ?? '');
		return importing;
	}

	return async ({ incarnation, key, signature }: Signed, text: string): Promise<boolean> => {
		const signed = decodeBase64url(signature);
		if (signed?.length !== signatureBytes) return false;
		const publicKey = await keyOf(incarnation, key);
		return publicKey !== null && subtle.verify(signing, publicKey, signed, bytesOf(text)).catch(() => false);
	};
}

async function incarnationOf(subtle: SubtleCrypto, publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await subtle.digest('SHA-256', publicKey));
	return encodeBase64url(digest.subarray(0, incarnationBytes));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}
