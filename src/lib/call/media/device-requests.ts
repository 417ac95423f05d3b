/**
 * Asks for the device of one source, with a time limit. A request without an answer stays open, and a late answer is passed on. Does not
 * know what is wanted by then.
 */
import type { Captured, DeviceWish } from './capture';
import { inTime } from '../../platform/in-time';
import type { Clock } from '../../platform/platform';

/**
 * A device, or a person answering the question, sometimes takes this long. After that we show what we are waiting for, and may ask for
 * something else.
 */
export const answerWithinMs = 8_000;

/** A request that has no answer yet. */
export interface OpenRequest {
	readonly wish: DeviceWish | null;
}

export interface DeviceRequestsPort {
	clock: Clock;
	capture(wish: DeviceWish | null): Promise<Captured>;
	/** A late answer. `awaited`: it belongs to the request that was open. */
	late(wish: DeviceWish | null, captured: Captured, awaited: boolean): void;
}

export interface DeviceRequests {
	/** The latest request, if it has no answer. */
	readonly open: OpenRequest | null;
	/** `null` when no answer comes in time. */
	ask(wish: DeviceWish | null): Promise<Captured | null>;
	/** Forgets the open request, so that the device can be asked for again. */
	forget(): void;
}

export function createDeviceRequests({ clock, capture, late }: DeviceRequestsPort): DeviceRequests {
	let open: OpenRequest | null = null;
	return {
		get open() {
			return open;
		},
		async ask(wish) {
			const request: OpenRequest = { wish };
			const captured = await inTime(clock, capture(wish), answerWithinMs, (answer) => {
				const awaited = open === request;
				if (awaited) open = null;
				late(wish, answer, awaited);
			});
			open = captured ? null : request;
			return captured ?? null;
		},
		forget() {
			open = null;
		},
	};
}
