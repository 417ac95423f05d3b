/** What represents a person without a picture: one or two letters, and a hue that is always the same for a name. */

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letters of the first and the last word. Whole graphemes, so that an emoji or an accented letter stays in one piece. */
export function initials(name: string): string {
	const all = name.trim().split(/\s+/);
	// Leaves out words in brackets, such as the number of a second Ada.
	const named = all.filter((word) => !/^\p{P}/u.test(word));
	const words = named.length > 0 ? named : all;
	const first = firstGrapheme(words[0] ?? '');
	const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
	return (first + last).toLocaleUpperCase() || '?';
}

function firstGrapheme(word: string): string {
	for (const { segment } of segments.segment(word)) return segment;
	return '';
}

/** Degrees, one of twelve steps, so that two hues are either the same or visibly apart. */
export function hueOf(name: string): number {
	let hash = 0;
	for (let index = 0; index < name.length; index++) hash = (hash * 31 + name.charCodeAt(index)) >>> 0;
	return (hash % 12) * 30;
}
