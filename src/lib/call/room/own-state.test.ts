import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { pageLoad } from '../../../../tests/support/page-load';
import type { Participant } from '../../protocol';
import type { LocalMediaSnapshot, LocalSource } from '../media/media-state';
import { createOwnState } from './own-state';
import { emptyRoster } from './roster';

const on: LocalSource = { wanted: true, state: 'on', failure: null };
const off: LocalSource = { wanted: false, state: 'off', failure: null };

function open() {
	let sources = { microphone: on, camera: on, screen: off };
	const own = createOwnState({
		clock: new FakeClock(),
		media: () => sources as LocalMediaSnapshot,
		isInCall: () => false,
		tell: () => undefined,
	});
	own.setName('Ann');
	return {
		own,
		setMicrophone: (microphone: LocalSource) => (sources = { ...sources, microphone }),
	};
}

const ann: Participant = {
	...{ id: 'ann-here', incarnation: pageLoad('ann'), name: 'Ann', handRaisedAt: null },
	publications: { microphone: true, camera: true, screen: false },
	...{ presence: 'here', joinedAt: 1 },
};
const inside = { self: ann, others: [] };

describe('what one sees of oneself', () => {
	it('is all that the others are told, but for the hand, which has its moment, and what is interrupted', () => {
		const { own } = open();
		const { hand: _, interruption: __, ...said } = own.tellAll();
		const ofTheRoom = { id: ann.id, label: 'Ann', handRaisedAt: null, speaking: false };
		expect(own.snapshot(inside, () => false)).toEqual({ ...said, ...ofTheRoom });
	});

	it('is as it is now, whether anybody has been told or not', () => {
		const { own, setMicrophone } = open();
		setMicrophone(off);
		own.setName('Anna');
		own.setHand(true);
		expect(own.snapshot(emptyRoster, () => false)).toMatchObject({
			...{ id: null, name: 'Anna', label: 'Anna', handRaisedAt: expect.any(Number) as unknown },
			publications: { microphone: false, camera: true, screen: false },
		});
	});

	it('is the same object until something is otherwise', () => {
		const { own } = open();
		const before = own.snapshot(inside, () => false);
		expect(own.snapshot(inside, () => false)).toBe(before);
		const speaking = own.snapshot(inside, () => true);
		expect(speaking).toEqual({ ...before, speaking: true });
		expect(own.snapshot(inside, () => true)).toBe(speaking);
	});

	it('is silent as soon as the microphone is off, however loud it was last', () => {
		const { own, setMicrophone } = open();
		expect(own.snapshot(inside, () => true).speaking).toBe(true);
		setMicrophone(off);
		expect(own.snapshot(inside, () => true).speaking).toBe(false);
	});
});
