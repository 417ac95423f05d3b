import { describe, expect, it } from 'vitest';
import { hueOf, initials } from './initials';

describe('initials', () => {
	it.each([
		['Ada Lovelace', 'AL'],
		['  grace   brewster  hopper ', 'GH'],
		['Zoë', 'Z'],
		['👩‍👩‍👧 Family', '👩‍👩‍👧F'],
		['Ada (2)', 'A'],
		['Ada Lovelace (work)', 'AL'],
		['"Ada"', '"'],
		['', '?'],
	])('of %j are %j', (name, expected) => {
		expect(initials(name)).toBe(expected);
	});
});

describe('a hue', () => {
	it('is the same for the same name, and one of twelve', () => {
		expect(hueOf('Ada')).toBe(hueOf('Ada'));
		for (const name of ['Ada', 'Grace', 'Łukasz', '']) {
			expect(hueOf(name) % 30).toBe(0);
			expect(hueOf(name)).toBeLessThan(360);
		}
	});
});
