/** Loads one of the server's modules straight from `src`, for when there is no build. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runnerImport } from 'vite';

/**
 * @template Module
 * @param {string} path relative to the project's folder, which must be the working directory
 * @returns {Promise<Module>}
 */
export async function loadServerModule(path) {
	// Vite needs a tsconfig that SvelteKit generates, and a fresh clone has none.
	if (!existsSync('.svelte-kit/tsconfig.json')) {
		spawnSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], { stdio: 'ignore' });
	}
	/** @type {{ module: Module }} */
	const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' });
	return module;
}
