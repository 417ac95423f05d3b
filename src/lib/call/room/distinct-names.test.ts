import { describe, expect, it } from 'vitest';
import { mixedText } from '../../../../tests/support/mixed-scripts';
import { seededRandom, seedFromEnvironment } from '../../../../tests/support/random';
import { readParticipantName } from '../../protocol/participant-name';
import { distinctNames, namesLookAlike } from './distinct-names';

const seed = seedFromEnvironment();
const generated = 10_000;

/** What each is called on the tiles, in the order in which they joined. */
function shown(...names: string[]): (string | undefined)[] {
	const labels = distinctNames(names.map((name, index) => ({ id: `participant-${index}`, name })));
	return names.map((_, index) => labels.get(`participant-${index}`));
}

describe('names of one room', () => {
	it('are what they are while no two look the same', () => {
		expect(shown('Ada', 'Bob', 'Al', 'Ai', 'José', 'Jose', 'ﺍﺑﻦ')).toEqual([
			...['Ada', 'Bob', 'Al', 'Ai', 'José', 'Jose', 'ﺍﺑﻦ'],
		]);
	});

	it('are numbered in the order of joining where they are the same', () => {
		expect(shown('Ada', 'Bob', 'Ada', 'Ada')).toEqual(['Ada', 'Bob', 'Ada (2)', 'Ada (3)']);
	});

	it('never meet somebody who is really called so', () => {
		expect(shown('Ada (2)', 'Ada', 'Ada')).toEqual(['Ada (2)', 'Ada', 'Ada (3)']);
		expect(shown('Ada', 'Ada', 'Ada (2)')).toEqual(['Ada', 'Ada (2)', 'Ada (2) (2)']);
	});

	it('are all different, whatever people call themselves', () => {
		const names = ['Ada', 'ada', 'ADA', 'Ada (2)', 'Ada (2)', 'Ada (3)', 'You', 'Ada (you)', 'Аda', 'Ada'];
		const labels = shown(...names);
		for (const [index, one] of labels.entries()) {
			for (const other of labels.slice(index + 1)) {
				expect(namesLookAlike(one ?? '', other ?? ''), `${one} and ${other}`).toBe(false);
			}
		}
	});

	it('of nobody else look like one’s own tile or screen', () => {
		expect(shown('Bob', 'You', 'you', 'Bob (you)', 'Bob ( YOU )', 'Your screen', 'Bob (screen)')).toEqual([
			...['Bob', 'You (2)', 'you (3)', 'Bob (2)', 'Bob (3)', 'Your screen (2)', 'Bob (4)'],
		]);
	});

	it.each([
		['Ann (you)', 'Ann'],
		['Ann(You)', 'Ann'],
		['Ann （ｙｏｕ）', 'Ann'],
		['Ann [you]', 'Ann'],
		['Ann 【you】', 'Ann'],
		['Ann ‹you›', 'Ann'],
		['Ann <you>', 'Ann'],
		['Ann (уоu)', 'Ann'],
		['Ann (𝐲𝐨𝐮)', 'Ann'],
		['Ann ((you))', 'Ann ()'],
		['Ann ((you)you)', 'Ann'],
		['Ann (you) (you)', 'Ann'],
		['Ann (you) 🙂', 'Ann 🙂'],
		['Ann (you', 'Ann'],
		['Ann (young', 'Ann (young'],
		['Ann (earlier)', 'Ann'],
		['Ann (screen)', 'Ann'],
		['(you)', 'you (2)'],
		['Ann (young)', 'Ann (young)'],
		['Ann (work)', 'Ann (work)'],
	])('never end in what the app writes behind a name: %s is %s', (name, expected) => {
		expect(shown(name)).toEqual([expected]);
	});

	it(`are all different for ${generated.toLocaleString('en')} rooms of many scripts (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < generated; round++) {
			const name = () => readParticipantName(mixedText(random, 3));
			const room = [name(), name(), name()];
			room.push(random.pick(room));
			const labels = shown(...room);
			for (const [index, label] of labels.entries()) {
				expect(label, `${room}`).not.toMatch(/[(（[] ?you ?[)）\]]/i);
				for (const other of labels.slice(index + 1))
					expect(namesLookAlike(label ?? '', other ?? ''), `${room}`).toBe(false);
			}
		}
	});

	it('stay bounded when a whole room is called the same', () => {
		const begun = performance.now();
		const labels = shown(...Array.from({ length: 100 }, () => 'Ada'));
		expect(labels.at(-1)).toBe('Ada (100)');
		expect(performance.now() - begun).toBeLessThan(250);
	});
});

describe('two names that look the same', () => {
	it.each([
		['Ada', 'ADA', 'in another case'],
		['Straße', 'STRASSE', 'as capitals write it'],
		['Ada  Lovelace', 'Ada Lovelace', 'with wider space'],
		['Ada', 'Аdа', 'with Cyrillic letters'],
		['Ρaula', 'Paula', 'with a Greek one'],
		['BOB', 'ВОВ', 'all in Cyrillic'],
		['ｂｏｂ', 'bob', 'in full width'],
		['𝗕𝗼𝗯', 'Bob', 'in letters of mathematics'],
		['Al', 'AI', 'with a capital i for an l'],
		['Bi11', 'Bill', 'with ones for ls'],
		['B0b', 'BOb', 'with a nought for an O'],
		['é', 'é', 'composed or not'],
		['ada\u{fe0f}', 'ada', 'with a selector'],
		['نا\u200cم', 'نام', 'with a joiner'],
		['❤️', '❤', 'with and without colour'],
		['Ada ⑵', 'Ada (2)', 'with a number in one character'],
		['Zoë’s', "Zoë's", 'with another apostrophe'],
		['Jean‐Luc', 'Jean-Luc', 'with another hyphen'],
		['łukasz', 'Łukasz', 'in another case, beyond ASCII'],
	])('%s and %s: %s', (one, other) => {
		expect(namesLookAlike(one, other)).toBe(true);
		expect(shown(one, other)).toEqual([one, `${other} (2)`]);
	});

	it.each([
		['Ada', 'Ida'],
		['Anna', 'Anne'],
		['Анна', 'Anna'],
		['李', '季'],
		['🦊', '🦝'],
		['José', 'Jose'],
	])('%s and %s do not', (one, other) => {
		expect(namesLookAlike(one, other)).toBe(false);
	});
});
