/**
 * The settings under Vite: the server's, except for two. A developer opens the page where Vite serves it, over plain HTTP.
 * The certificate is of no use there, and with the public address the server would refuse that page.
 */
import { readConfig, type Config } from './config';

// `vite.config.ts` loads this file while serving, and nothing else of the server.
export { listenProblem } from './listen-problem';

/** Reachable from this machine only, unless set otherwise: Vite hands out the sources. */
const defaults = { HOST: 'localhost', PORT: '5173' };

/** Throws a `ConfigError`, as `readConfig` does. */
export function readDevelopmentConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const given = Object.entries(environment).filter(([, value]) => value?.trim());
	const config = readConfig({ ...defaults, ...Object.fromEntries(given) });
	return { ...config, origin: null, tls: null };
}
