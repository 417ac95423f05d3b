import adapter from '@sveltejs/adapter-node';
import { sourcesDigest } from './scripts/build.mjs';
import { contentSecurity } from './src/server/content-security.js';
import { drawnIcons } from './vite/drawn-icons.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: drawnIcons,
	compilerOptions: { runes: ({ filename }) => !filename.includes('node_modules') || undefined },
	kit: {
		adapter: adapter({ out: 'build/app', precompress: true }),
		// `src/lib/stores/updates.svelte.ts` does, when the page has nothing better to do.
		serviceWorker: { register: false },
		// Stands in every page. Left alone it is the time, and no two builds would be the same.
		version: { name: sourcesDigest().slice(0, 16) },
		csp: { mode: 'hash', directives: contentSecurity },
	},
};
