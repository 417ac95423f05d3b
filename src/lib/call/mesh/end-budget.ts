/** How much of each kind one participant may make us do, over all of their page loads: [N13], [N14] of `docs/PROTOCOL.md`. */
import { createBucket, type Bucket } from '../../protocol/token-bucket';

export type EndBudget = Readonly<Record<'peers' | 'offers' | 'answers' | 'candidates', Bucket>>;

export function createEndBudget(): EndBudget {
	return {
		// Enough for a bad minute. A browser allows a page a few hundred.
		peers: createBucket({ perSecond: 0.2, burst: 8 }),
		// Each is applied and answered. In trouble, both ends restart about once a second, and the end that gives way offers again.
		offers: createBucket({ perSecond: 4, burst: 40 }),
		answers: createBucket({ perSecond: 4, burst: 40 }),
		// Enough for one restart a second on a laptop with every kind of network.
		candidates: createBucket({ perSecond: 30, burst: 256 }),
	};
}

/** True when a new budget would be the same. */
export function isUnspent(budget: EndBudget, nowMs: number): boolean {
	return Object.values(budget).every((bucket) => bucket.isFull(nowMs));
}
