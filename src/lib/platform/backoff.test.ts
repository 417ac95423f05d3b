import { expect, it } from 'vitest';
import { retryDelayMs } from './backoff';

const backoff = { baseMs: 400, soonMaxMs: 1_500, soonAttempts: 6, maxMs: 8_000 };

it('doubles the longest wait with each attempt, stops at one bound for a while and at another for good', () => {
	const longest = [0, 1, 2, 3, 5, 6, 50, 5_000].map((attempt) => retryDelayMs(attempt, backoff, 0.9999999));
	expect(longest).toEqual([400, 800, 1_500, 1_500, 1_500, 8_000, 8_000, 8_000]);
});

it('never waits less than a quarter of the longest wait, so that a dead server is not hammered', () => {
	expect(retryDelayMs(0, backoff, 0)).toBe(100);
	expect(retryDelayMs(10, backoff, 0)).toBe(2_000);
});
