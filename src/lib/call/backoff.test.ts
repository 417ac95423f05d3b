import { expect, it } from 'vitest';
import { retryDelayMs } from './backoff';

const backoff = { baseMs: 400, maxMs: 8_000 };

it('doubles the longest wait with each attempt and stops at the bound', () => {
	const longest = [0, 1, 2, 3, 4, 5, 50, 5_000].map((attempt) => retryDelayMs(attempt, backoff, 0.9999999));
	expect(longest).toEqual([400, 800, 1600, 3200, 6400, 8000, 8000, 8000]);
});

it('never waits less than a quarter of the longest wait, so that a dead server is not hammered', () => {
	expect(retryDelayMs(0, backoff, 0)).toBe(100);
	expect(retryDelayMs(10, backoff, 0)).toBe(2_000);
});
