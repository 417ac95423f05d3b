/**
 * Links to rooms: `<origin>/room/<room>#<secret>`. Reads their two parts, also where one is damaged; `pasted-link.ts` finds links in texts.
 */
import { decodeEscapes, endsInBareSecret, findSecret, holdsBareSecret } from './link-secret';
import { normaliseRoomName, type RefusedRoomName } from './room-name';

export type RoomLinkResult =
	/** `hash` with its `#`, or empty where the link has no secret. */
	| { ok: true; room: string; hash: string }
	/** `not-a-room-link`: an address, but of something else. */
	| { ok: false; reason: 'empty' | 'not-a-room-link' }
	| { ok: false; reason: 'bad-room-name'; name: RefusedRoomName }
	/** It had a secret, and that can't be read any more. Without it the link would lead to another room. */
	| { ok: false; reason: 'damaged-link'; room: string | null }
	/** A room on another server. It can't be joined from here; `url` opens it there. */
	| { ok: false; reason: 'other-server'; url: string };

/** Where a room is, below the origin. */
export function roomPath(room: string, hash = ''): string {
	return `/room/${room}${hash}`;
}

/** The link that people share. */
export function roomLink(origin: string, room: string, hash = ''): string {
	return new URL(roomPath(room, hash), origin).href;
}

/** The same for an address that is whole; `null` when it leads to no room. */
export function readRoomAddress(url: URL): RoomLinkResult | null {
	const part = roomPartOf(url);
	if (part === null) return null;
	// Its `#` has become a `?`.
	const isTorn = url.hash === '' && holdsBareSecret(url.search);
	return readRoomParts(part, url.hash === '' && !isTorn ? undefined : url.hash.slice(1));
}

/** What stands behind `/room/` in an address, as it is there, or `null` when it leads to no room. */
export function roomPartOf({ protocol, pathname }: URL): string | null {
	return /^https?:$/.test(protocol) ? (/^\/room\/([^/]+)\/?$/i.exec(pathname)?.[1] ?? null) : null;
}

/**
 * Reads the two parts of a link: what stands behind `/room/`, and behind the `#` if there is one. A `#` that was escaped (`%23`) is in the first: what
 * follows it is the secret's, and never the name's.
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
