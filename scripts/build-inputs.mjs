/**
 * The files and folders that a build is made from. `build.mjs` uses them to tell whether there is anything to build, and the end-to-end tests
 * copy them for a second build, which fails if one is missing from this list.
 */
export const buildInputs = [
	'src',
	'static',
	'vite',
	'package.json',
	'package-lock.json',
	// The build's configuration imports these.
	'scripts/build-inputs.mjs',
	'scripts/build.mjs',
	'scripts/server-module.mjs',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
	'vite.server.config.ts',
];
