/**
 * When the others are told of those who are gone, who can no longer bring what they wrote to those who never met them: one introduction after
 * the other, with growing pauses. Whom it names is decided in `chat-introductions.ts`.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';
import { introductionsMax } from './chat-introductions';

/** Between two introductions, growing with each: however often others come and go, they last for hours. */
const introductionPauseMs = 500;

export interface ChatIntroducerPort {
	clock: Clock;
	/** Whether there is anybody to tell, and a message may be written for it. */
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
			// There may be more than one holds.
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
