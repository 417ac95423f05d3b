/** Which devices can be chosen, what the browser calls them, and which of them a remembered choice means today. Pure. */
import { cameraFacing } from './camera-facing';
import type { DeviceChoice, DeviceKind } from './media-state';

/** A choice that outlives the page. Browsers change ids now and then, so its label is kept as well. */
export interface RememberedDevice {
	id: string;
	label: string;
}

export const deviceKinds: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

export interface DeviceList {
	choices: Record<DeviceKind, DeviceChoice[]>;
	/** False while the browser hides which devices there are: then a missing device means nothing. */
	known: Record<DeviceKind, boolean>;
}

export const noDevices: DeviceList = {
	choices: { microphone: [], camera: [], speaker: [] },
	known: { microphone: false, camera: false, speaker: false },
};

type DeviceInfo = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'> & {
	/** For microphones and cameras, where the platform tells more about them. */
	getCapabilities?(): MediaTrackCapabilities;
};

const infoKinds: Record<DeviceKind, MediaDeviceKind> = {
	microphone: 'audioinput',
	camera: 'videoinput',
	speaker: 'audiooutput',
};

// Chromium lists the system's default, and on Windows the one for calls, once more under these ids. The default is
// our `null`.
const aliases = new Set(['default', 'communications']);

/** The result of `enumerateDevices` as choices. With `canChooseSpeaker` false, the speakers stay empty. */
export function listDevices(infos: readonly DeviceInfo[], canChooseSpeaker: boolean): DeviceList {
	const list = structuredClone(noDevices);
	for (const kind of deviceKinds) {
		if (kind === 'speaker' && !canChooseSpeaker) continue;
		const all = infos.filter((info) => info.kind === infoKinds[kind]);
		// Without permission a browser shows one nameless entry, or, for speakers, none.
		list.known[kind] = all.length === 0 ? kind !== 'speaker' : all.some((info) => info.deviceId !== '');
		const real = all.filter((info) => info.deviceId !== '' && !aliases.has(info.deviceId));
		list.choices[kind] = withDistinctLabels(kind, real);
	}
	return list;
}

/** Of two devices with the same label, the second gets "(2)", so that a person can tell them apart. */
function withDistinctLabels(kind: DeviceKind, infos: DeviceInfo[]): DeviceChoice[] {
	const seen = new Map<string, number>();
	return infos.map((info) => {
		const { deviceId, label } = info;
		const name = label.trim();
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		const facing = kind === 'camera' && cameraFacing(info.getCapabilities?.().facingMode ?? [], label);
		return {
			id: deviceId,
			label: count === 1 || name === '' ? name : `${name} (${count})`,
			...(facing && { facing }),
		};
	});
}

/**
 * What a remembered choice means now: the device with that id, else the one with that label, else `null`, the system's default. While
 * devices aren't known we keep the id: the device may well be there.
 */
export function resolveDevice(
	remembered: RememberedDevice | null,
	kind: DeviceKind,
	list: DeviceList,
): string | null {
	if (!remembered) return null;
	if (!list.known[kind]) return remembered.id;
	const choices = list.choices[kind];
	const found =
		choices.find((choice) => choice.id === remembered.id) ??
		choices.find((choice) => choice.label !== '' && choice.label === remembered.label);
	return found?.id ?? null;
}

/**
 * What a person should be told when the list of devices changes. `inUse` is the label of the device in use when none was chosen, `null`
 * when none is in use.
 */
export function deviceChange(
	kind: DeviceKind,
	remembered: RememberedDevice | null,
	inUse: string | null,
	before: DeviceList,
	after: DeviceList,
): { type: 'device-lost' | 'device-changed'; label: string } | null {
	if (!before.known[kind] || !after.known[kind]) return null;
	if (remembered) {
		const had = resolveDevice(remembered, kind, before) !== null;
		const has = resolveDevice(remembered, kind, after) !== null;
		if (had && !has) return { type: 'device-lost', label: remembered.label };
		if (!had && has) return { type: 'device-changed', label: remembered.label };
		return null;
	}
	if (inUse === null) return null;
	// Chromium calls the default's track "Default - Headset".
	const named = ({ label }: DeviceChoice) =>
		label !== '' && (inUse === label || inUse.endsWith(` - ${label}`));
	const lost = before.choices[kind].find(named);
	return lost && !after.choices[kind].some(named) ? { type: 'device-lost', label: lost.label } : null;
}
