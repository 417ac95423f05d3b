import { expect, it } from 'vitest';
import { sameData } from './same-data';

it('compares by what is said, however deep', () => {
	expect(sameData({ a: { b: [1, null, 'x'] } }, { a: { b: [1, null, 'x'] } })).toBe(true);
	for (const other of [
		{ a: { b: [1, null, 'y'] } },
		{ a: { b: [1, null] } },
		{ a: { b: [1, null, 'x', 2] } },
		{},
	])
		expect(sameData({ a: { b: [1, null, 'x'] } }, other)).toBe(false);
});

it('takes what is undefined for left out, and nothing else', () => {
	expect(sameData({ a: 1, b: undefined }, { a: 1 })).toBe(true);
	expect(sameData({ a: null }, {})).toBe(false);
	expect(sameData({ a: 0 }, { a: false })).toBe(false);
	expect(sameData({ a: [] }, { a: {} })).toBe(false);
	expect(sameData(null, {})).toBe(false);
});
