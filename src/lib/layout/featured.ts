/** Whom to show where there is room for one: who speaks now or spoke last. Pure. */
import type { CallSnapshot } from '../call/snapshot';
import type { ParticipantSnapshot } from '../call/room/room-state';

export interface FeaturedInput {
	participants: readonly ParticipantSnapshot[];
	/** Who was shown before: they stay until somebody else speaks. */
	previous: string | null;
	/** Whether only who is seen will do. */
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

/** The stream for a window that can show nothing but a video: of the others, else one's own; `null` when no camera is on. */
export function featuredStream(
	{ participants, media }: Pick<CallSnapshot, 'participants' | 'media'>,
	previous: string | null,
): { id: string | null; stream: MediaStream | null } {
	const person = featured({ participants, previous, needsPicture: true });
	return person ? { id: person.id, stream: person.cameraStream } : { id: null, stream: media.cameraStream };
}
