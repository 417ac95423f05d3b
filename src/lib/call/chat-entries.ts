/**
 * The chat log as the interface shows it.
 */
import type { ChatMessage, ParticipantId } from '../protocol';
import type { ChatEntry } from './snapshot';

export interface ChatViewpoint {
	selfId: ParticipantId;
	/** Our page load. What was written in it stays ours when the seat, and with it our id, is lost. */
	stream: string;
	/** Ids of messages that have gone to nobody yet. */
	waiting: ReadonlySet<string>;
}

/** An entry for each message. Those that say the same as before are the same objects as before. */
export function toEntries(
	messages: readonly ChatMessage[],
	before: readonly ChatEntry[],
	viewpoint: ChatViewpoint,
): readonly ChatEntry[] {
	const known = new Map(before.map((entry) => [entry.id, entry]));
	return messages.map((message) => {
		const entry: ChatEntry = {
			id: message.id,
			authorId: message.author,
			authorName: message.authorName,
			mine: message.author === viewpoint.selfId || message.stream === viewpoint.stream,
			text: message.text,
			sentAt: message.sentAt,
			state: viewpoint.waiting.has(message.id) ? 'waiting' : 'sent',
		};
		const same = known.get(entry.id);
		return same && isSame(same, entry) ? same : entry;
	});
}

function isSame(a: ChatEntry, b: ChatEntry): boolean {
	return (Object.keys(b) as (keyof ChatEntry)[]).every((key) => a[key] === b[key]);
}
