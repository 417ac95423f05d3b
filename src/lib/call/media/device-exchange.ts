/**
 * What to ask the browser for, and in which order, to get from the device that is held to the one that is wanted: without a second question
 * to the person, without giving up a working device for one that doesn't work, and with a time limit. Holds nothing itself.
 */
import type { DeviceWish } from './capture';
import type { DeviceRequests } from './device-requests';
import { sameWish, satisfies, wishFor, type HeldDevice } from './held-device';
import type { MediaFailureCode } from './media-state';

export interface Desired {
	hold: boolean;
	wish: DeviceWish | null;
}

export interface DeviceExchangePort {
	requests: DeviceRequests;
	held(): HeldDevice | null;
	desired(): Desired;
	/** Whether the browser may be asking the person at this moment. */
	mayBeAsking(): Promise<boolean>;
	letGo(): void;
	/** Keeps the track if it still fits, else stops it. */
	keepOrStop(track: MediaStreamTrack, asked: DeviceWish | null, now: Desired): void;
	/** The wished device gave nothing; `kept` is the wish whose device stays in use. */
	refuse(refused: DeviceWish | null, kept: DeviceWish | null): void;
	fail(code: MediaFailureCode): void;
}

/** @returns one step towards what is desired, for a reconciler */
export function createDeviceExchange(port: DeviceExchangePort) {
	const { requests } = port;

	function giveUp(asked: Desired, latest: () => Desired): Promise<void> | void {
		if (latest() !== asked) return;
		const held = port.held();
		if (held && !held.stale) return port.refuse(asked.wish, wishFor(held));
		return waitOn();
	}

	/** Shows what we are waiting for. */
	async function waitOn(): Promise<void> {
		const held = port.held();
		if (held) {
			held.stale = false;
			return;
		}
		const waiting = requests.open;
		const code = (await port.mayBeAsking()) ? 'asking' : 'no-answer';
		if (waiting === requests.open && port.desired().hold && !port.held()) port.fail(code);
	}

	return async function exchange(desired: Desired, latest: () => Desired): Promise<void> {
		if (!desired.hold) return port.letGo();
		let held = port.held();
		if (held && satisfies(held, desired.wish)) return;
		// A device that gave nothing and is chosen again is asked for again, since something else is in use meanwhile.
		const waits = !held || held.stale;
		if (waits && requests.open && sameWish(requests.open.wish, desired.wish)) return waitOn();
		// A second question would only wait behind the first.
		if (requests.open && (await port.mayBeAsking())) return waitOn();
		let captured = await requests.ask(desired.wish);
		if (!captured) return giveUp(desired, latest);
		held = port.held();
		// A stale track that is muted may still come back, so we keep it; a stale track that isn't muted gives nothing anyway.
		const spared = held?.stale && held.track.muted;
		if (!captured.ok && captured.code === 'busy' && held && !spared && latest() === desired) {
			// Some systems (Android's cameras) open one device at a time: release the old one and ask once more.
			const { stale } = held;
			const before = wishFor(held);
			port.letGo();
			captured = await requests.ask(desired.wish);
			if (!captured?.ok && !stale && latest() === desired) {
				const back = await requests.ask(before);
				if (latest() === desired) port.refuse(desired.wish, before);
				return back?.ok ? port.keepOrStop(back.track, before, latest()) : undefined;
			}
			if (!captured) return giveUp(desired, latest);
			held = port.held();
		}
		// The device is still taken: the old track may come back, and a new one that is muted as well would be no better.
		if (captured.ok && held?.stale && held.track.muted && captured.track.muted) {
			captured.track.stop();
			held.stale = false;
			return;
		}
		if (captured.ok) return port.keepOrStop(captured.track, desired.wish, latest());
		// The wish has changed: the loop runs again and decides by what it finds then.
		if (latest() !== desired) return;
		if (!held) port.fail(captured.code);
		else if (held.stale) held.stale = false;
		else port.refuse(desired.wish, wishFor(held));
	};
}
