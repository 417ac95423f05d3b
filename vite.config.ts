import type { Server } from 'node:http';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { loadServerModule } from './scripts/server-module.mjs';
import type { attachForDevelopment } from './src/server/development';
import type * as DevelopmentConfig from './src/server/development-config';
import { chunkGroups } from './vite.chunks.ts';
import { appIcons } from './vite.icons.ts';
import { keptFiles, keptPatterns } from './vite.kept.ts';

/**
 * `npm run dev`: the signaling server on Vite's own port, which is the one that the settings say, started anew when its
 * code changes.
 */
function signaling(): Plugin {
	let settings: typeof DevelopmentConfig;
	let asked: ReturnType<typeof settings.readDevelopmentConfig>;
	/** Bad settings in one line, as the server tells them: Vite would add where in its own code it stopped. */
	const giveUp = (cause: unknown): never => {
		if (!(cause instanceof Error) || cause.name !== 'ConfigError') throw cause;
		console.error(cause.message);
		process.exit(1);
	};
	return {
		name: 'parley-signaling',
		apply: 'serve',
		async config({ server }) {
			// Vitest makes a Vite server too, and has no use for this.
			if (process.env['VITEST']) return;
			settings = await loadServerModule('./src/server/development-config.ts');
			try {
				asked = settings.readDevelopmentConfig(process.env);
			} catch (cause) {
				giveUp(cause);
			}
			// What was asked of Vite itself (`npm run dev -- --port 4000`) goes first.
			const { host = asked.host, port = asked.port } = server ?? {};
			return { server: { host, port, strictPort: true } };
		},
		async configureServer(vite) {
			const httpServer = vite.httpServer as Server | null;
			if (!httpServer || process.env['VITEST']) return;
			const handleError = (cause: Error) => giveUp(settings.listenProblem(cause, asked));
			httpServer.once('error', handleError);
			httpServer.once('listening', () => httpServer.off('error', handleError));

			type Attach = typeof attachForDevelopment;
			const load = async (): Promise<ReturnType<Attach>> => {
				const module = await vite.ssrLoadModule('/src/server/development.ts');
				return (module as { attachForDevelopment: Attach }).attachForDevelopment(httpServer);
			};
			let attached = await load().catch(giveUp);
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

/** Tells `src/service-worker` which pages and files of this build it is to keep. */
const offline = SvelteKitPWA({
	strategies: 'injectManifest',
	// `static/manifest.webmanifest`, and `src/lib/stores/updates.svelte.ts` registers.
	manifest: false,
	injectRegister: false,
	injectManifest: { globPatterns: keptPatterns, manifestTransforms: [keptFiles] },
});

/**
 * Gives the way out over HTTP a copy of tRPC to itself. Of a module that two files share, both get all that either needs: every call would carry links
 * that few of them take.
 */
function apartFallback(): Plugin {
	const apart = '?over-http';
	return {
		name: 'parley-apart-fallback',
		apply: 'build',
		enforce: 'pre',
		applyToEnvironment: ({ name }) => name === 'client',
		async resolveId(source, importer, options) {
			const inside = importer?.endsWith('/trpc-http-connection.ts') || importer?.endsWith(apart);
			if (!inside || !(source.startsWith('@trpc/') || importer?.includes('/@trpc/'))) return null;
			const found = await this.resolve(source, importer?.replace(apart, ''), { ...options, skipSelf: true });
			return found && { ...found, id: `${found.id}${apart}` };
		},
	};
}

/** What Vite loads a part's style sheets with takes one that has failed for one that has arrived: the next try would show the part without it. */
function styleSheetsAgain(): Plugin {
	return {
		name: 'parley-style-sheets-again',
		apply: 'build',
		transform: {
			filter: { id: /vite\/preload-helper/ },
			handler(code) {
				const mended = code.replace(/seen\[href\] = void 0;(\s*throw err;)/, 'delete seen[href];$1');
				if (mended === code)
					this.error('Vite loads style sheets in another way: see whether it still forgets them');
				return { code: mended, map: null };
			},
		},
	};
}

export default defineConfig({
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: { codeSplitting: { groups: chunkGroups() } },
					// Does nothing unless asked, and does not say so: its WebSocket client would come along unused.
					treeshake: { moduleSideEffects: [{ test: /\/@trpc\/client\//, sideEffects: false }] },
				},
			},
		},
	},
	plugins: [apartFallback(), styleSheetsAgain(), sveltekit(), appIcons(), offline, signaling()],
	test: {
		include: ['src/**/*.test.ts', 'tests/integration/**/*.test.ts', 'scripts/*.test.mjs'],
		environment: 'node',
		testTimeout: 20_000,
		// What a busy machine takes its time for still comes; how soon is asked where it matters.
		expect: { poll: { timeout: 10_000 } },
	},
});
