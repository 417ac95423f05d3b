/**
 * What the others do, as often as they like. It is shown through `notice-digest.ts`. Another kind takes a row here, and a sentence in
 * `words/notice-lines.ts`.
 */
import type { ParticipantId } from '../../protocol';
import type { ChatEntry } from '../chat/chat-state';

interface Kind {
	/** The kind that it undoes: of the two, the last one counts. */
	readonly undoes?: OthersNoticeType;
	/** Two of these from one person count as two. Of other kinds, they are one state that is told again. */
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
			/** The name that is shown here. */
			name: string;
	  }
	| { type: 'message'; entry: ChatEntry };

export function isOthersNotice<Other extends { type: string }>(
	notice: OthersNotice | Other,
): notice is OthersNotice {
	return notice.type in othersNoticeKinds;
}

/** Who it is about, and the text if it is a message. */
export function authorOf(notice: OthersNotice): { id: string; name: string; text: string } {
	if (notice.type !== 'message') return { id: notice.id, name: notice.name, text: '' };
	const { stream, authorName, text } = notice.entry;
	return { id: stream, name: authorName, text };
}
