/**
 * Decides when we tell the others about participants who are gone and can no longer send their messages to people who never met them: one
 * introduction after the other, with growing pauses. `chat-introductions.ts` decides whom it names.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';
import { introductionsMax } from './chat-introductions';

/**
 * Between two introductions, multiplied by the number of earlier ones: however often others come and go, those that we may make are enough
 * for hours.
 */
const introductionPauseMs = 500;

export interface ChatIntroducerPort {
	clock: Clock;
	/** Whether there is anybody to tell, and whether we may write a message for it. */
	mayIntroduce(): boolean;
	/** Empty when there is nothing to say. */
	next(): [string, number][];
	introduce(streams: [string, number][]): void;
}

export interface ChatIntroducer {
	/** Somebody may have to be introduced. */
	introduceLater(): void;
	close(): void;
}

export function createChatIntroducer(port: ChatIntroducerPort): ChatIntroducer {
	const { clock } = port;
	let introductions = 0;
	let introducedAt = Number.NEGATIVE_INFINITY;
	let cancel: Unsubscribe | null = null;
	let closed = false;

	function introduceLater(): void {
		if (cancel || closed) return;
		const pauseMs = introductionPauseMs * introductions;
		const delayMs = Math.max(0, introducedAt + pauseMs - clock.now());
		cancel = clock.after(delayMs, () => {
			cancel = null;
			if (introductions >= introductionsMax || !port.mayIntroduce()) return;
			const streams = port.next();
			if (streams.length === 0) return;
			introductions++;
			introducedAt = clock.now();
			port.introduce(streams);
			// One introduction may not hold all of them.
			introduceLater();
		});
	}

	return {
		introduceLater,
		close() {
			closed = true;
			cancel?.();
		},
	};
}
