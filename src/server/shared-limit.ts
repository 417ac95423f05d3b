/**
 * What one address may use over all its connections, and all addresses together. Within an address connections share fairly, within an
 * IPv6 network its parts, and in the whole addresses do: a flood finds itself refused, and the others go on.
 */
import type { Caller } from './address';
import { createFairShare, type FairShare } from './fair-share';
import type { Rate, Taken } from './rate-limit';

export interface SharedRate {
	ofAddress: Rate;
	/** Of the whole process. */
	ofAll: Rate;
}

export interface SharedLimit {
	/** Takes `cost` for a caller's connection, named by whatever tells it from the caller's others. */
	take(caller: Caller, connection: string, cost: number, now: number): Taken;
}

export type SharedLimits = Record<'calls' | 'joins' | 'relayedBytes' | 'frames' | 'frameBytes', SharedLimit>;

export function createSharedLimits(rates: Record<keyof SharedLimits, SharedRate>): SharedLimits {
	return {
		calls: createSharedLimit(rates.calls),
		joins: createSharedLimit(rates.joins),
		relayedBytes: createSharedLimit(rates.relayedBytes),
		frames: createSharedLimit(rates.frames),
		frameBytes: createSharedLimit(rates.frameBytes),
	};
}

export function createSharedLimit({ ofAddress, ofAll }: SharedRate, sweepAtLeast = 256): SharedLimit {
	const all = createFairShare(ofAll);
	const networks = new Map<string, FairShare>();
	let sweepAt = sweepAtLeast;

	function shareOf(key: string, width: number, now: number): FairShare {
		const known = networks.get(key);
		if (known) return known;
		if (networks.size >= sweepAt) {
			for (const [other, share] of networks) if (share.isIdle(now)) networks.delete(other);
			sweepAt = Math.max(sweepAtLeast, 2 * networks.size);
		}
		const share = createFairShare({
			perSecond: ofAddress.perSecond * width,
			burst: ofAddress.burst * width,
		});
		networks.set(key, share);
		return share;
	}

	return {
		take(caller, connection, cost, now) {
			let member = connection;
			const shares: { share: FairShare; member: string }[] = [];
			for (const { key, width } of caller.networks) {
				shares.push({ share: shareOf(key, width, now), member });
				member = key;
			}
			// One who may be anyone shares as a connection of its own.
			shares.push({ share: all, member });
			for (const each of shares) {
				const asked = each.share.ask(each.member, cost, now);
				if (!asked.ok) return asked;
			}
			for (const each of shares) each.share.take(each.member, cost, now);
			return { ok: true };
		},
	};
}
