/** The reactive face of what this browser remembers. Holds the defaults until `load`, since pages are first rendered without a browser. */
import type { KeyValueStore } from '../platform/platform';
import {
	defaultPreferences,
	deletePreferences,
	readPreferences,
	storedPreferences,
	updatePreferences,
	type Preferences,
} from '../preferences/preferences';

export class PreferencesStore {
	#storage = $state.raw<KeyValueStore | null>(null);
	#current = $state.raw(defaultPreferences);
	#wasKept = false;
	get current(): Preferences {
		return this.#current;
	}

	/** False while the defaults stand in for preferences that have not been read yet. */
	get loaded(): boolean {
		return this.#storage !== null;
	}

	load(storage: KeyValueStore): void {
		this.#storage = storage;
		this.reload();
	}

	/** Another tab, or a call in this one, may have written. If storage is refused, what was set here stays. */
	reload(): void {
		if (this.#storage && this.#isKept(this.#storage)) this.#current = readPreferences(this.#storage);
	}

	update(change: Partial<Omit<Preferences, 'version'>>): void {
		if (!this.#storage) return;
		const next = updatePreferences(this.#storage, change);
		this.#current = this.#isKept(this.#storage) ? next : { ...this.#current, ...change };
	}

	/** Deletes the preferences on this device. */
	forget(): void {
		if (!this.#storage) return;
		deletePreferences(this.#storage);
		this.#current = defaultPreferences;
		this.#wasKept = false;
	}

	/** Whether the storage can be relied on. If it is empty, it was cleared only if something was in it before; otherwise it may be refused. */
	#isKept(storage: KeyValueStore): boolean {
		const wasKept = this.#wasKept;
		this.#wasKept = storedPreferences(storage) !== null;
		return wasKept || this.#wasKept;
	}
}
