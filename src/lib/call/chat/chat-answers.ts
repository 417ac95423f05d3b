/**
 * When others say what they hold, sends them what they lack: one batch after the other, at the rate of the answer budget, then a pause.
 * What they ask meanwhile waits for the next round.
 */
import type { Clock } from '../../platform/platform';
import { createAnswerBudget } from './answer-budget';
import type { ChatDelivery } from './chat-delivery';
import { answersTo } from './chat-difference';
import { isPresent, type Remote, type Remotes } from './chat-remote';
import type { ChatStreams } from './chat-streams';

/** Between two answers to one participant, each of which may be the whole log. */
const answerPauseMs = 500;

export interface ChatAnswersPort {
	clock: Clock;
	/** Our own stream. */
	own: string;
	remotes: Remotes;
	streams: ChatStreams;
	deliver: ChatDelivery['deliver'];
}

/** @returns a function that answers what this participant has asked, unless it is doing so already */
export function createChatAnswers({ clock, own, remotes, streams, deliver }: ChatAnswersPort) {
	const budget = createAnswerBudget();

	/** Never resolves if the participant leaves: their timers are cancelled. */
	function pause(remote: Remote, delayMs: number): Promise<void> {
		return new Promise((resolve) => {
			remote.timers.answer = clock.after(delayMs, () => {
				remote.timers.answer = null;
				resolve();
			});
		});
	}

	return async function answer(remote: Remote): Promise<void> {
		if (remote.answering || remote.unanswered.size === 0) return;
		remote.answering = true;
		const asked = [...remote.unanswered.values()];
		remote.unanswered.clear();
		for (const message of answersTo(streams, own, asked)) {
			const delayMs = budget.take(remote, JSON.stringify(message).length, clock.now());
			if (delayMs > 0) await pause(remote, delayMs);
			if (!isPresent(remotes, remote) || !(await deliver(remote, message))) break;
		}
		if (!isPresent(remotes, remote)) return;
		await pause(remote, answerPauseMs);
		remote.answering = false;
		void answer(remote);
	};
}
