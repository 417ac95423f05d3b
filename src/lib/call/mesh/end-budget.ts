/** How much of each kind one participant may make us do, over all of their page loads: [N13], [N14] of `docs/PROTOCOL.md`. */
import { createBucket, type Bucket } from '../../protocol/token-bucket';

export type EndBudget = Readonly<Record<'peers' | 'offers' | 'answers' | 'candidates', Bucket>>;

export function createEndBudget(): EndBudget {
	return {
		// Room for a bad minute. A browser has some hundred for a page.
		peers: createBucket({ perSecond: 0.2, burst: 8 }),
		// Each is applied and answered. Restarts follow each other about each second, at both ends, and who gives way offers again.
		offers: createBucket({ perSecond: 4, burst: 40 }),
		answers: createBucket({ perSecond: 4, burst: 40 }),
		// A restart each second on a laptop with every kind of network.
		candidates: createBucket({ perSecond: 30, burst: 256 }),
	};
}

/** True when a new one would be the same. */
export function isUnspent(budget: EndBudget, nowMs: number): boolean {
	return Object.values(budget).every((bucket) => bucket.isFull(nowMs));
}
