/** Loads a module of the server as it stands in `src`, where there is no build of it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runnerImport } from 'vite';

/**
 * @template Module
 * @param {string} path from the project's folder, which must be the working one
 * @returns {Promise<Module>}
 */
export async function loadServerModule(path) {
	// Vite reads TypeScript by a file that SvelteKit writes. A fresh clone has none.
	if (!existsSync('.svelte-kit/tsconfig.json')) {
		spawnSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], { stdio: 'ignore' });
	}
	/** @type {{ module: Module }} */
	const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' });
	return module;
}
