/**
 * Which of the peers between two page loads one end is at ([N3] of `docs/PROTOCOL.md`): the count of starts, and which offers of this one no
 * longer stand. Pure.
 */
import type { Signal } from '../../protocol';
import { epochLeapMax } from './signal-intake';

/** Where the peers between two page loads are. */
export interface PairProgress {
	readonly epoch: number;
	/** The latest epoch in which the other end was heard. */
	readonly heardEpoch: number;
}

/** With what counts while the pair lasts. */
export interface PairEpoch extends PairProgress {
	/** Offers up to this number were made in this epoch by a peer that then yielded. */
	readonly abandonedOffers: number;
}

/** Where the next pair between the same two page loads begins: the other end may still have the peer that we gave up. */
export function progressAfter({ epoch, heardEpoch }: PairProgress): PairProgress {
	return { epoch: Math.min(epoch + 1, heardEpoch + epochLeapMax), heardEpoch };
}

/**
 * For a fresh peer of ours: the next epoch, unless nobody knows of the peer before, or they have not followed for long.
 * @param offersMade by the peer before; `null` where there was none
 */
export function epochAfterOurStart(before: PairEpoch, offersMade: number | null): PairEpoch {
	if (offersMade !== null && before.epoch - before.heardEpoch < epochLeapMax) {
		return { ...before, epoch: before.epoch + 1, abandonedOffers: 0 };
	}
	return { ...before, abandonedOffers: Math.max(before.abandonedOffers, offersMade ?? 0) };
}

/** Their answer was overtaken by a later offer of theirs, and the connection it would complete is gone. */
export function answersAbandonedOffer({ abandonedOffers }: PairEpoch, signal: Signal): boolean {
	return signal.kind === 'description' && signal.type === 'answer' && signal.offer <= abandonedOffers;
}
