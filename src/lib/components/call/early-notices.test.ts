import { expect, it } from 'vitest';
import { createEarlyNotices } from './early-notices';

it('tells what happened before anybody listened, in order and once, and then what happens', () => {
	const notices = createEarlyNotices<string>();
	notices.handle('joined');
	notices.handle('left');
	const told: string[] = [];
	notices.follow((notice) => told.push(notice));
	notices.handle('hand-raised');
	expect(told).toEqual(['joined', 'left', 'hand-raised']);
});

it('keeps no more than a hundred of those that nobody hears of yet', () => {
	const notices = createEarlyNotices<number>();
	for (let count = 0; count < 1_000; count++) notices.handle(count);
	const told: number[] = [];
	notices.follow((notice) => told.push(notice));
	expect(told).toHaveLength(100);
	expect(told[0]).toBe(0);
});

it('keeps them again once nobody listens any more', () => {
	const notices = createEarlyNotices<string>();
	const told: string[] = [];
	notices.follow((notice) => told.push(`first ${notice}`))();
	notices.handle('joined');
	expect(told).toEqual([]);
	notices.follow((notice) => told.push(`second ${notice}`));
	expect(told).toEqual(['second joined']);
});
