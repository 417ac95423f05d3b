/** Token buckets by key, for callers without a connection to keep one on. */
import { createBucket, type Bucket, type Rate } from '../lib/protocol/token-bucket';

export { createBucket, type Bucket, type Rate } from '../lib/protocol/token-bucket';

export type Taken = ReturnType<Bucket['take']>;

/** A bucket that gives only what both its own and another limit allow. */
export function alsoLimited(own: Bucket, other: (cost: number, now: number) => Taken): Bucket {
	return {
		...own,
		take(cost, now) {
			const taken = own.take(cost, now);
			return taken.ok ? other(cost, now) : taken;
		},
	};
}

/** Full buckets are forgotten. */
export function createKeyedBuckets(rate: Rate, sweepAtLeast = 1_000) {
	let sweepAt = sweepAtLeast;
	const buckets = new Map<string, Bucket>();
	return {
		of(key: string, now: number): Bucket {
			const known = buckets.get(key);
			if (known) return known;
			if (buckets.size >= sweepAt) {
				for (const [other, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(other);
				// Those left are in use. Sweeping again at every newcomer would take longer and longer.
				sweepAt = Math.max(sweepAtLeast, 2 * buckets.size);
			}
			const bucket = createBucket(rate);
			buckets.set(key, bucket);
			return bucket;
		},
		get size() {
			return buckets.size;
		},
	};
}
