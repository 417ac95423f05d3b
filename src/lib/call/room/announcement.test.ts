import { describe, expect, it } from 'vitest';
import type { MemberState } from '../../protocol';
import { createAnnouncement } from './announcement';

function open() {
	const own: MemberState = {
		name: 'Ann',
		publications: { microphone: true, camera: false, screen: false },
		hand: false,
	};
	return { own, announcement: createAnnouncement(() => structuredClone(own)) };
}

describe('what the others are told of us', () => {
	it('[J4] is all of it with a join, and what is true by then with the next', () => {
		const { own, announcement } = open();
		expect(announcement.tellAll()).toEqual(own);
		own.name = 'Anna';
		expect(announcement.tellAll()).toEqual(own);
		expect(announcement.told).toEqual(own);
	});

	it('[U1] is from then on what has changed, each of it once', () => {
		const { own, announcement } = open();
		announcement.tellAll();
		expect(announcement.tellChange()).toBeNull();
		own.hand = true;
		own.publications.camera = true;
		expect(announcement.tellChange()).toEqual({ hand: true, publications: own.publications });
		expect(announcement.tellChange()).toBeNull();
	});

	it('is told again when it is what it was before the last change', () => {
		const { own, announcement } = open();
		announcement.tellAll();
		own.hand = true;
		announcement.tellChange();
		own.hand = false;
		expect(announcement.tellChange()).toEqual({ hand: false });
	});
});
