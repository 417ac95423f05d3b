/**
 * Which of the successive peers between two page loads one end has reached ([N3] of `docs/PROTOCOL.md`): counts the starts, and knows which
 * offers of the current peer are void. Pure.
 */
import type { Signal } from '../../protocol';
import { epochLeapMax } from './signal-intake';

/** How far two page loads have come in their succession of peers. */
export interface PairProgress {
	readonly epoch: number;
	/** The latest epoch in which we heard from the other end. */
	readonly heardEpoch: number;
}

/** The same, with what matters only while the pair lasts. */
export interface PairEpoch extends PairProgress {
	/** Offers up to this number were made in this epoch by a peer that then yielded. */
	readonly abandonedOffers: number;
}

/** Where the next pair between the same two page loads begins: the other end may still have the peer that we closed. */
export function progressAfter({ epoch, heardEpoch }: PairProgress): PairProgress {
	return { epoch: Math.min(epoch + 1, heardEpoch + epochLeapMax), heardEpoch };
}

/**
 * For a fresh peer of ours: the next epoch, unless nobody knows of the previous peer, or the other end has not followed for too many
 * epochs.
 * @param offersMade by the previous peer; `null` where there was none
 */
export function epochAfterOurStart(before: PairEpoch, offersMade: number | null): PairEpoch {
	if (offersMade !== null && before.epoch - before.heardEpoch < epochLeapMax) {
		return { ...before, epoch: before.epoch + 1, abandonedOffers: 0 };
	}
	return { ...before, abandonedOffers: Math.max(before.abandonedOffers, offersMade ?? 0) };
}

/** Their answer belongs to an offer that we gave up for a later offer of theirs, and the connection it would complete is gone. */
export function answersAbandonedOffer({ abandonedOffers }: PairEpoch, signal: Signal): boolean {
	return signal.kind === 'description' && signal.type === 'answer' && signal.offer <= abandonedOffers;
}
