import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock';
import { createNewestOnly } from './newest-only';

it('hands on what comes at once, then so much a second, and always the newest', async () => {
	const clock = new FakeClock();
	const heard: number[] = [];
	const { take } = createNewestOnly<number>(clock, { perSecond: 10, burst: 3 }, (n) => heard.push(n));
	for (let n = 0; n < 1_000; n++) take(n);
	expect(heard).toEqual([0, 1, 2]);
	await clock.advance(100);
	expect(heard).toEqual([0, 1, 2, 999]);
	for (let n = 1_000; n < 2_000; n++) {
		take(n);
		await clock.advance(1);
	}
	await clock.advance(1_000);
	expect(heard.length).toBeLessThan(20);
	expect(heard.at(-1)).toBe(1_999);
	expect(clock.pending).toBe(0);
});

it('hands on nothing more once it is closed', async () => {
	const clock = new FakeClock();
	const heard: number[] = [];
	const { take, close } = createNewestOnly<number>(clock, { perSecond: 1, burst: 1 }, (n) => heard.push(n));
	take(1);
	take(2);
	close();
	await clock.advance(5_000);
	expect(heard).toEqual([1]);
});
