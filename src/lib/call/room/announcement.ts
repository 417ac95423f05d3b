/** What the others are told of our sources: which of them give something, and what keeps one that is on from doing so. */
import type { Interruption, Publications } from '../../protocol';
import { interruptionOf, sameInterruption } from '../media/interruption';
import type { LocalMediaSnapshot } from '../media/media-state';

export interface Announcement {
	publications: Publications;
	interruption: Interruption;
}

export const nothingAnnounced: Announcement = {
	publications: { microphone: false, camera: false, screen: false },
	interruption: { microphone: false, camera: false, background: false },
};

/** A source is on when something comes of it, not when it is wished for. */
export function announcementOf(media: LocalMediaSnapshot, pageHidden: boolean): Announcement {
	const gives = ({ wanted, state }: { wanted: boolean; state: string }) => wanted && state === 'on';
	return {
		publications: {
			microphone: gives(media.microphone),
			camera: gives(media.camera),
			screen: gives(media.screen),
		},
		interruption: interruptionOf(media, pageHidden),
	};
}

export function sameAnnouncement(a: Announcement, b: Announcement): boolean {
	const [before, now] = [a.publications, b.publications];
	return (
		before.microphone === now.microphone &&
		before.camera === now.camera &&
		before.screen === now.screen &&
		sameInterruption(a.interruption, b.interruption)
	);
}
