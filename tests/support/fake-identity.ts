/**
 * Page loads whose signatures cost nothing: made and checked at once, by one secret that only this file knows. Whoever has a
 * `FakeIdentity` can sign as it, and nobody else can. For schedules by the thousand.
 */
import { createHash } from 'node:crypto';
import type { RoomTrust } from '../../src/lib/e2ee/room-trust';

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();

export interface FakeIdentity {
	incarnation: string;
	key: string;
	sign(text: string): Promise<string>;
}

export function fakeIdentity(name: string): FakeIdentity {
	const key = Buffer.concat([digest('sha512', name), Buffer.of(0)]).toString('base64url');
	const incarnation = incarnationOf(key);
	return { incarnation, key, sign: (text) => Promise.resolve(signatureOf(incarnation, text)) };
}

export function fakeCheck(
	{ incarnation, key, signature }: { incarnation: string; key: string; signature: string },
	text: string,
): Promise<boolean> {
	return Promise.resolve(incarnationOf(key) === incarnation && signatureOf(incarnation, text) === signature);
}

/** What such a page load can prove of a room whose link has this secret, and anybody else believe. */
export function fakeTrust(name: string, secret: string | null): RoomTrust {
	return {
		identity: fakeIdentity(name),
		secured: secret !== null,
		tag: secret && digest('sha256', secret).subarray(0, 16).toString('base64url'),
		certify: () => Promise.reject(new Error('a fake describes nothing')),
		check: () => Promise.resolve(false),
		checkSignature: fakeCheck,
		hash: fakeHash,
	};
}

export function fakeHash(text: string): Promise<string> {
	return Promise.resolve(digest('sha256', text).toString('base64url'));
}

function incarnationOf(key: string): string {
	return digest('sha256', key).subarray(0, 24).toString('base64url');
}

function signatureOf(incarnation: string, text: string): string {
	return digest('sha512', `secret of ${incarnation}\n${text}`).toString('base64url');
}
