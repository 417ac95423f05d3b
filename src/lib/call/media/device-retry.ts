/** When to try a device again that gave nothing, by the clock. Does not know why it gave nothing, nor what else may lead to another try. */
import type { Clock, Unsubscribe } from '../../platform/platform';

/** How often we retry a device that was lost or that another application holds. */
export const busyRetryMs = 2_000;

export interface DeviceRetry {
	/** Only the clock decides when to try again; a change of devices does not. */
	readonly paced: boolean;
	/**
	 * `paced`: for a track that ended soon after it began. Each such end also changes the devices, which would otherwise cause another try.
	 */
	later(paced?: boolean): void;
	drop(): void;
}

export function createDeviceRetry(clock: Clock, again: () => void): DeviceRetry {
	let cancel: Unsubscribe = () => {};
	let paced = false;
	return {
		get paced() {
			return paced;
		},
		later(isPaced = false) {
			cancel();
			paced = isPaced;
			cancel = clock.after(busyRetryMs, () => {
				paced = false;
				again();
			});
		},
		drop() {
			cancel();
			paced = false;
		},
	};
}
