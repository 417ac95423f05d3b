import { describe, expect, it } from 'vitest';
import type { Signal } from '../../protocol';
import { answersAbandonedOffer, epochAfterOurStart, progressAfter } from './pair-epoch';
import { epochLeapMax } from './signal-intake';

describe('a fresh peer of ours', () => {
	it('[N3] is of the next epoch, in which no offer has been abandoned', () => {
		const next = epochAfterOurStart({ epoch: 3, heardEpoch: 3, abandonedOffers: 2 }, 5);
		expect(next).toEqual({ epoch: 4, heardEpoch: 3, abandonedOffers: 0 });
	});

	it('stays in this epoch where there was no peer before: nobody knows of it', () => {
		const before = { epoch: 3, heardEpoch: 3, abandonedOffers: 2 };
		expect(epochAfterOurStart(before, null)).toEqual(before);
	});

	it('[N3] goes no further ahead of whom it has not heard of, and numbers its offers on instead', () => {
		const before = { epoch: 1 + epochLeapMax, heardEpoch: 1, abandonedOffers: 2 };
		expect(epochAfterOurStart(before, 5)).toEqual({ ...before, abandonedOffers: 5 });
		expect(epochAfterOurStart(before, 1)).toEqual(before);
	});
});

it('[N3] the next pair between the same page loads begins an epoch later, and no further ahead than they follow', () => {
	expect(progressAfter({ epoch: 3, heardEpoch: 2 })).toEqual({ epoch: 4, heardEpoch: 2 });
	const far = { epoch: 2 + epochLeapMax, heardEpoch: 2 };
	expect(progressAfter(far)).toEqual(far);
});

it('an answer is to an abandoned offer up to the last one that was abandoned, and nothing else is', () => {
	const at = { epoch: 0, heardEpoch: 0, abandonedOffers: 2 };
	const signal = (type: 'offer' | 'answer', offer: number): Signal => ({
		...{ kind: 'description', epoch: 0, sdp: '', type, offer },
	});
	expect(answersAbandonedOffer(at, signal('answer', 2))).toBe(true);
	expect(answersAbandonedOffer(at, signal('answer', 3))).toBe(false);
	expect(answersAbandonedOffer(at, signal('offer', 1))).toBe(false);
});
