/**
 * What nobody sees of a text, by Unicode's properties, so that no list has to be kept: joiners, selectors, tags, fillers, marks of direction and
 * whatever else it says to ignore, and what is no character at all. And where scripts need one of them.
 */

/** One character of them. The last few are blank, and no property says so. */
export const unseen =
	'[\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\p{Cs}\\ufff9-\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]';

/** Scripts in which a joiner changes the letters beside it (RFC 5892, appendices A.1 and A.2). */
export const joiningScripts =
	'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Java Bali'.split(' ');

const joined = `(?=\\p{L})[${joiningScripts.map((script) => `\\p{Script=${script}}`).join('')}]`;

/** A joiner with the letter before it, between two letters that it changes. */
export const neededJoiner = `${joined}\\p{M}{0,4}[\\u200c\\u200d](?=${joined})`;

// eslint-disable-next-line no-misleading-character-class -- ranges of fillers, none of which stands on another
const seenNever = new RegExp(`(?!\\u200c|\\u200d)${unseen}`, 'gu');
const joiners = new RegExp(`(${neededJoiner})|\\u200c|\\u200d`, 'gu');

/** Clears all of it from a text without emoji, but for the joiners that are needed: they are looked at when nothing is in between any more. */
export function withoutUnseen(text: string): string {
	return text.replace(seenNever, '').replace(joiners, '$1');
}
