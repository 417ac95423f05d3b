/**
 * Passes on what somebody sends, up to a rate. Of what exceeds it, only the newest is passed on, as soon as the rate allows. Pure but
 * for its clock.
 */
import { createBucket, type Rate } from '../protocol/token-bucket';
import type { Clock, Unsubscribe } from './platform';

export interface NewestOnly<Item> {
	take(item: Item): void;
	close(): void;
}

export function createNewestOnly<Item>(
	clock: Clock,
	rate: Rate,
	handle: (item: Item) => void,
): NewestOnly<Item> {
	const bucket = createBucket(rate);
	let newest: Item;
	let cancel: Unsubscribe | null = null;

	function take(item: Item): void {
		newest = item;
		if (!cancel) hand();
	}

	function hand(): void {
		const taken = bucket.take(1, clock.now());
		cancel = taken.ok ? null : clock.after(taken.retryAfterMs, hand);
		if (taken.ok) handle(newest);
	}

	return { take, close: () => cancel?.() };
}
