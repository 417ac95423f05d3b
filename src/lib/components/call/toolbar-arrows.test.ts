import { expect, it } from 'vitest';
import { nextInToolbar } from './toolbar-arrows';

it.each([
	['ArrowRight', 0, 1],
	['ArrowDown', 1, 2],
	['ArrowLeft', 1, 0],
	['ArrowUp', 2, 1],
	['ArrowRight', 2, 0],
	['ArrowLeft', 0, 2],
])('leads with %s from button %i to %i of three', (key, at, next) => {
	expect(nextInToolbar(key, { count: 3, at })).toBe(next);
});

it('leads nowhere with other keys, and from outside of the toolbar', () => {
	expect(nextInToolbar('Home', { count: 3, at: 0 })).toBeNull();
	expect(nextInToolbar('toString', { count: 3, at: 0 })).toBeNull();
	expect(nextInToolbar('ArrowRight', { count: 3, at: -1 })).toBeNull();
	expect(nextInToolbar('ArrowRight', { count: 0, at: 0 })).toBeNull();
});
