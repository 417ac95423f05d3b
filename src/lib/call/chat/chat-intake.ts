/**
 * What has come from the others and is to be checked: one message after the other, each of the others in turn, so that
 * whoever sends much waits for themselves alone. Knows nothing of what checking is.
 */
import type { ChatMessage } from '../../protocol/peer/chat';

/** Of one participant. More than an answer brings in a burst; what is beyond is asked for again. */
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
	/** By whose turn it is. */
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
