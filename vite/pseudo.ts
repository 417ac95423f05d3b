/** English that nobody speaks: accented, 40 % longer, in brackets. What braces contain for a program to read stays as it is. */

const accents: Record<string, string> = {
	...{ a: 'á', c: 'ç', e: 'é', g: 'ğ', i: 'í', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý', z: 'ž' },
	...{ A: 'Á', C: 'Ç', E: 'É', G: 'Ğ', I: 'Í', N: 'Ñ', O: 'Ö', S: 'Š', U: 'Ü', Y: 'Ý', Z: 'Ž' },
};
const doubled = /[aeiouyl]/i;

export function pseudo(message: string): string {
	let depth = 0;
	let isTag = false;
	let changed = '';
	for (const letter of message) {
		if (letter === '<') isTag = true;
		// Text is outside all braces, and inside the braces of a choice: at each even depth.
		const isText = depth % 2 === 0 && !isTag && !'{}'.includes(letter);
		if (letter === '{') depth++;
		if (letter === '}') depth--;
		if (letter === '>') isTag = false;
		const accented = accents[letter] ?? letter;
		changed += isText ? (doubled.test(letter) ? accented + accented : accented) : letter;
	}
	return `[${changed}]`;
}
