/** What surrounds every page and outlives each one: installing, launching and updating the app, and whether a call is on. */
import { Install } from './install.svelte';
import { Launches } from './launches.svelte';
import { Presence } from './presence.svelte';
import { Updates } from './updates.svelte';

export interface Shell {
	readonly updates: Updates;
	readonly install: Install;
	readonly launches: Launches;
	readonly presence: Presence;
}

/** `serverHasAnother`: whether the server has another version of the app than this page. */
export function createShell(serverHasAnother: () => Promise<boolean>): Shell {
	return {
		updates: new Updates(undefined, serverHasAnother),
		install: new Install(),
		launches: new Launches(),
		presence: new Presence(),
	};
}
