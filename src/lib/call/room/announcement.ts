/**
 * What we tell the others about us: everything with a join, and from then on what has changed. Knows whether something has changed; asks
 * for what is true of us.
 */
import { changeBetween, type MemberChange, type MemberState, type Publications } from '../../protocol';
import type { LocalMediaSnapshot } from '../media/media-state';

export interface Announcement {
	/** What we told last. */
	readonly told: MemberState;
	/** For a join: the caller sends everything it returns. */
	tellAll(): MemberState;
	/** For an update: the caller sends the change it returns; `null` if nothing is new. */
	tellChange(): MemberChange | null;
}

/** `own`: what is true of us now. */
export function createAnnouncement(own: () => MemberState): Announcement {
	let told: MemberState = {
		name: '',
		publications: { microphone: false, camera: false, screen: false },
		hand: false,
	};
	return {
		get told() {
			return told;
		},
		tellAll: () => (told = own()),
		tellChange() {
			const before = told;
			const change = changeBetween(before, (told = own()));
			return Object.keys(change).length > 0 ? change : null;
		},
	};
}

/** A source is on when it gives something, not when it is only wanted. */
export function publicationsOf({ microphone, camera, screen }: LocalMediaSnapshot): Publications {
	const gives = ({ wanted, state }: { wanted: boolean; state: string }) => wanted && state === 'on';
	return { microphone: gives(microphone), camera: gives(camera), screen: gives(screen) };
}
