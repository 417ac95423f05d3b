import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig } from 'vitest/config';
import { chunkGroups, chunkPatterns, homeStaysApart } from './vite/chunks.ts';
import { apartFallback, fallbackPatterns } from './vite/fallback.ts';
import { appIcons } from './vite/icons.ts';
import { keptFiles, keptPatterns } from './vite/kept.ts';
import { everyPatternMatches } from './vite/matched.ts';
import { minifyAgain } from './vite/minify.ts';
import { signaling } from './vite/signaling.ts';
import { styleSheetPatterns, styleSheetsAgain } from './vite/style-sheets.ts';
import { wordPatterns, words } from './vite/words.ts';

/** Tells `src/service-worker` which pages and files of this build it is to keep. */
const offline = SvelteKitPWA({
	strategies: 'injectManifest',
	// `static/manifest.webmanifest`, and `src/lib/stores/updates.svelte.ts` registers.
	manifest: false,
	injectRegister: false,
	injectManifest: { globPatterns: keptPatterns, manifestTransforms: [keptFiles] },
});

/** Does nothing unless asked, and does not say so: its WebSocket client would come along unused. Saves 0.8 kB in a room. */
const trpcClient = /\/@trpc\/client\//;

export default defineConfig({
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: { codeSplitting: { groups: chunkGroups() } },
					treeshake: { moduleSideEffects: [{ test: trpcClient, sideEffects: false }] },
				},
			},
		},
	},
	plugins: [
		words(),
		apartFallback(),
		styleSheetsAgain(),
		sveltekit(),
		appIcons(),
		offline,
		signaling(),
		homeStaysApart(),
		minifyAgain(),
		everyPatternMatches({
			'vite/chunks.ts': chunkPatterns,
			'vite/fallback.ts': fallbackPatterns,
			'vite/style-sheets.ts': styleSheetPatterns,
			'vite/words.ts': wordPatterns,
			'vite.config.ts': [trpcClient],
		}),
	],
	test: {
		include: ['src/**/*.test.ts', 'tests/integration/**/*.test.ts', '{scripts,lint}/*.test.mjs'],
		environment: 'node',
		setupFiles: ['tests/support/english.ts'],
		testTimeout: 20_000,
		// What a busy machine takes its time for still comes; how soon is asked where it matters.
		expect: { poll: { timeout: 10_000 } },
	},
});
