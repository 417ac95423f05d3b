import { expect, it } from 'vitest';
import { nextInToolbar } from './toolbar-arrows';

it.each([
	['ArrowRight', 'ltr', 0, 1],
	['ArrowDown', 'ltr', 1, 2],
	['ArrowLeft', 'ltr', 1, 0],
	['ArrowUp', 'ltr', 2, 1],
	['ArrowRight', 'ltr', 2, 0],
	['ArrowLeft', 'ltr', 0, 2],
	['ArrowRight', 'rtl', 1, 0],
	['ArrowLeft', 'rtl', 1, 2],
	['ArrowLeft', 'rtl', 2, 0],
	['ArrowDown', 'rtl', 1, 2],
	['ArrowUp', 'rtl', 1, 0],
] as const)(
	'leads with %s, where text runs %s, from button %i to %i of three',
	(key, direction, at, next) => {
		expect(nextInToolbar(key, { count: 3, at, direction })).toBe(next);
	},
);

it('leads nowhere with other keys, and from outside of the toolbar', () => {
	const direction = 'ltr';
	expect(nextInToolbar('Home', { count: 3, at: 0, direction })).toBeNull();
	expect(nextInToolbar('toString', { count: 3, at: 0, direction })).toBeNull();
	expect(nextInToolbar('ArrowRight', { count: 3, at: -1, direction })).toBeNull();
	expect(nextInToolbar('ArrowRight', { count: 0, at: 0, direction })).toBeNull();
});
