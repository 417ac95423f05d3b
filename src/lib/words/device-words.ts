/** What devices are called, where they are chosen. */
import type { DeviceChoice, DeviceKind } from '../call/media/media-state';
import { say } from './say';

/** The system's default first, whose id is empty. Those that the browser keeps the names of back are numbered. */
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
