/** The clock for what is only displayed. It runs evenly, even when somebody sets the device's clock. */
import type { Clock } from '../platform/platform';

export const pageClock: Pick<Clock, 'now' | 'after'> = {
	now: () => performance.now(),
	after(delayMs, action) {
		const timer = setTimeout(action, delayMs);
		return () => clearTimeout(timer);
	},
};
