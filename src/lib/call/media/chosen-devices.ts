/**
 * Which devices a person has chosen: for now, and for the next visit as well. A choice that gives nothing is taken back; one of earlier that
 * gives nothing is left alone until devices change. Knows nothing of tracks.
 */
import type { KeyValueStore } from '../../platform/platform';
import { readPreferences, updatePreferences } from '../../preferences/preferences';
import { deviceKinds, type RememberedDevice } from './device-choice';
import type { CaptureSource, DeviceKind } from './media-state';

export type Choices = Record<DeviceKind, RememberedDevice | null>;

export interface ChosenDevices {
	/** What is to be used. */
	current(kind: DeviceKind): RememberedDevice | null;
	/** Whether this is both in use and kept for the next visit. */
	isSettled(kind: DeviceKind, id: string | null): boolean;
	/** It gave nothing, and is not asked for again until devices come or go. */
	isRefused(kind: DeviceKind, id: string): boolean;
	/** For now. */
	choose(kind: DeviceKind, choice: RememberedDevice | null): void;
	/** For the next visit. */
	keep(kind: DeviceKind, choice: RememberedDevice | null): void;
	/** What is chosen has been seen to work. */
	handleWorks(source: CaptureSource): void;
	/** The device with this id, `null` for the system's default, gave nothing. */
	handleRefused(source: CaptureSource, id: string | null): void;
	/** Other devices are there than before. */
	handleNewList(): void;
	/** As another tab has kept them. Returns the kinds that changed by it; nothing is written back. */
	follow(choices: Choices): DeviceKind[];
	/** What was chosen for now is over. */
	returnToKept(kind: DeviceKind): void;
}

export function createChosenDevices(storage: KeyValueStore): ChosenDevices {
	const { devices } = readPreferences(storage);
	/** They differ while a camera is flipped. */
	const current: Choices = { ...devices };
	const kept: Choices = { ...devices };
	/** Both as they were before a choice that has not been seen to work yet. */
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
				// Of several quick choices the one to go back to is the one before the first.
				if (!before.has(kind)) before.set(kind, { current: current[kind], kept: kept[kind] });
				refused.delete(kind);
			}
			current[kind] = choice;
		},
		keep,
		handleWorks: (source) => void before.delete(source),
		handleRefused(source, id) {
			// A choice just made is taken back. One remembered from earlier stands, until devices change.
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
