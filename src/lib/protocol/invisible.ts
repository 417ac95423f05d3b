/**
 * What can't be seen in a text, by Unicode's properties, so that no list has to be kept: joiners, selectors, tags, fillers, direction marks,
 * everything else that Unicode says to ignore, and what is no character at all. Also where scripts need one of these.
 */

/** One invisible character. The last few are blank, and no property says so. */
export const unseen =
	'[\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\p{Cs}\\ufff9-\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]';

/** Scripts in which a joiner changes the letters beside it (RFC 5892, appendices A.1 and A.2). */
export const joiningScripts =
	'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Java Bali'.split(' ');

/** The joining scripts whose letters join each other as long as nothing is between them. */
const cursive = '(?=\\p{L})[\\p{Script=Arab}\\p{Script=Syrc}\\p{Script=Nkoo}\\p{Script=Mong}]';
/** The signs of all these scripts that remove the vowel of the letter before (canonical combining class 9). */
const virama =
	'[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u17d2\u1b44\ua9c0]';

/**
 * A joiner that changes what is seen, with the letter before it (Unicode's UAX #31, R1a; and before a virama, as Bengali has it in its র‍্য). It
 * does not check whether two cursive letters would be joined without it, because regular expressions have no property for that.
 */
export const neededJoiner = [
	`${cursive}\\p{M}{0,4}\\u200c(?=${cursive})`,
	`\\p{L}\\p{M}{0,3}${virama}(?:\\u200c(?=\\p{L})|\\u200d(?![\\u200c\\u200d]*\\p{M}))`,
	`\\p{L}\\u200d(?=${virama}\\p{L})`,
].join('|');

// eslint-disable-next-line no-misleading-character-class -- ranges of fillers, none of which stands on another
const seenNever = new RegExp(`(?!\\u200c|\\u200d)${unseen}`, 'gu');
const joiners = new RegExp(`(${neededJoiner})|\\u200c|\\u200d`, 'gu');

/**
 * Removes all invisible characters from a text without emoji, except joiners that are needed. The joiners are checked last, when nothing is
 * between letters any more.
 */
export function withoutUnseen(text: string): string {
	return text.replace(seenNever, '').replace(joiners, '$1');
}
