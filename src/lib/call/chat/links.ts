/**
 * Finds the links in a message. What comes out are pieces of text, some with an address: they are shown as text, so
 * whatever else a message holds is never markup. A link begins and ends where a reader of its script sees it do so: people who
 * write without spaces, or hang endings on their words, write on directly after a link.
 */
export type TextSegment =
	| { kind: 'text'; text: string }
	/** `href` is normalised: a host in another script shows there in its ASCII form, so show it as the link's title. */
	| { kind: 'link'; text: string; href: string };

const scheme = /https?:\/\/|mailto:/gi;
/** Where a link is in the middle of a word, or of another scheme. Letters of other scripts are no part of one. */
const endsInWord = /[\p{L}\p{N}\p{M}]$/u;
const endsInOtherScript = /[^\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]$/u;

/** Never in a link: spaces, quotes and brackets that enclose addresses, controls, and format characters that could hide or reverse a part of it. */
const never = /[\s<>"`\p{Cc}]/u;
/** Nor punctuation of other scripts, which ends sentences and encloses. A single quote may be an apostrophe. */
const neverForeign = /[\s\p{Cc}\p{Cf}\p{Terminal_Punctuation}\p{Quotation_Mark}\p{Ps}\p{Pe}…]/u;
const singleQuote = /[‘’‚‛]/;
/** Written without spaces, or with endings that stick to what is before them; and pictures, which follow without a space as well. */
const writesOn =
	/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}～]/u;
/** Behind these such a letter begins a part of the address. Behind a letter or a sentence's punctuation it is the text that goes on. */
const beginsPart = /[/=#&_+~@:-]/;
const beginsLabel = /[/.-]/;
const separators = '/?#&=';
const brackets = '()[]{}';

const openers: Partial<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** What is opened directly before a link ends it. */
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

/** The segments of `text`, which joined are `text` again. Only `http`, `https` and `mailto` become links. */
export function linkify(text: string): TextSegment[] {
	const segments: TextSegment[] = [];
	let textFrom = 0;
	let from = 0;
	for (const match of text.matchAll(scheme)) {
		if (match.index < from) continue;
		const link = withoutTrailingPunctuation(text.slice(match.index, endOfRun(text, match.index, match[0])));
		// What is no link is not looked at again, so that many of them cost no more than one.
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
	// Emphasis in Markdown; within a word an underscore is none.
	while (text[end - 1] === '_') end--;
	// Two code units hold any character that may stand before it.
	const before = text.slice(Math.max(0, end - 2), end);
	return endsInWord.test(before) && !endsInOtherScript.test(before);
}

/** Up to where it may be a link, punctuation at the end included. */
function endOfRun(text: string, start: number, schemeText: string): number {
	const closed = closers.find(([opened]) => text.startsWith(opened, start - opened.length))?.[1] ?? [];
	const open = new Map<string, number>();
	let end = start + schemeText.length;
	let inHost = schemeText.endsWith('//');
	/** Whether this part of the address is one of letters that write on: then they belong to it. */
	let partWritesOn = false;
	while (end < text.length) {
		if (closed.some((mark) => text.startsWith(mark, end))) break;
		let letter = text.charAt(end);
		if (letter > '\u007f') {
			letter = String.fromCodePoint(text.codePointAt(end) ?? 0);
			if (neverForeign.test(letter) && !singleQuote.test(letter)) break;
			const before = text.charAt(end - 1);
			// A title may hold a dash between spaces; a sentence goes on behind one without.
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
