/** Serves the gallery: the real components over a scripted call, for looking at every state without a server or a camera. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { words } from '../../vite/words.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
	root,
	cacheDir: fileURLToPath(new URL('../../node_modules/.vite-gallery', import.meta.url)),
	publicDir: fileURLToPath(new URL('../../static', import.meta.url)),
	plugins: [words(), svelte({ configFile: false })],
	resolve: { alias: { $lib: fileURLToPath(new URL('../../src/lib', import.meta.url)) } },
	server: { port: 5199, strictPort: true, fs: { allow: ['../..'] } },
});
