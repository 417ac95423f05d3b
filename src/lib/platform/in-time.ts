/** Waiting with an end. Now and then a browser never answers: a driver hangs, or a permission question is left open. */
import type { Clock } from './platform';

/**
 * What the promise resolves with in this time, or `undefined` if it takes longer. Rejects if the promise rejects in time. A late answer
 * goes to `late`, so that it can still be used or released; a late rejection is ignored.
 */
export function inTime<T>(
	clock: Pick<Clock, 'after'>,
	promise: Promise<T>,
	withinMs: number,
	late: (value: T) => void = () => {},
): Promise<T | undefined> {
	return new Promise((resolve, reject) => {
		let over = false;
		const cancel = clock.after(withinMs, () => {
			over = true;
			resolve(undefined);
		});
		promise.then(
			(value) => {
				cancel();
				if (over) late(value);
				else resolve(value);
			},
			(error: unknown) => {
				cancel();
				if (!over) reject(error as Error);
			},
		);
	});
}
