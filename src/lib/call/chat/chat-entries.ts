/**
 * The chat log as the interface shows it.
 */
import { chatMessageId, type ChatMessage } from '../../protocol/peer/chat';
import type { ChatEntry } from './chat-state';

export interface ChatViewpoint {
	/** Our page load. Only this makes a message ours, whatever name its author uses. */
	stream: string;
	/** Whether this message is ours and has not been sent to anybody yet. */
	isWaiting(message: ChatMessage): boolean;
}

/** Makes an entry for each message. An entry with the same content as before is the same object as before. */
export function createChatEntries({ stream, isWaiting }: ChatViewpoint) {
	const known = new WeakMap<ChatMessage, ChatEntry>();
	return (message: ChatMessage, shownAt: number): ChatEntry => {
		const mine = message.stream === stream;
		const state = mine && isWaiting(message) ? 'waiting' : 'sent';
		const before = known.get(message);
		if (before?.state === state && before.shownAt === shownAt) return before;
		const entry: ChatEntry = {
			id: chatMessageId(message),
			stream: message.stream,
			authorName: message.authorName,
			mine,
			text: message.text,
			sentAt: message.sentAt,
			shownAt,
			state,
		};
		known.set(message, entry);
		return entry;
	};
}
