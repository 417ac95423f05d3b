/**
 * What each of two ends can use of the other's pictures, over the data channel. Ours is sent to them; theirs is followed, but only as often
 * as encoders can be set again.
 */
import { mayBeReceiverConstraints, parseReceiverConstraints, type ReceiverConstraints } from '../../protocol';
import { createNewestOnly } from '../../platform/newest-only';
import type { Clock } from '../../platform/platform';
import { createConstraintSender, type ConstraintSender } from './constraint-sender';

/** How often their constraints may change: each change sets every encoder again. */
const constraintRate = { perSecond: 10, burst: 20 };

export interface ConstraintExchange extends Omit<ConstraintSender, 'handleOpen'> {
	/** What they can use of what we send; `null` until they say so. */
	readonly theirs: ReceiverConstraints | null;
	/** When the channel opens, the other end knows nothing yet. */
	handleChannel(open: boolean): void;
	/** False if the text is something else. */
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
			// Most messages are chat, which this file does not read.
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
