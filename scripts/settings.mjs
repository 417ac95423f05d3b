/** Reads the settings with the server's own code when there is no build yet. */
import { loadServerModule } from './server-module.mjs';

/** What is wrong with this process's settings, in one line, or null if nothing is. */
export async function settingsProblem() {
	/** @type {typeof import('../src/server/settings-problem')} */
	const module = await loadServerModule('./src/server/settings-problem.ts');
	return module.settingsProblem(process.env);
}
