/** Whom to show where there is room for one person: whoever speaks now or spoke last. Pure. */
import type { CallSnapshot } from '../call/snapshot';
import type { ParticipantSnapshot } from '../call/room/room-state';

export interface FeaturedInput {
	participants: readonly ParticipantSnapshot[];
	/** Who was shown before. They stay until somebody else speaks. */
	previous: string | null;
	/** Whether only people with a picture qualify. */
	needsPicture: boolean;
}

/** `null` when there is nobody. */
export function featured({
	participants,
	previous,
	needsPicture,
}: FeaturedInput): ParticipantSnapshot | null {
	const candidates = participants.filter(({ cameraStream }) => !needsPicture || cameraStream !== null);
	const before = candidates.find(({ id }) => id === previous);
	if (before?.speaking) return before;
	return candidates.find(({ speaking }) => speaking) ?? before ?? candidates[0] ?? null;
}

/** The stream for a window that can show only one video: one of the others, or else the person's own; `null` if no camera is on. */
export function featuredStream(
	{ participants, media }: Pick<CallSnapshot, 'participants' | 'media'>,
	previous: string | null,
): { id: string | null; stream: MediaStream | null } {
	const person = featured({ participants, previous, needsPicture: true });
	return person ? { id: person.id, stream: person.cameraStream } : { id: null, stream: media.cameraStream };
}
