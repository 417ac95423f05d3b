/** Whether the browser may be asking the person for a device at this moment. No browser says so itself. */
import type { CaptureSource } from './media-state';
import { inTime } from '../../platform/in-time';
import type { Clock, MediaDevicesPort } from '../../platform/platform';

/** If a browser knows something without asking anybody, it says so sooner than this or not at all. */
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
 * For a source that was asked for and not given. If permission is settled, there is no question. If it isn't, or nobody knows, there is
 * probably none if devices have names: browsers give names only to pages that may use the devices.
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
