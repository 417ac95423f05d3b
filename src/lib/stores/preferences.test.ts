import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../tests/support/fake-platform';
import { updatePreferences } from '../call/preferences';
import { PreferencesStore } from './preferences.svelte';

describe('what this browser remembers', () => {
	it('is what another tab has made of it, and the same object where it has made nothing', () => {
		const storage = memoryStore();
		const preferences = new PreferencesStore();
		preferences.load(storage);
		preferences.update({ name: 'Ada' });
		const before = preferences.current;
		preferences.reload();
		expect(preferences.current).toBe(before);
		updatePreferences(storage, { theme: 'dark', shortcuts: false });
		preferences.reload();
		expect(preferences.current).toMatchObject({ name: 'Ada', theme: 'dark', shortcuts: false });
		storage.remove('parley.preferences');
		preferences.reload();
		expect(preferences.current.name).toBe('');
	});

	it('outlives a look at another tab where nothing can be stored', () => {
		const preferences = new PreferencesStore();
		preferences.load({ get: () => null, set: () => {}, remove: () => {} });
		preferences.update({ theme: 'dark' });
		preferences.reload();
		expect(preferences.current.theme).toBe('dark');
	});

	it('is read from nowhere before there is a storage', () => {
		const preferences = new PreferencesStore();
		preferences.reload();
		expect(preferences.loaded).toBe(false);
	});
});
