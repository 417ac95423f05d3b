import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../tests/support/fake-platform';
import { updatePreferences } from '../preferences/preferences';
import { PreferencesStore } from './preferences.svelte';

describe('what this browser remembers', () => {
	it('is what another tab has made of it', () => {
		const storage = memoryStore();
		const preferences = new PreferencesStore();
		preferences.load(storage);
		preferences.update({ name: 'Ada' });
		updatePreferences(storage, { theme: 'dark', shortcuts: false });
		preferences.reload();
		expect(preferences.current).toMatchObject({ name: 'Ada', theme: 'dark', shortcuts: false });
		storage.remove('parley.preferences');
		preferences.reload();
		expect(preferences.current.name).toBe('');
	});

	it('is seen though another tab has set back what a call in this one set', () => {
		const storage = memoryStore();
		const preferences = new PreferencesStore();
		preferences.load(storage);
		preferences.update({ name: 'Ada' });
		preferences.reload();
		updatePreferences(storage, { dataSaver: 'on' });
		preferences.reload();
		updatePreferences(storage, { dataSaver: 'auto' });
		preferences.reload();
		expect(preferences.current.dataSaver).toBe('auto');
	});

	it('is all that was set here where nothing can be stored, whatever is looked at or opened in between', () => {
		const preferences = new PreferencesStore();
		const refusing = { get: () => null, set: () => {}, remove: () => {} };
		preferences.load(refusing);
		preferences.update({ theme: 'dark' });
		const { devices } = preferences.current;
		preferences.reload();
		preferences.load(refusing);
		preferences.update({ name: 'Ada' });
		expect(preferences.current).toMatchObject({ theme: 'dark', name: 'Ada' });
		expect(preferences.current.devices, 'what was not set is no news to those who follow it').toBe(devices);
	});

	it('is read from nowhere before there is a storage', () => {
		const preferences = new PreferencesStore();
		preferences.reload();
		expect(preferences.loaded).toBe(false);
	});
});
