/** The server's own secret: as configured, or made once and kept where only this user can read it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from './config';

/** Throws a `ConfigError` when none is configured and none can be kept. */
export function loadSecret(configured: string | null, dataDirectory: string): string {
	if (configured !== null) return configured;
	const file = join(dataDirectory, 'secret');
	try {
		return keptSecret(file);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new ConfigError(
			`SECRET is not set, and none can be kept in ${file} (${code}): set one of 16 characters or more`,
		);
	}
}

function keptSecret(file: string): string {
	mkdirSync(dirname(file), { recursive: true });
	try {
		// Fails when it is there already, so that two servers starting at once agree on one.
		writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
	}
	return readFileSync(file, 'utf8').trim();
}
