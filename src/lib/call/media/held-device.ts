/**
 * A captured track together with the wish it came from. Browsers may give another device than the wished one, so it takes a rule to tell
 * whether a track is still the wanted one. Pure.
 */
import type { DeviceWish } from './capture';

export interface HeldDevice {
	track: MediaStreamTrack;
	/** What was asked for; `null` is the system's default. */
	wish: DeviceWish | null;
	/** The browser gave another device than the wished one. */
	fellBack: boolean;
	/** Needs replacing by a fresh track of the same device. */
	stale: boolean;
	sinceMs: number;
}

export function heldDevice(track: MediaStreamTrack, wish: DeviceWish | null, sinceMs: number): HeldDevice {
	const given = track.getSettings().deviceId;
	// If a browser doesn't say what it gave, we take it that it gave what was asked for.
	const fellBack = wish !== null && given !== undefined && given !== wish.id;
	return { track, wish, fellBack, stale: false, sinceMs };
}

/** The wish that yields this very device again. */
export function wishFor(held: HeldDevice): DeviceWish | null {
	return held.fellBack ? null : held.wish;
}

export function sameWish(one: DeviceWish | null, other: DeviceWish | null): boolean {
	return one?.id === other?.id && one?.exact === other?.exact;
}

/**
 * Whether there is nothing left to capture. A track of another device than the wished one is good enough for that wish until the wished
 * device is known to be there.
 */
export function satisfies(held: HeldDevice, wish: DeviceWish | null): boolean {
	if (held.stale) return false;
	if (wish === null) return held.wish === null || held.fellBack;
	return held.wish?.id === wish.id && !(held.fellBack && wish.exact);
}
