/** Time as a page has it. */
import type { Clock } from './platform';

export const browserClock: Clock = {
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
