/**
 * Finds the link to a room in what a person typed, pasted or shared: alone or within a text, quoted, in brackets, in Markdown or HTML, escaped,
 * or without its beginning. What looks like a link but is none is refused, and never taken for a name.
 */
import { withoutUnseen } from './invisible';
import { decodeEscapes, endsInBareSecret, findSecret, holdsBareSecret } from './link-secret';
import { readRoomParts, roomPartOf, type RoomLinkResult } from './room-link';
import { normaliseRoomName } from './room-name';

/** The longest text that is looked at, in characters. A link comes early in a text, or is all of it. */
const textMax = 4_000;

/**
 * Reads what a person entered in "Room name or link": a name as it is spoken ("Team Sync!"), a link, or a text with a link in it. `origin` is
 * this site's.
 */
export function parseRoomLink(typed: string, origin: string): RoomLinkResult {
	const text = readable(typed);
	if (text === '') return { ok: false, reason: 'empty' };
	return bestLink(text, origin) ?? readName(typed.slice(0, textMax), text, origin);
}

/**
 * Reads what other apps share: a link, or a text with a link in it, in whichever field that app has chosen. If there is no link, a text is read
 * like something typed, unless it has spaces: then it is a sentence, which nobody meant as a name.
 */
export function parseSharedLink(texts: readonly (string | null)[], origin: string): RoomLinkResult {
	const given = texts.flatMap((text) => (text && readable(text)) || []);
	if (given.length === 0) return { ok: false, reason: 'empty' };
	const link = best(given.flatMap((text) => bestLink(text, origin) ?? []));
	const names = given.filter((text) => !/\s/.test(text)).map((text) => readName(text, text, origin));
	return link ?? best(names) ?? { ok: false, reason: 'not-a-room-link' };
}

/** The text as it would be read aloud: without what HTML, JSON, Markdown and mail have added, and without invisible characters. */
function readable(typed: string): string {
	const text = withoutUnseen(beginningOf(typed))
		.replace(/&(?:amp;)+/gi, '&')
		.replace(/&#(x?)([\da-f]{1,4});/gi, (_, hex: string, code: string) =>
			String.fromCharCode(parseInt(code, hex ? 16 : 10)),
		)
		.replace(/&(num|sol|colon|lt|gt|quot|nbsp);/gi, (_, name: string) => named[name.toLowerCase()] ?? ' ')
		.replace(/\\u00([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/\\([!-/:-@[-`{-~])/g, '$1');
	return (
		withoutUnseen(text)
			.normalize('NFKC')
			.replace(/(?!\s)\p{Cc}/gu, '')
			// A line that was broken before the `#`.
			.replace(/(\/room\/[^\s#]+)\s+(?=#[\w-]{12})/gi, '$1')
			.trim()
	);
}

/** Drops the end of a text that is too long: a link that is cut off there would lead to another room. Its `#` may be on the next line. */
function beginningOf(typed: string): string {
	if (typed.length <= textMax) return typed;
	const words = typed.slice(0, textMax).split(/(\s+)/);
	return words.length < 5 ? '://' : words.slice(0, -4).join('');
}

const named: Record<string, string> = { num: '#', sol: '/', colon: ':', lt: '<', gt: '>' };

/** The most telling of these results. A link that lost its secret comes before one that had none, because it may be the same link. */
function best(results: readonly RoomLinkResult[]): RoomLinkResult | undefined {
	const rank = (result: RoomLinkResult) => {
		if (result.ok) return result.hash === '' ? 2 : 0;
		return (
			['damaged-link', '', 'other-server', 'bad-room-name', 'not-a-room-link', 'empty'].indexOf(
				result.reason,
			) + 1
		);
	};
	return [...results].sort((one, other) => rank(one) - rank(other))[0];
}

function bestLink(text: string, origin: string): RoomLinkResult | undefined {
	const found = best(linksIn(text, origin).map((link) => readLink(link, origin)));
	if (found?.ok && found.hash !== '') return found;
	// In lines that mail has broken, or inside another link, such as one that leads through a filter.
	const unbroken = text.replace(/=\r?\n/g, '');
	const deeper = /%2f/i.test(unbroken) ? decodeEscapes(unbroken) : unbroken;
	const link = best([found ?? [], deeper === text ? [] : (bestLink(deeper, origin) ?? [])].flat());
	// A secret elsewhere in the text belongs to the link all the same.
	const isTorn =
		link?.ok && link.hash === '' && (holdsBareSecret(text) || text.split(hashMark).slice(1).some(findSecret));
	return isTorn ? { ok: false, reason: 'damaged-link', room: link.room } : link;
}

/** Characters that are found around a link but never in it, because inside it they are escaped. */
const around = '\\s<>"\'`|\\\\^,;、。\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}';
const head = new RegExp(`^(?:https?://\\[[\\d:a-f.]+\\])?[^#${around}]*`, 'iu');
const fragment = new RegExp(`^[^${around}]*`, 'u');
const hashMark = /#|%(?:25)*23/i;

const withScheme = /(?=https?:\/\/)/i;
/** A host or nothing, followed by a room's path. */
const withoutScheme = /(?:^|[^\p{L}\p{N}.:@/[\]-])([\p{L}\p{N}.:[\]-]*)\/room\//giu;

/** Everything that begins like a link, made absolute, up to the next white space. */
function linksIn(text: string, origin: string): string[] {
	if (/^(?:javascript|vbscript|data|blob|file):/i.test(text)) return [];
	const { protocol, host } = new URL(origin);
	const links = text.split(withScheme).filter((part) => /^https?:\/\//i.test(part));
	for (const { 0: found, 1: named = '', index } of text.matchAll(withoutScheme)) {
		const below = text.slice(index + found.length - '/room/'.length);
		// In some scripts, words may come right before a host, without a space.
		const own = named.length - host.length;
		const isOwn = named.toLowerCase().endsWith(host) && !/[\w.@-]/.test(named[own - 1] ?? ' ');
		if (named === '' || isOwn) links.push(`${protocol}//${host}${below}`);
		else if (/[.:]/.test(named)) links.push(`${protocol}//${named}${below}`);
	}
	if (/^room\/\S+$/i.test(text)) links.push(`${protocol}//${host}/${text}`);
	return links.map((link) => link.replace(/\s.*/su, ''));
}

function readLink(link: string, origin: string): RoomLinkResult {
	const mark = hashMark.exec(link);
	const before = mark ? link.slice(0, mark.index) : link;
	const begin = head.exec(before)?.[0] ?? '';
	let behind = mark ? fragment.exec(link.slice(mark.index + mark[0].length))?.[0] : undefined;
	// Something has come between the link and its `#`. The secret can't be trusted, but must not be dropped silently.
	if (behind !== undefined && begin !== before) behind = behind.length < 12 ? undefined : '';
	const url = asUrl(behind === undefined ? begin.replace(/[^\p{L}\p{M}\p{N}\u200d%/-]+$/u, '') : begin);
	const part = url && roomPartOf(url);
	if (!part) return { ok: false, reason: 'not-a-room-link' };
	if (url.host !== new URL(origin).host) {
		// The part before an `@` is only there to be mistaken for the host.
		url.username = url.password = '';
		if (behind) url.hash = findSecret(behind) ?? behind;
		return { ok: false, reason: 'other-server', url: url.href };
	}
	// Some apps shorten long links like this.
	return begin.endsWith('...')
		? { ok: false, reason: 'damaged-link', room: null }
		: readRoomParts(part, behind);
}

function asUrl(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

/** A scheme, a host with a path, or the beginning of a path on this site. */
const likeLink =
	/:\/\/|(?:^|[^\p{L}\p{N}])(?:room\/|www\.)|^\/|^[a-z][a-z\d+.-]*:(?![\s\d])|[\p{L}\p{N}]\.\p{L}{2,}(?::\d+)?\/|:\d+\/|localhost[:/]/iu;

function readName(typed: string, text: string, origin: string): RoomLinkResult {
	const { host } = new URL(origin);
	const isAddress = /[.:]/.test(host) && text.toLowerCase().includes(host);
	if (isAddress || likeLink.test(text)) return { ok: false, reason: 'not-a-room-link' };
	// A name followed by a secret, copied without the rest. What comes after the `#` is never part of the name.
	const [before = '', ...behind] = text.split(hashMark);
	if (behind.length > 0) {
		const fragment = behind.join('#');
		if (findSecret(fragment) !== null || /^[\w-]{12,}/.test(fragment)) {
			const result = readRoomParts(before, fragment);
			return before === '' ? { ok: false, reason: 'damaged-link', room: null } : result;
		}
		return { ok: false, reason: 'bad-room-name', name: { ok: false, problem: 'character', character: '#' } };
	}
	// Only the last part of a link, as a double click selects it.
	if (endsInBareSecret(text)) return { ok: false, reason: 'damaged-link', room: null };
	const name = normaliseRoomName(typed);
	return name.ok ? { ok: true, room: name.room, hash: '' } : { ok: false, reason: 'bad-room-name', name };
}
