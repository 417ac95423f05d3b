/**
 * What the others do, as often as they like: to be shown by way of `notice-digest.ts`. Another kind is a row here, and its sentence in
 * `words/notice-lines.ts`.
 */
import type { ParticipantId } from '../../protocol';
import type { ChatEntry } from '../chat/chat-state';

interface Kind {
	/** What it takes back: of the two, the last one counts. */
	readonly undoes?: OthersNoticeType;
	/** Two of one person's are two, where otherwise they are one state that is told again. */
	readonly isCounted?: true;
}

type PersonalType = 'joined' | 'left' | 'hand-raised' | 'screen-started' | 'screen-stopped';
export type OthersNoticeType = PersonalType | 'message';

export const othersNoticeKinds: Readonly<Record<OthersNoticeType, Kind>> = {
	joined: { undoes: 'left' },
	left: { undoes: 'joined' },
	'hand-raised': {},
	'screen-started': { undoes: 'screen-stopped' },
	'screen-stopped': { undoes: 'screen-started' },
	message: { isCounted: true },
};

export type OthersNotice =
	| {
			type: PersonalType;
			id: ParticipantId;
			/** As they are called here. */
			name: string;
	  }
	| { type: 'message'; entry: ChatEntry };

export function isOthersNotice<Other extends { type: string }>(
	notice: OthersNotice | Other,
): notice is OthersNotice {
	return notice.type in othersNoticeKinds;
}

/** Whose it is, and what they said, if it is something said. */
export function authorOf(notice: OthersNotice): { id: string; name: string; text: string } {
	if (notice.type !== 'message') return { id: notice.id, name: notice.name, text: '' };
	const { stream, authorName, text } = notice.entry;
	return { id: stream, name: authorName, text };
}
