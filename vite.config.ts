import type { Server } from 'node:http';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import type { attachForDevelopment } from './src/server/development';
import { appIcons } from './vite.icons.ts';

/** `npm run dev`: the signaling server on Vite's own port, started anew when its code changes. */
function signaling(): Plugin {
	return {
		name: 'parley-signaling',
		apply: 'serve',
		async configureServer(vite) {
			const httpServer = vite.httpServer as Server | null;
			// Vitest makes a Vite server too, and has no use for this.
			if (!httpServer || process.env['VITEST']) return;

			type Attach = typeof attachForDevelopment;
			const load = async (): Promise<ReturnType<Attach>> => {
				const module = await vite.ssrLoadModule('/src/server/development.ts');
				return (module as { attachForDevelopment: Attach }).attachForDevelopment(httpServer);
			};
			let attached = await load();
			let reloading = Promise.resolve();
			vite.middlewares.use((request, response, next) => {
				if (!attached.handle(request, response)) next();
			});
			vite.watcher.on('change', (file) => {
				const ours = ['src/server/', 'src/lib/protocol/'].some((folder) =>
					file.startsWith(join(vite.config.root, folder)),
				);
				if (!ours || file.endsWith('.test.ts')) return;
				reloading = reloading
					.then(() => attached.detach())
					.then(load)
					.then(
						(next) => void (attached = next),
						(cause: unknown) => vite.config.logger.error(String(cause)),
					);
			});
		},
	};
}

/**
 * Tells `src/service-worker` which pages and files of this build it is to keep. What only the system's installer looks at
 * (icons, screenshots) is left out.
 */
const offline = SvelteKitPWA({
	strategies: 'injectManifest',
	// `static/manifest.webmanifest`, and `src/lib/stores/updates.svelte.ts` registers.
	manifest: false,
	injectRegister: false,
	injectManifest: {
		globPatterns: [
			'client/_app/immutable/**/*.{js,css}',
			'client/{early.js,icon.svg,manifest.webmanifest}',
			'prerendered/**/*.html',
		],
	},
});

export default defineConfig({
	plugins: [sveltekit(), appIcons(), offline, signaling()],
	test: {
		include: ['src/**/*.test.ts', 'tests/integration/**/*.test.ts'],
		environment: 'node',
		testTimeout: 20_000,
	},
});
