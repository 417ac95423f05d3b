/**
 * A queue of messages from the others that still have to be checked: one message at a time, the participants in turn, so that whoever sends
 * a lot delays only themselves. Knows nothing about the check itself.
 */
import type { ChatMessage } from '../../protocol/peer/chat';

/** The limit for one participant. It is more than one burst of an answer; what exceeds it is asked for again. */
export const queueMax = 1_000;

export interface ChatIntake<Remote> {
	add(from: Remote, messages: readonly ChatMessage[]): void;
	forget(from: Remote): void;
	close(): void;
}

export function createChatIntake<Remote>(
	check: (from: Remote, message: ChatMessage) => Promise<void>,
	overflowed: (from: Remote) => void,
): ChatIntake<Remote> {
	/** In the order of their turns. */
	const queues = new Map<Remote, ChatMessage[]>();
	let working = false;

	async function work(): Promise<void> {
		if (working) return;
		working = true;
		for (;;) {
			const [turn] = queues;
			if (!turn) break;
			const [from, queue] = turn;
			queues.delete(from);
			const message = queue.shift();
			if (!message) continue;
			if (queue.length > 0) queues.set(from, queue);
			await check(from, message);
		}
		working = false;
	}

	return {
		add(from, messages) {
			const queue = queues.get(from) ?? [];
			const taken = messages.slice(0, queueMax - queue.length);
			queue.push(...taken);
			queues.set(from, queue);
			if (taken.length < messages.length) overflowed(from);
			void work();
		},
		forget: (from) => void queues.delete(from),
		close: () => queues.clear(),
	};
}
