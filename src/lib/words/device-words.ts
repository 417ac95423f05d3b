/** The names of devices in the lists to choose from. */
import type { DeviceChoice, DeviceKind } from '../call/media/media-state';
import { say } from './say';

/** The system's default comes first, with an empty id. Devices whose names the browser hides are numbered. */
export function deviceOptions(
	kind: DeviceKind,
	choices: readonly DeviceChoice[],
): { id: string; label: string }[] {
	const named = choices.map(({ id, label }, index) => ({
		id,
		label: label || say('deviceNumber', { device: say(kind), number: index + 1 }),
	}));
	return [{ id: '', label: say('systemDefault') }, ...named];
}
