/**
 * Which devices a person has chosen, for now and for the next visit. A new choice that gives nothing is taken back; a remembered one that
 * gives nothing is left alone until devices change. Knows nothing of tracks.
 */
import type { KeyValueStore } from '../../platform/platform';
import { readPreferences, updatePreferences } from '../../preferences/preferences';
import { deviceKinds, type RememberedDevice } from './device-choice';
import type { CaptureSource, DeviceKind } from './media-state';

export type Choices = Record<DeviceKind, RememberedDevice | null>;

export interface ChosenDevices {
	/** The device to use. */
	current(kind: DeviceKind): RememberedDevice | null;
	/** Whether this is both in use and kept for the next visit. */
	isSettled(kind: DeviceKind, id: string | null): boolean;
	/** It gave nothing, and we don't ask for it again until devices come or go. */
	isRefused(kind: DeviceKind, id: string): boolean;
	/** Sets the choice for now. */
	choose(kind: DeviceKind, choice: RememberedDevice | null): void;
	/** Sets the choice for the next visit. */
	keep(kind: DeviceKind, choice: RememberedDevice | null): void;
	/** The chosen device works. */
	handleWorks(source: CaptureSource): void;
	/** The device with this id, `null` for the system's default, gave nothing. */
	handleRefused(source: CaptureSource, id: string | null): void;
	/** The list of devices has changed. */
	handleNewList(): void;
	/** Takes over what another tab has kept. Returns the kinds that changed; writes nothing back. */
	follow(choices: Choices): DeviceKind[];
	/** Goes back from what was chosen for now to what is kept. */
	returnToKept(kind: DeviceKind): void;
}

export function createChosenDevices(storage: KeyValueStore): ChosenDevices {
	const { devices } = readPreferences(storage);
	/** `current` and `kept` differ while the camera is flipped. */
	const current: Choices = { ...devices };
	const kept: Choices = { ...devices };
	/** Both as they were before a choice that has not yet been seen to work. */
	const before = new Map<DeviceKind, Record<'current' | 'kept', RememberedDevice | null>>();
	const refused = new Map<DeviceKind, string>();

	function keep(kind: DeviceKind, choice: RememberedDevice | null): void {
		if (kept[kind] === choice) return;
		kept[kind] = choice;
		const { devices } = readPreferences(storage);
		updatePreferences(storage, { devices: { ...devices, [kind]: choice } });
	}

	return {
		current: (kind) => current[kind],
		isSettled: (kind, id) => [current[kind], kept[kind]].every((choice) => (choice?.id ?? null) === id),
		isRefused: (kind, id) => refused.get(kind) === id,
		choose(kind, choice) {
			if (kind !== 'speaker') {
				// After several quick choices we go back to the one before the first.
				if (!before.has(kind)) before.set(kind, { current: current[kind], kept: kept[kind] });
				refused.delete(kind);
			}
			current[kind] = choice;
		},
		keep,
		handleWorks: (source) => void before.delete(source),
		handleRefused(source, id) {
			// A new choice is taken back. A remembered one stays, until devices change.
			const earlier = before.get(source);
			before.delete(source);
			if (earlier) {
				keep(source, earlier.kept);
				current[source] = earlier.current;
			} else if (id !== null) refused.set(source, id);
		},
		handleNewList: () => refused.clear(),
		follow: (choices) =>
			deviceKinds.filter((kind) => {
				const next = choices[kind];
				if (next?.id === kept[kind]?.id && next?.label === kept[kind]?.label) return false;
				kept[kind] = current[kind] = next;
				before.delete(kind);
				refused.delete(kind);
				return true;
			}),
		returnToKept: (kind) => void (current[kind] = kept[kind]),
	};
}
