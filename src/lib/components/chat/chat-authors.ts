/**
 * The displayed names of message authors: for those who are here, the name on their tile; for the others, the first name they had here. The name
 * that an author signs could be anybody's, so it is never shown alone as if it were somebody who is here. Pure. Loaded once somebody is inside.
 */
import { distinctNames } from '../../call/room/distinct-names';
import type { ChatEntry } from '../../call/chat/chat-state';
import type { ParticipantSnapshot } from '../../call/room/room-state';
import { say } from '../../words/say';

/** Names on tiles, by page load. */
export interface Authors {
	readonly now: ReadonlyMap<string, string>;
	readonly first: ReadonlyMap<string, string>;
}

export const noAuthors: Authors = { now: new Map(), first: new Map() };

/** More page loads than a call ever has. Beyond this, the earliest are forgotten. */
const authorsMax = 1_000;

/** Adds those who are here now. Returns the same object if nothing has changed. */
export function withPresent(
	authors: Authors,
	participants: readonly Pick<ParticipantSnapshot, 'incarnation' | 'label'>[],
): Authors {
	const now = new Map(participants.map(({ incarnation, label }) => [incarnation, label]));
	const isSame =
		now.size === authors.now.size && [...now].every(([page, label]) => authors.now.get(page) === label);
	if (isSame) return authors;
	const known = [...authors.first, ...[...now].filter(([page]) => !authors.first.has(page))];
	return { now, first: new Map(known.slice(-authorsMax)) };
}

export function authorWords(
	{ mine, stream, authorName }: Pick<ChatEntry, 'mine' | 'stream' | 'authorName'>,
	{ now, first }: Authors,
): string {
	if (mine) return say('you');
	return now.get(stream) ?? say('authorGone', { name: first.get(stream) ?? aloneAs(authorName) });
}

/** The name as it would be shown for the first person in a room. Whatever they signed, it is not "You". */
function aloneAs(name: string): string {
	return distinctNames([{ id: '', name }]).get('') ?? name;
}
