/** Passes notices on to whoever shows them. Until somebody does, they wait, up to a bound. */
import type { Unsubscribe } from '../../platform/platform';

export interface EarlyNotices<Notice> {
	handle(notice: Notice): void;
	/** From now on `tell` gets the notices, those that have waited first. */
	follow(tell: (notice: Notice) => void): Unsubscribe;
}

const waitingMax = 100;

export function createEarlyNotices<Notice>(): EarlyNotices<Notice> {
	const waiting: Notice[] = [];
	let told: ((notice: Notice) => void) | null = null;

	return {
		handle(notice) {
			if (told) told(notice);
			else if (waiting.length < waitingMax) waiting.push(notice);
		},
		follow(tell) {
			told = tell;
			waiting.splice(0).forEach(tell);
			return () => (told = null);
		},
	};
}
