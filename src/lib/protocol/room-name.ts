/**
 * Room names: 3 to 64 letters and digits of any script, and `-`. What a person types is normalised to one and shown, or refused with a reason:
 * what somebody could tell apart never comes out as one name, since that would lead two groups into one room.
 */
import { joiningScripts, withoutUnseen } from './invisible';
import { limits } from './limits';

export type RoomNameResult =
	| { ok: true; room: string }
	/** `mixed`: letters that pass for those of another alphabet. */
	| { ok: false; problem: 'too-short' | 'too-long' | 'mixed' }
	/** Left out, it would make another name of this one. */
	| { ok: false; problem: 'character'; character: string };

export type RefusedRoomName = Exclude<RoomNameResult, { ok: true }>;

/** Of what is typed; what is unseen in it may be more than what is left. */
const typedMax = 1_000;

// NFKC would make letters and digits of these: ™ of "tm", ② of "2".
const meansMore = /[\p{So}\p{Sc}\p{No}]/u;
const quoteMark = /[`´]/g;
/** They make a word of Arabic or N'Ko wider, and no other. */
const stretches = /[\u0640\u07fa]/g;
/** Punctuation says how a name is read, and not what it is; apart from what is read aloud, and `\`, behind which there may be a `#`. */
const between = /(?:(?![#%&@*\\‰‱٪؉؊§¶])[\s\p{Cc}\p{P}|~\u02b9-\u02bf])+/gu;
/** Marks too where they stand on nothing, or are more than any script in use needs. */
const notOfNames = /[^\p{L}\p{Mn}\p{Mc}\p{Nd}\p{Nl}\u200c-\u200d-]|(?:^|-)\p{M}|\p{M}{5}/u;

/** Does nothing more when done again. */
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

/** True for a name in its final form: what the server accepts, and nothing else. */
export function isRoomName(value: string): boolean {
	if (value.length < limits.roomNameMin || value.length > limits.roomNameMax) return false;
	const result = normaliseRoomName(value);
	return result.ok && result.room === value;
}

/** In small letters, each written in one way. Letters that differ stay different, as ß and ss do. */
function fold(text: string): string {
	return withoutUnseen(text.normalize('NFKC').replace(stretches, ''))
		.toLowerCase()
		.replace(/i\u0307/g, 'i')
		.replace(/ς/g, 'σ')
		.normalize('NFKC');
}

/** Those which have something in common with another one. The rest counts as one more. */
const scripts = [
	...'Latn Cyrl Grek Armn Geor Hebr Ethi Thai Laoo Thaa Tfng Cher Cans Copt Goth Lisu'.split(' '),
	...joiningScripts,
];
/** Those that are written together. */
const alphabets = [...scripts, 'Latn Hani Hira Kana', 'Latn Hani Hang', 'Latn Hani Bopo'];

const ofScripts = (names: string) => names.replace(/\w+ ?/g, (name) => `\\p{scx=${name.trim()}}`);
/** Made when a name is not of ASCII alone, as few are. */
let written: { together: RegExp[]; known: RegExp } | undefined;

/** Letters of others that look as Latin ones do: Cyrillic, Greek, Armenian, phonetic, and strokes that pass for a hyphen, an l or an o. */
const likeLatin = 'асеорхуіјѕԁԛԝһӏѵοναιρυօɑɡ一丨ーᅳᅵ〇';
const passesForLatin = new RegExp(
	`(?:^|-)(?=[^-]*[${likeLatin}])[${likeLatin}\\p{sc=Latn}\\p{M}\\p{N}]+(?:-|$)`,
	'u',
);
const plainlyOther = new RegExp(`(?![${likeLatin}])[\\p{sc=Cyrl}\\p{sc=Grek}\\p{sc=Armn}]`, 'u');

/** Unicode's UTS 39, as far as one name goes: one script for a word, one kind of digits, and no words that pass for Latin beside Latin ones. */
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
