/**
 * A rate that many share: each may use as much as is left, so that the heaviest are refused first, and somebody new or modest
 * always finds room. A single user gets half of it; equal users get equal shares. (These are the dynamic thresholds of
 * Choudhury and Hahne, 1998, except that use fades with time instead of being served.) Does not know who shares, or what.
 */
import type { Rate, Taken } from './rate-limit';

export interface FairShare {
	/** Whether `member` may have this much now, or in how many milliseconds. Asking takes nothing. */
	ask(member: string, cost: number, now: number): Taken;
	take(member: string, cost: number, now: number): void;
	/** True when no past use counts any more. */
	isIdle(now: number): boolean;
}

/** A member who uses less than this part is refused nothing, until all together use twice the burst. */
const modest = 1 / 500;
/** Use below this counts as none. */
const traces = 0.01;
const waitMaxMs = 60_000;

export function createFairShare({ perSecond, burst }: Rate, sweepAtLeast = 256): FairShare {
	/** After this time, a third of what was used still counts. */
	const fadeMs = (burst / perSecond) * 1000;
	const all = createFading(fadeMs);
	const members = new Map<string, Fading>();
	let sweepAt = sweepAtLeast;

	function sweep(now: number): void {
		if (members.size < sweepAt) return;
		for (const [member, used] of members) if (used.at(now) < traces) members.delete(member);
		// Those left are in use. Sweeping again at every newcomer would take longer and longer.
		sweepAt = Math.max(sweepAtLeast, 2 * members.size);
	}

	return {
		ask(member, cost, now) {
			const used = members.get(member)?.at(now) ?? 0;
			const usedByAll = all.at(now);
			if (used + cost <= burst - usedByAll) return { ok: true };
			if (used + cost <= burst * modest && usedByAll + cost <= 2 * burst) return { ok: true };
			// The time until both have faded enough for this to be allowed.
			const needed = (burst - Math.min(cost, burst)) / (used + usedByAll);
			const retryAfterMs = Math.ceil(-fadeMs * Math.log(Math.min(1, needed)));
			return { ok: false, retryAfterMs: Math.min(waitMaxMs, Math.max(1, retryAfterMs)) };
		},
		take(member, cost, now) {
			let used = members.get(member);
			if (!used) {
				sweep(now);
				members.set(member, (used = createFading(fadeMs)));
			}
			used.add(cost, now);
			all.add(cost, now);
		},
		isIdle: (now) => all.at(now) < traces,
	};
}

interface Fading {
	at(now: number): number;
	add(amount: number, now: number): void;
}

/** An amount that fades exponentially. */
function createFading(fadeMs: number): Fading {
	let amount = 0;
	let countedAt = 0;
	const at = (now: number) => amount * Math.exp(-Math.max(0, now - countedAt) / fadeMs);
	return {
		at,
		add(more, now) {
			amount = at(now) + more;
			countedAt = Math.max(countedAt, now);
		},
	};
}
