/**
 * How fast a session speaks to the server: half of what the server takes, of calls, of all that is sent and of what is relayed. So whatever
 * others make us say, it is never us who are refused or cut. Pure but for what it has counted.
 */
import { connectionRates } from '../../protocol';
import { createBucket, type Rate } from '../../protocol/token-bucket';

const half = ({ perSecond, burst }: Rate): Rate => ({ perSecond: perSecond / 2, burst: burst / 2 });

export interface SendCost {
	/** What it is in all, roughly: envelopes are small. */
	chars: number;
	/** What of that the server passes on unread. */
	relayedChars?: number;
}

export interface SendPace {
	/** Takes what one call costs and says 0, or takes nothing and says in how many milliseconds to ask again. */
	take(cost: SendCost, nowMs: number): number;
	/** A call was answered, and not with an error. Those are counted as well, and each call may turn out to be one. */
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
