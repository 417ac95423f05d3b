/**
 * How fast a session sends to the server: at half the rates that the server accepts for calls, for all text, for relayed text and for
 * errors. So whatever others make us send, the server never refuses us or cuts us off. Pure but for what it has counted.
 */
import { connectionRates } from '../../protocol';
import { createBucket, type Rate } from '../../protocol/token-bucket';

const half = ({ perSecond, burst }: Rate): Rate => ({ perSecond: perSecond / 2, burst: burst / 2 });

export interface SendCost {
	/** Its size in all, roughly: envelopes are small. */
	chars: number;
	/** The part of it that the server passes on unread. */
	relayedChars?: number;
}

export interface SendPace {
	/** Spends what one call costs and returns 0, or spends nothing and returns in how many milliseconds to ask again. */
	take(cost: SendCost, nowMs: number): number;
	/** A call was answered without an error. Errors are counted as well, and until it is answered, each call may turn out to be one. */
	handleSuccess(nowMs: number): void;
}

export function createSendPace(): SendPace {
	const calls = createBucket(half(connectionRates.calls));
	const chars = createBucket(half(connectionRates.frameBytes));
	const relayedChars = createBucket(half(connectionRates.relayedChars));
	const errors = createBucket(half(connectionRates.errors));

	return {
		take(cost, nowMs) {
			const costs = [
				[errors, 1],
				[calls, 1],
				[chars, cost.chars],
				[relayedChars, cost.relayedChars ?? 0],
			] as const;
			let waitMs = 0;
			for (const [index, [bucket, amount]] of costs.entries()) {
				const taken = bucket.take(amount, nowMs);
				if (taken.ok) continue;
				for (const [earlier, given] of costs.slice(0, index)) earlier.charge(-given, nowMs);
				waitMs = Math.max(1, taken.retryAfterMs);
				break;
			}
			return waitMs;
		},
		handleSuccess(nowMs) {
			errors.charge(-1, nowMs);
		},
	};
}
