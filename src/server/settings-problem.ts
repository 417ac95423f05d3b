/** What can be known to be wrong before anything is built or listened on; `scripts/start.mjs` asks. */
import { ConfigError, readConfig } from './config';
import { loadCredentials } from './tls';

/** In one line; `null` when nothing is. */
export function settingsProblem(environment: Readonly<Record<string, string | undefined>>): string | null {
	try {
		const { tls } = readConfig(environment);
		if (tls) loadCredentials(tls);
		return null;
	} catch (cause) {
		if (cause instanceof ConfigError) return cause.message;
		throw cause;
	}
}
