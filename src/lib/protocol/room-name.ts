/**
 * Room names: 3 to 64 letters and digits of any script, and `-`. What a person types is normalised to such a name and shown, or refused with a
 * reason. Apart from case and punctuation, texts that a person can tell apart never become the same name, since that would lead two groups into
 * one room.
 */
import { joiningScripts, withoutUnseen } from './invisible';
import { limits } from './limits';

export type RoomNameResult =
	| { ok: true; room: string }
	/** `mixed`: it has letters that could be mistaken for those of another alphabet. */
	| { ok: false; problem: 'too-short' | 'too-long' | 'mixed' }
	/** Without this character, it would be a different name. */
	| { ok: false; problem: 'character'; character: string };

export type RefusedRoomName = Exclude<RoomNameResult, { ok: true }>;

/** The longest text that is accepted. It may be longer than a name, because many of its characters may be invisible. */
const typedMax = 1_000;

// NFKC would turn these into letters and digits: ™ into "tm", ② into 2.
const meansMore = /[\p{So}\p{Sc}\p{No}]/u;
const quoteMark = /[`´]/g;
/** They only make a word of Arabic or N'Ko wider, and don't change it. */
const stretches = /[\u0640\u07fa]/g;
/** Punctuation tells how a name is read, but does not change it. Exceptions are signs that are read aloud, and `\`, which may come before a `#`. */
const between = /(?:(?![#%&@*\\‰‱٪؉؊§¶])[\s\p{Cc}\p{P}|~\u02b9-\u02bf])+/gu;
/** Also marks that have nothing to stand on, or are more than any script in use needs. */
const notOfNames = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}\p{Nl}\u200c-\u200d-]|(?:^|-)\p{M}|\p{M}{5}/u;

/** Doing it again changes nothing more. */
export function normaliseRoomName(typed: string): RoomNameResult {
	if (typed.length > typedMax) return { ok: false, problem: 'too-long' };
	const room = fold(typed.replace(quoteMark, ' ')).replace(between, '-').replace(/^-|-$/g, '');
	const [character] = meansMore.exec(typed) ?? notOfNames.exec(room) ?? [];
	if (character !== undefined)
		return { ok: false, problem: 'character', character: character.replace('-', '') };
	if (room.length < limits.roomNameMin) return { ok: false, problem: 'too-short' };
	if (room.length > limits.roomNameMax) return { ok: false, problem: 'too-long' };
	return isMixed(room) ? { ok: false, problem: 'mixed' } : { ok: true, room };
}

/** True for a name in its final form. The server accepts no other. */
export function isRoomName(value: string): boolean {
	if (value.length < limits.roomNameMin || value.length > limits.roomNameMax) return false;
	const result = normaliseRoomName(value);
	return result.ok && result.room === value;
}

/** In lower case, with each letter written in one way. Letters that differ stay different, as ß and ss do. */
function fold(text: string): string {
	return withoutUnseen(text.normalize('NFKC').replace(stretches, ''))
		.toLowerCase()
		.replace(/i\u0307/g, 'i')
		.replace(/ς/g, 'σ')
		.normalize('NFKC');
}

/** Scripts that have lookalikes in others. All the remaining ones count as one more script. */
const scripts = [
	...'Latn Cyrl Grek Armn Geor Hebr Ethi Thai Laoo Thaa Tfng Cher Cans Copt Goth Lisu'.split(' '),
	...joiningScripts,
];
/** The scripts that one word may have, alone or together. */
const alphabets = [...scripts, 'Latn Hani Hira Kana', 'Latn Hani Hang', 'Latn Hani Bopo'];

const ofScripts = (names: string) => names.replace(/\w+ ?/g, (name) => `\\p{scx=${name.trim()}}`);
/** Built when the first name with more than ASCII comes, since few have that. */
let written: { together: RegExp[]; known: RegExp } | undefined;

/** Letters of other scripts that look like Latin ones: Cyrillic, Greek, Armenian, phonetic, and strokes that pass for a hyphen, an l or an o. */
const likeLatin = 'асеорхуіјѕԁԛԝһӏѵοναιρυօɑɡ一丨ーᅳᅵ〇';
const passesForLatin = new RegExp(
	`(?:^|-)(?=[^-]*[${likeLatin}])[${likeLatin}\\p{sc=Latn}\\p{M}\\p{N}]+(?:-|$)`,
	'u',
);
const plainlyOther = new RegExp(`(?![${likeLatin}])[\\p{sc=Cyrl}\\p{sc=Grek}\\p{sc=Armn}]`, 'u');

/**
 * Unicode's UTS 39, as far as it applies to a single name: one script for each word, one kind of digits, and no words that pass for Latin beside
 * Latin ones.
 */
function isMixed(room: string): boolean {
	if (/^[\w-]+$/.test(room)) return false;
	written ??= {
		together: alphabets.map((names) => new RegExp(`^[${ofScripts(names)}\\p{scx=Zyyy}\\p{sc=Zinh}]+$`, 'u')),
		known: new RegExp(`[${ofScripts(alphabets.join(' '))}]`, 'u'),
	};
	const { together, known } = written;
	const kinds = new Set(room.match(/\p{Nd}/gu)?.map((digit) => (digit.codePointAt(0) ?? 0) >> 4));
	return (
		kinds.size > 1 ||
		!room.split('-').every((word) => together.some((all) => all.test(word)) || !known.test(word)) ||
		(/\p{sc=Latn}/u.test(room) && passesForLatin.test(room) && !plainlyOther.test(room))
	);
}
