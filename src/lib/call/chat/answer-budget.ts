/**
 * How much we spend on answers: somebody who asks again and again for the whole conversation gets it slowly, so that the call keeps its
 * uplink. Pure.
 */
import { createBucket, type Bucket, type Rate } from '../../protocol/token-bucket';

/** In UTF-16 code units. A long conversation fits in the burst; what follows comes a little at a time. */
export const answerRates: { each: Rate; all: Rate } = {
	each: { perSecond: 16 * 1024, burst: 256 * 1024 },
	all: { perSecond: 48 * 1024, burst: 512 * 1024 },
};

export interface AnswerBudget {
	/** Spends `length` on an answer to them, and returns in how many milliseconds it may be sent. */
	take(to: object, length: number, now: number): number;
}

export function createAnswerBudget({ each, all } = answerRates): AnswerBudget {
	const buckets = new WeakMap<object, Bucket>();
	const total = createBucket(all);
	const spend = (bucket: Bucket, length: number, now: number) => {
		const taken = bucket.take(length, now);
		if (taken.ok) return 0;
		// We spend it in advance, so the next answer waits for this one too.
		bucket.charge(length, now);
		return taken.retryAfterMs;
	};
	return {
		take(to, length, now) {
			let bucket = buckets.get(to);
			if (!bucket) buckets.set(to, (bucket = createBucket(each)));
			return Math.max(spend(bucket, length, now), spend(total, length, now));
		},
	};
}
