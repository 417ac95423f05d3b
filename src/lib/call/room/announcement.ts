/**
 * What the others are told of us: all of it with a join, and from then on what has changed. Knows when nothing has; what is true of us it
 * asks for.
 */
import { changeBetween, type MemberChange, type MemberState, type Publications } from '../../protocol';
import type { LocalMediaSnapshot } from '../media/media-state';

export interface Announcement {
	/** What was told last. */
	readonly told: MemberState;
	/** For a join, which tells it. */
	tellAll(): MemberState;
	/** For an update, which tells it; `null` where there is nothing new. */
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

/** A source is on when something comes of it, not when it is wished for. */
export function publicationsOf({ microphone, camera, screen }: LocalMediaSnapshot): Publications {
	const gives = ({ wanted, state }: { wanted: boolean; state: string }) => wanted && state === 'on';
	return { microphone: gives(microphone), camera: gives(camera), screen: gives(screen) };
}
