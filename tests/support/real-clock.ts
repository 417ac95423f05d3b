/** The clock on the wall, for what is measured or waits for a real server. */
import type { Clock } from '../../src/lib/call/platform';

export const realClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	epochMs: () => Date.now(),
	after(delayMs, action) {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
	every(intervalMs, action) {
		const timer = setInterval(action, intervalMs);
		return () => clearInterval(timer);
	},
};
