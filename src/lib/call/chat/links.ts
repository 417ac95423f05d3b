/**
 * Finds the links in a message. The result is pieces of text, some with an address. They are shown as text, so nothing in a message is ever
 * markup. A link begins and ends where a reader of its script would say so: in scripts without spaces, or with endings attached to words,
 * text goes on directly after a link.
 */
export type TextSegment =
	| { kind: 'text'; text: string }
	/** `href` is normalised: a host in another script appears in its ASCII form, so show it as the link's title. */
	| { kind: 'link'; text: string; href: string };

const scheme = /https?:\/\/|mailto:/gi;
/** Tells whether a link begins in the middle of a word, or inside another scheme. Letters of other scripts are not part of either. */
const endsInWord = /[\p{L}\p{N}\p{M}]$/u;
const endsInOtherScript = /[^\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]$/u;

/** Never in a link: spaces, quotes and brackets that enclose addresses, and control characters. */
const never = /[\s<>"`\p{Cc}]/u;
/**
 * Never in a link either: format characters, which could hide or reverse a part of it, and punctuation of other scripts, which ends or
 * encloses sentences. A single quote may be an apostrophe.
 */
const neverForeign = /[\s\p{Cc}\p{Cf}\p{Terminal_Punctuation}\p{Quotation_Mark}\p{Ps}\p{Pe}…]/u;
const singleQuote = /[‘’‚‛]/;
/**
 * Scripts that are written without spaces, or with endings attached to the word before; also pictographs, which follow without a space as
 * well.
 */
const writesOn =
	/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}～]/u;
/** After these, such a letter begins a part of the address. After a letter or a sentence's punctuation, the text goes on instead. */
const beginsPart = /[/=#&_+~@:-]/;
const beginsLabel = /[/.-]/;
const separators = '/?#&=';
const brackets = '()[]{}';

const openers: Partial<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** A mark that opens directly before a link ends the link where it closes. */
const closers: [opened: string, closed: string[]][] = [
	['**', ['**']],
	['~~', ['~~']],
	["'", ["'"]],
	['‘', ['’']],
	['’', ['’']],
	['‚', ['‘', '’']],
	['|', ['|']],
];
/** A sentence's own punctuation, and Markdown's marks. */
const trailing = /[.,;:!?'*_~|([{]|(?![!-~])\p{P}/u;

/** The segments of `text`; joined, they are `text` again. Only `http`, `https` and `mailto` become links. */
export function linkify(text: string): TextSegment[] {
	const segments: TextSegment[] = [];
	let textFrom = 0;
	let from = 0;
	for (const match of text.matchAll(scheme)) {
		if (match.index < from) continue;
		const link = withoutTrailingPunctuation(text.slice(match.index, endOfRun(text, match.index, match[0])));
		// We don't look again at what is not a link, so that many of them cost no more than one.
		from = match.index + Math.max(link.length, match[0].length);
		const href = beginsInWord(text, match.index) ? null : safeHref(link);
		if (href === null) continue;
		if (match.index > textFrom) segments.push({ kind: 'text', text: text.slice(textFrom, match.index) });
		segments.push({ kind: 'link', text: link, href });
		textFrom = match.index + link.length;
	}
	if (textFrom < text.length) segments.push({ kind: 'text', text: text.slice(textFrom) });
	return segments;
}

function beginsInWord(text: string, index: number): boolean {
	let end = index;
	// Underscores are emphasis in Markdown; within a word they are not.
	while (text[end - 1] === '_') end--;
	// Two code units are enough for any character before it.
	const before = text.slice(Math.max(0, end - 2), end);
	return endsInWord.test(before) && !endsInOtherScript.test(before);
}

/** Finds where the link may end at the latest, including punctuation at the end. */
function endOfRun(text: string, start: number, schemeText: string): number {
	const closed = closers.find(([opened]) => text.startsWith(opened, start - opened.length))?.[1] ?? [];
	const open = new Map<string, number>();
	let end = start + schemeText.length;
	let inHost = schemeText.endsWith('//');
	/** Whether this part of the address has such letters already: then more of them belong to it. */
	let partWritesOn = false;
	while (end < text.length) {
		if (closed.some((mark) => text.startsWith(mark, end))) break;
		let letter = text.charAt(end);
		if (letter > '\u007f') {
			letter = String.fromCodePoint(text.codePointAt(end) ?? 0);
			if (neverForeign.test(letter) && !singleQuote.test(letter)) break;
			const before = text.charAt(end - 1);
			// A title may contain a dash between spaces, which a link writes as underscores; without spaces, the sentence goes on after the
			// dash.
			if (letter === '—' && before !== '_') break;
			if (writesOn.test(letter)) {
				const opens = before === '(' && /[/=_-]/.test(text.charAt(end - 2));
				if (!partWritesOn && !opens && !(inHost ? beginsLabel : beginsPart).test(before)) break;
				partWritesOn = true;
			}
		} else if (never.test(letter)) {
			break;
		} else if (brackets.includes(letter)) {
			const opener = openers[letter] ?? letter;
			const count = open.get(opener) ?? 0;
			if (opener !== letter && count === 0) break;
			open.set(opener, count + (opener === letter ? 1 : -1));
		} else if (separators.includes(letter)) {
			inHost = false;
			partWritesOn = false;
		} else if (inHost && letter === '.') {
			partWritesOn = false;
		}
		end += letter.length;
	}
	return end;
}

function withoutTrailingPunctuation(run: string): string {
	let end = run.length;
	while (end > 0 && trailing.test(run.charAt(end - 1))) end--;
	return run.slice(0, end);
}

/** `null` for what is not an address, and for one that names a user before its host (`https://bank.example@evil.example`). */
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
