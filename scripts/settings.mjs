/** The settings, read by the server's own code where there is no build of it yet. */
import { runnerImport } from 'vite';

/** What is wrong with those of this process, in one line, or null when nothing is. */
export async function settingsProblem() {
	/** @type {{ module: typeof import('../src/server/settings-problem') }} */
	const { module } = await runnerImport('./src/server/settings-problem.ts', {
		configFile: false,
		logLevel: 'error',
	});
	return module.settingsProblem(process.env);
}
