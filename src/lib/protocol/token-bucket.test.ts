import { expect, it } from 'vitest';
import { createBucket } from './token-bucket';

it('lets a burst through, then so much a second, and says when to try again', () => {
	const bucket = createBucket({ perSecond: 10, burst: 3 });
	for (let count = 0; count < 3; count++) expect(bucket.take(1, 1_000)).toEqual({ ok: true });
	expect(bucket.take(1, 1_000)).toEqual({ ok: false, retryAfterMs: 100 });
	expect(bucket.take(1, 1_050)).toEqual({ ok: false, retryAfterMs: 50 });
	expect(bucket.take(1, 1_100)).toEqual({ ok: true });
});

it('saves up no more than a burst', () => {
	const bucket = createBucket({ perSecond: 10, burst: 2 });
	bucket.take(2, 1_000);
	expect(bucket.take(2, 60_000)).toEqual({ ok: true });
	expect(bucket.take(1, 60_000).ok).toBe(false);
});

it('takes nothing for what it refuses', () => {
	const bucket = createBucket({ perSecond: 1, burst: 10 });
	bucket.take(8, 1_000);
	expect(bucket.take(5, 1_000).ok).toBe(false);
	expect(bucket.take(2, 1_000)).toEqual({ ok: true });
});

it('gives nothing for a clock that goes backwards', () => {
	const bucket = createBucket({ perSecond: 1_000, burst: 1 });
	bucket.take(1, 5_000);
	expect(bucket.take(1, 1_000).ok).toBe(false);
});

it('charges what is not there, and gives nothing until it has come in', () => {
	const bucket = createBucket({ perSecond: 10, burst: 100 });
	bucket.charge(150, 1_000);
	expect(bucket.take(1, 6_000).ok).toBe(false);
	expect(bucket.take(1, 6_200).ok).toBe(true);
	bucket.charge(1_000, 6_200);
	expect(bucket.take(1, 16_000).ok).toBe(false);
	expect(bucket.take(1, 16_400).ok).toBe(true);
});
