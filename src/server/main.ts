/**
 * The process: reads the settings, starts the server and obeys signals. Built to `build/server/main.js`, beside the pages in
 * `build/app`. A failure to start is one line on stderr; everything else goes to the log.
 */
import { readFile } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { readConfig } from './config';
import { createLog } from './log';
import { onPageFailure } from './page-failures';
import { loadSecret } from './secret';
import { serve, type PageHandler, type Serving } from './serve';

export interface Listening {
	host: string;
	port: number;
	secure: boolean;
	/** The digest of the app that it serves, as the settings page shows it; empty if the build wrote none. */
	build: string;
}

async function start(): Promise<Listening> {
	const config = readConfig(process.env);
	const secret = loadSecret(config.secret, config.dataDirectory);
	const log = createLog(config.logLevel, secret);
	onPageFailure((cause) => log.error('page failed', { cause }));
	const build = await builtDigest();
	const serving = await serve({ config, secret, log, pages: await loadPages(), processMetrics: true });
	// Before anything is answered, because whoever sees the server ready may send a signal.
	obeySignals(serving, () => log.info('stopped'));
	log.info('listening', { host: config.host, port: serving.port, build });
	return { host: config.host, port: serving.port, secure: config.tls !== null, build };
}

async function loadPages(): Promise<PageHandler> {
	// Built by SvelteKit's adapter. Resolved at run time, so that it is not bundled.
	const built = new URL('../app/handler.js', import.meta.url).href;
	const { handler } = (await import(/* @vite-ignore */ built)) as { handler: PageHandler };
	return handler;
}

/** Written by `vite/kept.ts`. */
async function builtDigest(): Promise<string> {
	const file = new URL('../app/client/build.txt', import.meta.url);
	return (await readFile(file, 'utf8').catch(() => '')).trim();
}

function obeySignals(serving: Serving, onStopped: () => void): void {
	const hadTerminal = isatty(1);
	const stop = () => {
		process.off('SIGTERM', stop).off('SIGINT', stop);
		void serving.stop().then(() => {
			onStopped();
			process.exit(0);
		});
	};
	process.on('SIGTERM', stop).on('SIGINT', stop);
	process.on('SIGHUP', () => {
		// Closing the terminal sends the same signal, and nobody wants a server left running out of sight.
		if (hadTerminal && !isatty(1)) stop();
		else serving.renewCertificate();
	});
}

/** Where it listens, for `scripts/start.mjs`: importing this module starts the server. */
export const listening: Listening = await start().catch((cause: unknown) => {
	process.stderr.write(`${(cause as Error).message}\n`);
	process.exit(1);
});
