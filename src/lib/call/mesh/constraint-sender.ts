/**
 * Tells one other end what we make of its pictures, over the data channel: at once where something is to be seen that was not, and
 * otherwise when it has stayed so for a moment.
 */
import type { ReceiverConstraints, ReceiverConstraintsMessage } from '../../protocol';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { asksForMore, sameConstraints } from '../adaptation/shown';

/** Tiles glide to their places, and windows are dragged. */
export const settleMs = 300;
/** The channel did not take it: it is full of what was written before. */
const retryMs = 1_000;

export interface ConstraintSender {
	want(constraints: ReceiverConstraints): void;
	/** The other end knows nothing: the channel has just opened. */
	handleOpen(): void;
	close(): void;
}

export function createConstraintSender(
	clock: Clock,
	port: { isOpen(): boolean; send(text: string): boolean },
): ConstraintSender {
	let wanted: ReceiverConstraints | null = null;
	let told: ReceiverConstraints | null = null;
	let cancel: Unsubscribe | null = null;

	function send(): void {
		cancel?.();
		cancel = null;
		if (!wanted || !port.isOpen() || sameConstraints(wanted, told)) return;
		const message: ReceiverConstraintsMessage = { type: 'receiver-constraints', ...wanted };
		if (port.send(JSON.stringify(message))) told = wanted;
		else cancel = clock.after(retryMs, send);
	}

	return {
		want(constraints) {
			wanted = constraints;
			if (!cancel && sameConstraints(constraints, told)) return;
			if (asksForMore(told, constraints)) send();
			else cancel ??= clock.after(settleMs, send);
		},
		handleOpen() {
			told = null;
			send();
		},
		close() {
			cancel?.();
			cancel = null;
		},
	};
}
