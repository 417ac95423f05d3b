/** A token bucket for each address, and larger ones for the IPv6 networks that contain it. */
import type { Caller } from './address';
import { createKeyedBuckets, type Rate, type Taken } from './rate-limit';

export interface NetworkBuckets {
	take(caller: Caller, cost: number, now: number): Taken;
	/** Takes it even if there is not enough; see `Bucket.charge`. */
	charge(caller: Caller, cost: number, now: number): void;
}

export function createNetworkBuckets({ perSecond, burst }: Rate): NetworkBuckets {
	const byWidth = new Map<number, ReturnType<typeof createKeyedBuckets>>();
	function bucketOf(key: string, width: number, now: number) {
		let buckets = byWidth.get(width);
		if (!buckets) {
			buckets = createKeyedBuckets({ perSecond: perSecond * width, burst: burst * width });
			byWidth.set(width, buckets);
		}
		return buckets.of(key, now);
	}
	return {
		take({ networks }, cost, now) {
			for (const { key, width } of networks) {
				const taken = bucketOf(key, width, now).take(cost, now);
				if (!taken.ok) return taken;
			}
			return { ok: true };
		},
		charge({ networks }, cost, now) {
			for (const { key, width } of networks) bucketOf(key, width, now).charge(cost, now);
		},
	};
}
