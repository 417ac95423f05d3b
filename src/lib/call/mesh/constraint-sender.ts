/**
 * Tells one other end what we can use of its pictures, over the data channel: at once if something becomes visible, and otherwise once the
 * value has been the same for a moment.
 */
import type { ReceiverConstraints, ReceiverConstraintsMessage } from '../../protocol';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { asksForMore, sameConstraints } from '../adaptation/shown';

/** Tiles move with an animation, and windows are dragged: wait until that is over. */
export const settleMs = 300;
/** The wait after the channel refused a message because its buffer is full. */
const retryMs = 1_000;

export interface ConstraintSender {
	want(constraints: ReceiverConstraints): void;
	/** The channel has just opened, so the other end knows nothing yet. */
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
