import { expect, it } from 'vitest';
import { alsoLimited, createBucket, createKeyedBuckets } from './rate-limit';

it('keeps a bucket a key, and forgets the full ones when there are many', () => {
	const buckets = createKeyedBuckets({ perSecond: 1, burst: 2 }, 2);
	buckets.of('busy', 1_000).take(2, 1_000);
	buckets.of('idle', 1_000);
	buckets.of('new', 1_500);
	expect(buckets.size).toBe(2);
	expect(buckets.of('busy', 1_500).take(1, 1_500).ok).toBe(false);
});

it('does not look through buckets in use for every new key', () => {
	const buckets = createKeyedBuckets({ perSecond: 1, burst: 2 }, 2);
	let looks = 0;
	for (let key = 0; key < 1_000; key++) {
		const bucket = buckets.of(`address ${key}`, 1_000);
		bucket.take(2, 1_000);
		const { isFull } = bucket;
		bucket.isFull = (now) => {
			looks += 1;
			return isFull(now);
		};
	}
	expect(looks).toBeLessThan(2_100);
});

it('gives what both limits give, and asks the second for nothing that the first refuses', () => {
	const asked: number[] = [];
	const bucket = alsoLimited(createBucket({ perSecond: 1, burst: 5 }), (cost) => {
		asked.push(cost);
		return cost > 2 ? { ok: false, retryAfterMs: 9 } : { ok: true };
	});
	expect(bucket.take(2, 1_000).ok).toBe(true);
	expect(bucket.take(3, 1_000)).toEqual({ ok: false, retryAfterMs: 9 });
	expect(bucket.take(4, 1_000)).toEqual({ ok: false, retryAfterMs: 4_000 });
	expect(asked).toEqual([2, 3]);
});
