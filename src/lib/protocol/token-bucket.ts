/**
 * Token buckets: a rate per second in the long run, and a burst at once. The server limits clients with them, and a client paces itself and
 * limits each of the others. Knows nothing of what is counted.
 */
export interface Rate {
	perSecond: number;
	burst: number;
}

export interface Bucket {
	/** Takes `cost`, or says in how many milliseconds to try again. Nothing is taken when it is refused. */
	take(cost: number, now: number): { ok: true } | { ok: false; retryAfterMs: number };
	/** Takes `cost` even if there is not enough. The debt, up to one burst, has to be refilled before anything is given again. */
	charge(cost: number, now: number): void;
	/** True if nothing has been taken for so long that a new bucket would be the same. */
	isFull(now: number): boolean;
}

export function createBucket({ perSecond, burst }: Rate): Bucket {
	let tokens = burst;
	let countedAt = 0;
	const level = (now: number) =>
		countedAt === 0 ? burst : Math.min(burst, tokens + (Math.max(0, now - countedAt) * perSecond) / 1000);
	return {
		take(cost, now) {
			tokens = level(now);
			countedAt = now;
			if (tokens >= cost) {
				tokens -= cost;
				return { ok: true };
			}
			return { ok: false, retryAfterMs: Math.ceil(((Math.min(cost, burst) - tokens) / perSecond) * 1000) };
		},
		charge(cost, now) {
			tokens = Math.max(level(now) - cost, -burst);
			countedAt = now;
		},
		isFull: (now) => level(now) >= burst,
	};
}
