/** What the layout gives to every page. */
import { createContext } from 'svelte';
import type { PreferencesStore } from './preferences.svelte';
import type { Shell } from './shell';

export const [getPreferences, setPreferences] = createContext<PreferencesStore>();
export const [getShell, setShell] = createContext<Shell>();
