/**
 * What one address may use over all its connections, and what all addresses may use together. Connections of an address share fairly, and
 * so do the parts of an IPv6 network, and all addresses: whoever floods is refused, and the others go on.
 */
import type { Caller } from './address';
import { createFairShare, type FairShare } from './fair-share';
import type { Rate, Taken } from './rate-limit';

export interface SharedRate {
	ofAddress: Rate;
	/** For the whole process. */
	ofAll: Rate;
}

/** `connection` tells a caller's connections apart. */
export interface SharedLimit {
	/** Takes `cost` if there is enough. */
	take(caller: Caller, connection: string, cost: number, now: number): Taken;
	/** Whether there is enough, or in how many milliseconds. */
	ask(caller: Caller, connection: string, cost: number, now: number): Taken;
	/** Counts what has already been used. */
	charge(caller: Caller, connection: string, cost: number, now: number): void;
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

	/** Every share that this use counts in, from the caller's address up to the whole process. */
	function sharesOf(caller: Caller, connection: string, now: number): { share: FairShare; member: string }[] {
		let member = connection;
		const shares = caller.networks.map(({ key, width }) => {
			const shared = { share: shareOf(key, width, now), member };
			member = key;
			return shared;
		});
		// A caller who could be anyone shares as a single connection.
		return [...shares, { share: all, member }];
	}

	function ask(caller: Caller, connection: string, cost: number, now: number): Taken {
		for (const { share, member } of sharesOf(caller, connection, now)) {
			const asked = share.ask(member, cost, now);
			if (!asked.ok) return asked;
		}
		return { ok: true };
	}

	function charge(caller: Caller, connection: string, cost: number, now: number): void {
		for (const { share, member } of sharesOf(caller, connection, now)) share.take(member, cost, now);
	}

	return {
		ask,
		charge,
		take(caller, connection, cost, now) {
			const asked = ask(caller, connection, cost, now);
			if (asked.ok) charge(caller, connection, cost, now);
			return asked;
		},
	};
}
