/** The certificate and key for HTTPS. Problems are found here, where it is known which file they are in. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError, type Config } from './config';

export interface Credentials {
	cert: string;
	key: string;
}

/** Throws a `ConfigError` when a file can't be read, is not what it should be, or does not fit the other. */
export function loadCredentials({ certificateFile, keyFile }: NonNullable<Config['tls']>): Credentials {
	const cert = read('TLS_CERT', certificateFile);
	const key = read('TLS_KEY', keyFile);
	const certificateName = `TLS_CERT holds ${JSON.stringify(certificateFile)}`;
	const keyName = `TLS_KEY holds ${JSON.stringify(keyFile)}`;
	attempt(
		() => createSecureContext({ cert }),
		`${certificateName}, but may hold the path of a certificate in PEM`,
	);
	attempt(
		() => createPrivateKey(key),
		`${keyName}, but may hold the path of a key in PEM, without a password`,
	);
	attempt(
		() => createSecureContext({ cert, key }),
		`${certificateName} and ${keyName}, but they may hold a certificate and the key that belongs to it`,
	);
	return { cert, key };
}

function read(name: 'TLS_CERT' | 'TLS_KEY', path: string): string {
	return attempt(
		() => readFileSync(path, 'utf8'),
		`${name} holds ${JSON.stringify(path)}, but may hold the path of a file that can be read`,
	);
}

/** OpenSSL's messages help nobody, but its code can be looked up. */
function attempt<Result>(act: () => Result, problem: string): Result {
	try {
		return act();
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new ConfigError(code === undefined ? problem : `${problem} (${code})`);
	}
}
