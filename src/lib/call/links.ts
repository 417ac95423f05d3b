/**
 * Finds the links in a message. What comes out are pieces of text, some with an address: they are shown as text, so
 * whatever else a message holds is never markup.
 */
export type TextSegment =
	| { kind: 'text'; text: string }
	/** `href` is normalised: a host in another script shows there in its ASCII form, so show it as the link's title. */
	| { kind: 'link'; text: string; href: string };

// No quotes, brackets that enclose addresses, controls, or format characters that could hide or reverse a part of it.
const candidate = /(?:https?:\/\/|mailto:)[^\s<>"`\p{Cc}\p{Cf}]+/giu;
const endsInWord = /[\p{L}\p{N}_]$/u;
const openers: Partial<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The segments of `text`, which joined are `text` again. Only `http`, `https` and `mailto` become links. */
export function linkify(text: string): TextSegment[] {
	const segments: TextSegment[] = [];
	let textFrom = 0;
	for (const match of text.matchAll(candidate)) {
		const link = withoutTrailingPunctuation(match[0]);
		// Two code units hold any character that may stand before it.
		const inWord = endsInWord.test(text.slice(Math.max(0, match.index - 2), match.index));
		const href = inWord ? null : safeHref(link);
		if (href === null) continue;
		if (match.index > textFrom) segments.push({ kind: 'text', text: text.slice(textFrom, match.index) });
		segments.push({ kind: 'link', text: link, href });
		textFrom = match.index + link.length;
	}
	if (textFrom < text.length) segments.push({ kind: 'text', text: text.slice(textFrom) });
	return segments;
}

/** A sentence's own punctuation is not part of the link; a closing bracket is when it was opened inside it. */
function withoutTrailingPunctuation(link: string): string {
	const balance = new Map<string, number>();
	for (const character of link) balance.set(character, (balance.get(character) ?? 0) + 1);
	let end = link.length;
	for (; end > 0; end--) {
		const last = link.charAt(end - 1);
		const opener = openers[last];
		if (opener === undefined ? !/[.,;:!?'’“”»…]/u.test(last) : count(last) <= count(opener)) break;
		balance.set(last, count(last) - 1);
	}
	return link.slice(0, end);

	function count(character: string): number {
		return balance.get(character) ?? 0;
	}
}

/** `null` for what is no address, and for one that names somebody before its host (`https://bank.example@evil.example`). */
function safeHref(link: string): string | null {
	let url: URL;
	try {
		url = new URL(link);
	} catch {
		return null;
	}
	if (url.protocol === 'mailto:') return /^[^@]+@[^@]+$/.test(url.pathname) ? url.href : null;
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
	return url.username === '' && url.password === '' ? url.href : null;
}
