/** The reactive face of what this browser remembers. Empty until `load`: the server, which renders first, remembers nothing. */
import type { KeyValueStore } from '../call/platform';
import {
	defaultPreferences,
	deletePreferences,
	readPreferences,
	storedPreferences,
	updatePreferences,
	type Preferences,
} from '../call/preferences';

export class PreferencesStore {
	#storage = $state.raw<KeyValueStore | null>(null);
	#current = $state.raw(defaultPreferences);
	/** What `#current` was read from, or written as. */
	#stored: string | null = null;

	get current(): Preferences {
		return this.#current;
	}

	/** False while the defaults stand in for what has not been read yet. */
	get loaded(): boolean {
		return this.#storage !== null;
	}

	load(storage: KeyValueStore): void {
		this.#storage = storage;
		this.#read(storage);
	}

	/** Another tab, or a call in this one, may have written. Where storage is refused, what was set here stays. */
	reload(): void {
		if (this.#storage && storedPreferences(this.#storage) !== this.#stored) this.#read(this.#storage);
	}

	update(change: Partial<Omit<Preferences, 'version'>>): void {
		if (!this.#storage) return;
		this.#current = updatePreferences(this.#storage, change);
		this.#stored = storedPreferences(this.#storage);
	}

	/** Everything under our keys, on this device. */
	forget(): void {
		if (!this.#storage) return;
		deletePreferences(this.#storage);
		this.#current = defaultPreferences;
		this.#stored = null;
	}

	#read(storage: KeyValueStore): void {
		this.#stored = storedPreferences(storage);
		this.#current = readPreferences(storage);
	}
}
