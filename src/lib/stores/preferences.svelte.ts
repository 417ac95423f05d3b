/** The reactive face of what this browser remembers. Empty until `load`: the server, which renders first, remembers nothing. */
import type { KeyValueStore } from '../call/platform';
import {
	defaultPreferences,
	deletePreferences,
	readPreferences,
	updatePreferences,
	type Preferences,
} from '../call/preferences';

export class PreferencesStore {
	#storage = $state.raw<KeyValueStore | null>(null);
	#current = $state.raw(defaultPreferences);

	get current(): Preferences {
		return this.#current;
	}

	/** False while the defaults stand in for what has not been read yet. */
	get loaded(): boolean {
		return this.#storage !== null;
	}

	load(storage: KeyValueStore): void {
		this.#storage = storage;
		this.#current = readPreferences(storage);
	}

	update(change: Partial<Omit<Preferences, 'version'>>): void {
		if (this.#storage) this.#current = updatePreferences(this.#storage, change);
	}

	/** Everything under our keys, on this device. */
	forget(): void {
		if (!this.#storage) return;
		deletePreferences(this.#storage);
		this.#current = defaultPreferences;
	}
}
