/** Whether the browser may be asking the person for a device at this moment, which no browser says. */
import type { CaptureSource } from './media-state';
import { inTime } from '../../platform/in-time';
import type { Clock, MediaDevicesPort } from '../../platform/platform';

/** What a browser knows without asking anybody, it says sooner than this or not at all. */
const tellWithinMs = 1_000;

/** `undefined` where the platform can't say, or doesn't. */
export function permissionOf(
	clock: Pick<Clock, 'after'>,
	devices: MediaDevicesPort,
	source: CaptureSource,
): Promise<PermissionState | undefined> {
	return inTime(clock, devices.permission(source), tellWithinMs).catch(() => undefined);
}

/**
 * Of a source that has been asked for and not been given. Where permission is settled there is no question; where it is not, or nobody
 * knows, devices that have names speak against one: browsers name them to pages that may use them.
 */
export async function mayBeAsking(
	clock: Pick<Clock, 'after'>,
	devices: MediaDevicesPort,
	source: CaptureSource,
): Promise<boolean> {
	const permission = await permissionOf(clock, devices, source);
	if (permission === 'granted' || permission === 'denied') return false;
	const kind = source === 'microphone' ? 'audioinput' : 'videoinput';
	const infos = await inTime(clock, devices.enumerateDevices(), tellWithinMs).catch(() => undefined);
	return !infos?.some((info) => info.kind === kind && info.label !== '');
}
