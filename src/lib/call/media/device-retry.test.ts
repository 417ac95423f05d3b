import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { busyRetryMs, createDeviceRetry } from './device-retry';

function setUp() {
	const clock = new FakeClock();
	let tries = 0;
	const retry = createDeviceRetry(clock, () => tries++);
	return { clock, retry, tries: () => tries };
}

it('tries once, after its time, counted from the last reason', async () => {
	const { clock, retry, tries } = setUp();
	retry.later();
	await clock.advance(busyRetryMs - 1);
	retry.later();
	await clock.advance(busyRetryMs - 1);
	expect(tries()).toBe(0);
	await clock.advance(10 * busyRetryMs);
	expect(tries()).toBe(1);
});

it('is paced until it has tried, is dropped, or has another reason', async () => {
	const { clock, retry, tries } = setUp();
	retry.later(true);
	expect(retry.paced).toBe(true);
	await clock.advance(busyRetryMs);
	expect([retry.paced, tries()]).toEqual([false, 1]);
	retry.later(true);
	retry.later();
	expect(retry.paced).toBe(false);
	retry.later(true);
	retry.drop();
	expect([retry.paced, clock.pending]).toEqual([false, 0]);
});
