/** Waiting that ends. Browsers promise to answer and now and then never do: a driver that hangs, a question left open. */
import type { Clock } from './platform';

/**
 * What the promise gives within this time, and `undefined` where it gives nothing by then. Rejects as it does, in time; an answer that
 * comes after all goes to `late`, so that what was gained can still be used or let go, and a late rejection to nobody.
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
