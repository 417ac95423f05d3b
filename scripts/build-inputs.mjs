/**
 * What a build is made from, files and folders. `build.mjs` tells by them whether there is something to build, and the end-to-end tests copy them for a
 * second build, which fails where one is missing here.
 */
export const buildInputs = [
	'src',
	'static',
	'vite',
	'package.json',
	'package-lock.json',
	// The settings of the build read these.
	'scripts/build-inputs.mjs',
	'scripts/build.mjs',
	'scripts/server-module.mjs',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
	'vite.server.config.ts',
];
