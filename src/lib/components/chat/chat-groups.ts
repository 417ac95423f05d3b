/** Groups messages that one person wrote in one go, so that several messages share one name and time. */
import type { ChatEntry } from '../../call/chat/chat-state';
import { isSameDay } from '../../words/chat-clock';

export interface ChatGroup {
	/** The id of its first message, so that it stays the same while messages are added. */
	id: string;
	/** The page load that wrote it, and the name it signed. */
	stream: string;
	authorName: string;
	mine: boolean;
	/** Milliseconds since the epoch, by this device's clock. */
	shownAt: number;
	entries: ChatEntry[];
}

const sameBreathMs = 5 * 60_000;

export function groupEntries(entries: readonly ChatEntry[]): ChatGroup[] {
	const groups: ChatGroup[] = [];
	for (const entry of entries) {
		const group = groups.at(-1);
		const before = group?.entries.at(-1);
		if (
			group &&
			before?.stream === entry.stream &&
			before.authorName === entry.authorName &&
			entry.shownAt - before.shownAt < sameBreathMs &&
			isSameDay(entry.shownAt, before.shownAt)
		) {
			group.entries.push(entry);
		} else {
			const { id, stream, authorName, mine, shownAt } = entry;
			groups.push({ id, stream, authorName, mine, shownAt, entries: [entry] });
		}
	}
	return groups;
}
