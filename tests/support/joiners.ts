/** Texts with joiners where scripts and emoji need them, and where they don't; and which is which, by the rules of Unicode's UAX #31, R1a. */
import type { Random } from './random';

const pieces = [
	...'می نم دار ܫܠ ߒߞ ᠮᠣ कख বর ਕਸ કષ କଷ கஷ కష ಕರ നല ශර ខម မင ཀཁ ꦏꦱ ᬓᬲ'
		.split(' ')
		.flatMap((letters) => [...letters]),
	...[
		'\u0915\u094d',
		'\u09b0\u09cd',
		'\u0d28\u0d4d',
		'\u0dc1\u0dca',
		'\u0915\u093c\u094d',
		'\u0915\u093f',
		'\u0301',
	],
	...['a', 'b', ' ', '-', '1', '\u{1f469}', '\u{1f44d}\u{1f3fd}', '\u2764\ufe0f', '\u845b'],
];

/** Up to ten letters and joiners. */
export function joinedText(random: Random): string {
	let text = '';
	for (let count = 1 + random.below(10); count > 0; count--)
		text += random.chance(0.35) ? random.pick(['\u200c', '\u200d']) : random.pick(pieces);
	return text;
}

/** The same text for whoever reads it. */
export function withUnseen(text: string, random: Random): string {
	const unseen = ['\u200b', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u3164', '\ufff9', '\u{1d173}'];
	return [...text].map((character) => (random.chance(0.3) ? random.pick(unseen) : '') + character).join('');
}

/** By how Unicode sorts marks: behind U+3099, of class 8, and before U+05B0, of class 10. */
export function isVirama(mark: string): boolean {
	return (
		`\u05b0${mark}`.normalize('NFD') === `${mark}\u05b0` &&
		`${mark}\u3099`.normalize('NFD') === `\u3099${mark}`
	);
}

/** Where joiners stand that change nothing. */
export function joinersInVain(text: string): number[] {
	const all = [...text];
	return all.flatMap((character, index) => {
		if (!/[\u200c\u200d]/.test(character)) return [];
		const before = all.slice(0, index).join('');
		const [last, next] = [all[index - 1] ?? '', all[index + 1] ?? ''];
		const needed =
			character === '\u200c'
				? (isVirama(last) && /\p{L}/u.test(next)) ||
					(/\p{L}\p{M}*$/u.test(before) &&
						[
							/[\p{Script=Arab}\p{Script=Syrc}\p{Script=Nkoo}\p{Script=Mong}]\p{M}*$/u.test(before),
							/[\p{Script=Arab}\p{Script=Syrc}\p{Script=Nkoo}\p{Script=Mong}]/u.test(next),
						].every(Boolean))
				: (isVirama(last) && !/\p{M}/u.test(next)) ||
					(/\p{L}/u.test(last) && isVirama(next)) ||
					(/\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?$/u.test(before) &&
						/\p{Extended_Pictographic}/u.test(next));
		return needed ? [] : [index];
	});
}
