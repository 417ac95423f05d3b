import { expect, it } from 'vitest';
import { createAppBadge } from './app-badge';

function setUp() {
	const told: (number | 'clear')[] = [];
	const badge = createAppBadge({
		set: (count) => (told.push(count), Promise.reject(new Error('not installed'))),
		clear: () => (told.push('clear'), Promise.resolve()),
	});
	return { badge, told };
}

it('the badge counts what is unread, and goes when nothing is', () => {
	const { badge, told } = setUp();
	for (const count of [1, 2, 2, 0]) badge.show(count);
	expect(told).toEqual([1, 2, 'clear']);
});

it('a badge that was never there is not taken away', () => {
	const { badge, told } = setUp();
	badge.show(0);
	expect(told).toEqual([]);
});

it('nothing happens where there are no badges', () => {
	expect(() => createAppBadge(undefined).show(3)).not.toThrow();
});
