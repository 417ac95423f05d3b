/** What is known to be wrong with the settings before anything is built or started; for `scripts/start.mjs`. */
import { ConfigError, readConfig } from './config';
import { loadCredentials } from './tls';

/** The problem in one line, or `null`. */
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
