import { expect, it } from 'vitest';
import { createFairShare, type FairShare } from './fair-share';

/** Takes one after the other until it is refused, and returns how many were had. */
function takeAll(share: FairShare, member: string, now: number, wanted = Infinity): number {
	let had = 0;
	while (had < wanted && share.ask(member, 1, now).ok) {
		share.take(member, 1, now);
		had += 1;
	}
	return had;
}

it('gives one alone half of it at once, and in the long run', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 });
	expect(takeAll(share, 'alone', 1_000)).toBe(500);
	let had = 0;
	for (let now = 1_010; now <= 61_000; now += 10) had += takeAll(share, 'alone', now);
	expect(had / 60).toBeGreaterThan(45);
	expect(had / 60).toBeLessThan(55);
});

it('refuses the heaviest first, and leaves room for who comes late', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 });
	const heavy = Array.from({ length: 20 }, (_, number) => `heavy ${number}`);
	for (let now = 1_000; now <= 60_000; now += 100) for (const member of heavy) takeAll(share, member, now);
	expect(heavy.some((member) => share.ask(member, 2, 60_000).ok)).toBe(false);
	expect(takeAll(share, 'late', 60_000)).toBeGreaterThan(20);
	expect(heavy.some((member) => share.ask(member, 2, 60_000).ok)).toBe(false);
	// Who asks for little is never refused.
	let refused = 0;
	for (let now = 60_000; now < 120_000; now += 100) {
		for (const member of heavy) takeAll(share, member, now, 50);
		if (now % 1_000 === 0 && takeAll(share, 'moderate', now, 1) === 0) refused += 1;
	}
	expect(refused).toBe(0);
});

it('gives equals the same, and all together no more than there is', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 });
	const had = new Map<string, number>();
	for (let now = 1_000; now < 101_000; now += 100) {
		for (let number = 0; number < 10; number++) {
			const member = `member ${number}`;
			had.set(member, (had.get(member) ?? 0) + takeAll(share, member, now, 20));
		}
	}
	const each = [...had.values()];
	expect(Math.max(...each) / Math.min(...each)).toBeLessThan(1.6);
	expect(each.reduce((sum, one) => sum + one, 0)).toBeLessThan(100 * 100 + 1_000);
});

it('refuses nothing to the modest, up to a bound', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 });
	let had = 0;
	for (let number = 0; number < 400; number++) had += takeAll(share, `early ${number}`, 1_000);
	expect(had).toBeGreaterThanOrEqual(1_000);
	expect(takeAll(share, 'modest', 1_000)).toBe(2);
	for (let number = 0; number < 4_000; number++) had += takeAll(share, `late ${number}`, 1_000);
	expect(had).toBeLessThanOrEqual(2_000);
});

it('says when to come again', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 });
	takeAll(share, 'alone', 1_000);
	const refused = share.ask('alone', 50, 1_000);
	expect(refused.ok).toBe(false);
	const { retryAfterMs } = refused as { retryAfterMs: number };
	expect(share.ask('alone', 50, 1_000 + retryAfterMs - 20).ok).toBe(false);
	expect(share.ask('alone', 50, 1_000 + retryAfterMs).ok).toBe(true);
	// More than there ever is: not now, and a bounded wait.
	expect(share.ask('alone', 1_000_000, 1_000)).toMatchObject({ ok: false });
});

it('gives nothing for a clock that goes backwards, and forgets who asks for nothing', () => {
	const share = createFairShare({ perSecond: 100, burst: 1_000 }, 4);
	takeAll(share, 'alone', 5_000);
	expect(share.ask('alone', 1, 1_000).ok).toBe(false);
	expect(share.isIdle(5_000)).toBe(false);
	expect(share.isIdle(300_000)).toBe(true);
});
