/**
 * What each of two ends makes of the other's pictures, over the data channel: ours is told them, theirs is heeded, but no more often than encoders
 * can be set anew.
 */
import { mayBeReceiverConstraints, parseReceiverConstraints, type ReceiverConstraints } from '../../protocol';
import { createNewestOnly } from '../../platform/newest-only';
import type { Clock } from '../../platform/platform';
import { createConstraintSender, type ConstraintSender } from './constraint-sender';

/** How often what they make of it may change: each time every encoder is set anew. */
const constraintRate = { perSecond: 10, burst: 20 };

export interface ConstraintExchange extends Omit<ConstraintSender, 'handleOpen'> {
	/** What they make of what we send; `null` until they say so. */
	readonly theirs: ReceiverConstraints | null;
	/** A channel that has just opened is one to somebody who knows nothing. */
	handleChannel(open: boolean): void;
	/** False where the text is something else. */
	handleText(text: string): boolean;
}

export function createConstraintExchange(
	clock: Clock,
	port: { isOpen(): boolean; send(text: string): boolean; changed(): void },
): ConstraintExchange {
	let channelOpen = false;
	let theirs: ReceiverConstraints | null = null;
	const sender = createConstraintSender(clock, port);
	const newest = createNewestOnly(clock, constraintRate, (text: string) => {
		const parsed = parseReceiverConstraints(text);
		if (!parsed) return;
		theirs = parsed;
		port.changed();
	});

	return {
		want: sender.want,
		get theirs() {
			return theirs;
		},
		handleChannel(open) {
			const opened = open && !channelOpen;
			channelOpen = open;
			if (opened) sender.handleOpen();
		},
		handleText(text) {
			// Most messages are chat, and none of those is looked into here.
			const isOne = mayBeReceiverConstraints(text);
			if (isOne) newest.take(text);
			return isOne;
		},
		close() {
			sender.close();
			newest.close();
		},
	};
}
