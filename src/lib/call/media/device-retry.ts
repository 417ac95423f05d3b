/** When a device that gave nothing is tried again by the clock. Does not know why it gave nothing, nor what else may lead to another try. */
import type { Clock, Unsubscribe } from '../../platform/platform';

/** How often a device that another application holds, or that was lost, is tried again. */
export const busyRetryMs = 2_000;

export interface DeviceRetry {
	/** Only the clock says when to try again: devices that change are no reason. */
	readonly paced: boolean;
	/** `paced`: of a track that ended as soon as it began, which changes devices as well. */
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
