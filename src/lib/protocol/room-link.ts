/** Links to rooms: `<origin>/room/<room>#<secret>`. Reads the two parts, even if one is damaged; `pasted-link.ts` finds links in texts. */
import { decodeEscapes, endsInBareSecret, findSecret, holdsBareSecret } from './link-secret';
import { normaliseRoomName, type RefusedRoomName } from './room-name';

export type RoomLinkResult =
	/** `hash` includes the `#`, and is empty if the link has no secret. */
	| { ok: true; room: string; hash: string }
	/** `not-a-room-link`: an address, but not a room's. */
	| { ok: false; reason: 'empty' | 'not-a-room-link' }
	| { ok: false; reason: 'bad-room-name'; name: RefusedRoomName }
	/** It had a secret that can't be read any more. Without the secret, the link would lead to another room. */
	| { ok: false; reason: 'damaged-link'; room: string | null }
	/** A room on another server, which can't be joined from here. `url` opens it there. */
	| { ok: false; reason: 'other-server'; url: string };

/** The path of a room, relative to the origin. */
export function roomPath(room: string, hash = ''): string {
	return `/room/${room}${hash}`;
}

/** The link that people share. */
export function roomLink(origin: string, room: string, hash = ''): string {
	return new URL(roomPath(room, hash), origin).href;
}

/** Reads a complete address; `null` if it leads to no room. */
export function readRoomAddress(url: URL): RoomLinkResult | null {
	const part = roomPartOf(url);
	if (part === null) return null;
	// The `#` has become a `?`.
	const isTorn = url.hash === '' && holdsBareSecret(url.search);
	return readRoomParts(part, url.hash === '' && !isTorn ? undefined : url.hash.slice(1));
}

/** The part after `/room/` in an address, unchanged; `null` if the address leads to no room. */
export function roomPartOf({ protocol, pathname }: URL): string | null {
	return /^https?:$/.test(protocol) ? (/^\/room\/([^/]+)\/?$/i.exec(pathname)?.[1] ?? null) : null;
}

/**
 * Reads the two parts of a link: what comes after `/room/`, and after the `#` if there is one. If the `#` was escaped (`%23`), it is in the first
 * part: what follows it belongs to the secret, never to the name.
 */
export function readRoomParts(part: string, behindHash?: string): RoomLinkResult {
	const [typed = '', ...escaped] = decodeEscapes(part).normalize('NFKC').split('#');
	const name = normaliseRoomName(typed);
	const fragments = behindHash === undefined ? escaped : [...escaped, behindHash];
	if (fragments.length === 0 && endsInBareSecret(typed))
		return { ok: false, reason: 'damaged-link', room: null };
	if (fragments.length === 0)
		return name.ok ? { ok: true, room: name.room, hash: '' } : { ok: false, reason: 'bad-room-name', name };
	const secret = findSecret(fragments.join('#'));
	if (secret === null) return { ok: false, reason: 'damaged-link', room: name.ok ? name.room : null };
	return name.ok
		? { ok: true, room: name.room, hash: `#${secret}` }
		: { ok: false, reason: 'bad-room-name', name };
}
