import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from './clock';

afterEach(() => void vi.useRealTimers());

it('goes on counting when somebody sets the machine’s clock', () => {
	const before = { now: systemClock.now(), epochMs: systemClock.epochMs() };
	vi.useFakeTimers({ toFake: ['Date'] });
	vi.setSystemTime(before.epochMs - 3_600_000);
	expect(systemClock.epochMs()).toBe(before.epochMs - 3_600_000);
	expect(systemClock.now()).toBeGreaterThanOrEqual(before.now);
	vi.setSystemTime(before.epochMs + 3_600_000);
	expect(systemClock.now()).toBeLessThan(before.now + 60_000);
});
