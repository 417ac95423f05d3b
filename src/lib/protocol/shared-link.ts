/**
 * What other apps share into this one: a link, or words with a link among them, in whichever field the other app thought
 * right.
 */
import { parseRoomLink, type RoomLinkResult } from './room-link';

/** Of one shared text, in characters. A link stands early in it, or is all of it. */
const textMax = 4_000;

/** Marks that stand behind a link in a sentence and are not part of it. */
const closing = /[)\]>.,;:!?'"”’»]+$/;

/**
 * The room that the shared texts lead to: the first link to one, else why there is none. A text without any link is read as
 * what a person would type: `team-sync`, or `/room/team-sync`.
 */
export function parseSharedLink(texts: readonly (string | null)[], origin: string): RoomLinkResult {
	const given = texts.flatMap((text) => text?.slice(0, textMax).trim() || []);
	let failure: RoomLinkResult = { ok: false, reason: 'empty' };
	for (const text of given) {
		const links = text.match(/https?:\/\/[^\s<>"]+/gi)?.map((link) => link.replace(closing, ''));
		// A sentence would make a room's name too, though nobody meant it as one.
		// Nor is another scheme (`javascript:`) the beginning of a name; a port is.
		const isName = !/\s|^[a-z][a-z\d+.-]*:(?!\d)/i.test(text);
		const candidates = links ?? (isName ? [text] : []);
		for (const candidate of candidates) {
			const result = parseRoomLink(candidate, origin);
			if (result.ok) return result;
			if (failure.reason === 'empty' || result.reason === 'other-server') failure = result;
		}
	}
	if (failure.reason === 'empty' && given.length > 0) return { ok: false, reason: 'not-a-room-link' };
	return failure;
}
