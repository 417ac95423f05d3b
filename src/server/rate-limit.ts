/** Token buckets by key, for callers who have no connection to hang one on. */
import { createBucket, type Bucket, type Rate } from '../lib/protocol/token-bucket';

export { createBucket, type Bucket, type Rate } from '../lib/protocol/token-bucket';

export type Taken = ReturnType<Bucket['take']>;

/** A bucket that gives what both its own and another limit give. */
export function alsoLimited(own: Bucket, other: (cost: number, now: number) => Taken): Bucket {
	return {
		...own,
		take(cost, now) {
			const taken = own.take(cost, now);
			return taken.ok ? other(cost, now) : taken;
		},
	};
}

/** Full ones are forgotten. */
export function createKeyedBuckets(rate: Rate, sweepAtLeast = 1_000) {
	let sweepAt = sweepAtLeast;
	const buckets = new Map<string, Bucket>();
	return {
		of(key: string, now: number): Bucket {
			const known = buckets.get(key);
			if (known) return known;
			if (buckets.size >= sweepAt) {
				for (const [other, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(other);
				// Those left are in use. Looking through them again for each that comes would take longer and longer.
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
