/**
 * Links to rooms: `<origin>/room/<room>#<secret>`. What stands after the `#` is carried along and not looked at.
 */
import { normaliseRoomName } from './room-name';

export type RoomLinkResult =
	/** `hash` with its `#`, or empty. */
	| { ok: true; room: string; hash: string }
	/** `bad-room-name`: too little of it is left. `not-a-room-link`: an address, but of something else. */
	| { ok: false; reason: 'empty' | 'bad-room-name' | 'not-a-room-link' }
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

/**
 * Reads what a person put into "Room name or link": a name as it is spoken ("Team Sync!"), a link, or a link that lost
 * its beginning (`example.org/room/team-sync`, `/room/team-sync#…`). `origin` is this site's.
 */
export function parseRoomLink(typed: string, origin: string): RoomLinkResult {
	const text = typed.trim().replace(/^<(.*)>$/s, '$1');
	if (text === '') return { ok: false, reason: 'empty' };

	const address = asAddress(text, origin);
	if (address !== null) return parseAddress(address, origin);

	// A name with a secret behind it, copied without the rest: the secret must not become part of the name.
	const [, name = text, hash = ''] = /^([^#]*)(#[\w-]{22}(?:[&?].*)?)$/.exec(text) ?? [];
	return named(name, hash);
}

/** The absolute address a text stands for, or `null` when it is a name. */
function asAddress(text: string, origin: string): string | null {
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text;
	if (/^\/?room\/\S+$/i.test(text)) return new URL(text.replace(/^\/?/, '/'), origin).href;
	if (/^[\p{L}\p{N}.-]+(?::\d+)?\/room\/\S+$/iu.test(text)) return `${new URL(origin).protocol}//${text}`;
	return null;
}

function parseAddress(address: string, origin: string): RoomLinkResult {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return { ok: false, reason: 'not-a-room-link' };
	}
	const [, encoded] = /^\/room\/([^/]+)\/?$/i.exec(url.pathname) ?? [];
	if (encoded === undefined || !/^https?:$/.test(url.protocol))
		return { ok: false, reason: 'not-a-room-link' };
	if (url.host !== new URL(origin).host) {
		// What stands before an `@` is there to be taken for the host.
		url.username = url.password = '';
		return { ok: false, reason: 'other-server', url: url.href };
	}
	try {
		return named(decodeURIComponent(encoded), url.hash);
	} catch {
		return { ok: false, reason: 'bad-room-name' };
	}
}

function named(typed: string, hash: string): RoomLinkResult {
	const room = normaliseRoomName(typed);
	return room === null ? { ok: false, reason: 'bad-room-name' } : { ok: true, room, hash };
}
