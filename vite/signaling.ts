/** `npm run dev`: runs the signaling server on Vite's own port, which comes from the settings, and restarts it when its code changes. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { loadServerModule } from '../scripts/server-module.mjs';
import type { attachForDevelopment } from '../src/server/development';
import type * as DevelopmentConfig from '../src/server/development-config';

export function signaling(): Plugin {
	let settings: typeof DevelopmentConfig;
	let asked: ReturnType<typeof settings.readDevelopmentConfig>;
	/** Reports bad settings in one line, as the server does. Vite would add where in its own code it stopped. */
	const giveUp = (cause: unknown): never => {
		if (!(cause instanceof Error) || cause.name !== 'ConfigError') throw cause;
		console.error(cause.message);
		process.exit(1);
	};
	return {
		name: 'parley-signaling',
		apply: 'serve',
		async config({ server }) {
			// Vitest creates a Vite server too, and does not need this.
			if (process.env['VITEST']) return;
			settings = await loadServerModule('./src/server/development-config.ts');
			try {
				asked = settings.readDevelopmentConfig(process.env);
			} catch (cause) {
				giveUp(cause);
			}
			// Vite's own options (`npm run dev -- --port 4000`) come first.
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
