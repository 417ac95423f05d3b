/**
 * Asks for one source's device and waits for so long and no longer: what was asked for in vain stays open, and what comes of it after all is
 * handed on. Does not know what is wanted by then.
 */
import type { Captured, DeviceWish } from './capture';
import { inTime } from '../../platform/in-time';
import type { Clock } from '../../platform/platform';

/** A device, or a person who is asked, takes so long now and then. After it is said what is waited for, and something else can be asked. */
export const answerWithinMs = 8_000;

/** Asked for in vain so far. */
export interface OpenRequest {
	readonly wish: DeviceWish | null;
}

export interface DeviceRequestsPort {
	clock: Clock;
	capture(wish: DeviceWish | null): Promise<Captured>;
	/** An answer after its time. `awaited`: of the request that was open. */
	late(wish: DeviceWish | null, captured: Captured, awaited: boolean): void;
}

export interface DeviceRequests {
	/** The latest one that has no answer. */
	readonly open: OpenRequest | null;
	/** `null` where no answer comes in time. */
	ask(wish: DeviceWish | null): Promise<Captured | null>;
	/** It can be asked for anew. */
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
