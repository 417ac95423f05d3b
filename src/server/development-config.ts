/**
 * The settings under Vite: those of the server, apart from two. Whoever develops opens the page where Vite serves it, over
 * plain HTTP, so that the public address and its certificate are of no use, and the first would lock that page out.
 */
import { readConfig, type Config } from './config';

// `vite.config.ts` loads this file while serving, and no more of the server.
export { listenProblem } from './listen-problem';

/** Reachable from this machine only, unless asked: Vite hands out the sources. */
const defaults = { HOST: 'localhost', PORT: '5173' };

/** Throws a `ConfigError`, as `readConfig` does. */
export function readDevelopmentConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const given = Object.entries(environment).filter(([, value]) => value?.trim());
	const config = readConfig({ ...defaults, ...Object.fromEntries(given) });
	return { ...config, origin: null, tls: null };
}
