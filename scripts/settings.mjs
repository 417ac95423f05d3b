/** The settings, read by the server's own code where there is no build of it yet. */
import { loadServerModule } from './server-module.mjs';

/** What is wrong with those of this process, in one line, or null when nothing is. */
export async function settingsProblem() {
	/** @type {typeof import('../src/server/settings-problem')} */
	const module = await loadServerModule('./src/server/settings-problem.ts');
	return module.settingsProblem(process.env);
}
