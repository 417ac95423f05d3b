import { expect, it } from 'vitest';
import { isLong } from './message-length';

it('takes many lines for long, and many letters', () => {
	expect(isLong('\n'.repeat(1_500))).toBe(true);
	expect(isLong('x'.repeat(4_000))).toBe(true);
	expect(isLong('x\u2028'.repeat(100))).toBe(true);
});

it('counts letters of East Asia, and pictures, twice', () => {
	expect([isLong('x'.repeat(700)), isLong('会'.repeat(700)), isLong('👍'.repeat(700))]).toEqual([
		false,
		true,
		true,
	]);
});

it('leaves what is ordinary whole', () => {
	for (const text of ['', 'Hello', 'one\ntwo\nthree', 'word '.repeat(100)]) expect(isLong(text)).toBe(false);
});
