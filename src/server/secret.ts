/**
 * The server's own secret: as configured, or made once and kept where only this user can read it. A file is there whole or not at
 * all: whoever signs with a secret that was cut short signs with one that can be guessed.
 */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, secretLengthMin } from './config';

/** What is done to files, so that tests can fill the disk. */
export type SecretFiles = Pick<
	typeof fs,
	| 'closeSync'
	| 'fsyncSync'
	| 'linkSync'
	| 'mkdirSync'
	| 'openSync'
	| 'readFileSync'
	| 'unlinkSync'
	| 'writeFileSync'
>;

/** Throws a `ConfigError` when none is configured and none can be kept, or what is kept is no secret. */
export function loadSecret(
	configured: string | null,
	dataDirectory: string,
	files: SecretFiles = fs,
): string {
	if (configured !== null) return configured;
	const file = join(dataDirectory, 'secret');
	const secret = readOrMake(file, files);
	if (secret.length < secretLengthMin) {
		throw new ConfigError(
			`${file} holds ${secret.length} characters, but a secret has ${secretLengthMin} or more: delete it, and the next start makes one, or set SECRET`,
		);
	}
	return secret;
}

function readOrMake(file: string, files: SecretFiles): string {
	try {
		files.mkdirSync(dirname(file), { recursive: true });
		return read(file, files) ?? made(file, files);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new ConfigError(
			`SECRET is not set, and none can be kept in ${file} (${code}): set one of ${secretLengthMin} characters or more`,
		);
	}
}

function read(file: string, files: SecretFiles): string | null {
	try {
		return files.readFileSync(file, 'utf8').trim();
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
		return null;
	}
}

/** Written beside its place, and put there once it is on the disk. Of two servers that start at once, both take the first one's. */
function made(file: string, files: SecretFiles): string {
	const secret = randomBytes(32).toString('base64url');
	const beside = `${file}.${randomBytes(6).toString('hex')}`;
	try {
		write(beside, secret, files);
		place(beside, file, secret, files);
	} finally {
		remove(beside, files);
	}
	return read(file, files) ?? '';
}

function write(path: string, text: string, files: SecretFiles): void {
	const descriptor = files.openSync(path, 'wx', 0o600);
	try {
		files.writeFileSync(descriptor, text);
		files.fsyncSync(descriptor);
	} finally {
		files.closeSync(descriptor);
	}
}

function place(beside: string, file: string, secret: string, files: SecretFiles): void {
	try {
		// Unlike a renamed file, a linked one replaces nothing.
		files.linkSync(beside, file);
	} catch (cause) {
		const { code = '' } = cause as NodeJS.ErrnoException;
		if (code === 'EEXIST') return;
		if (!withoutLinks.has(code)) throw cause;
		writeInPlace(file, secret, files);
	}
}

/** What file systems say that know no hard links. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

function writeInPlace(file: string, secret: string, files: SecretFiles): void {
	try {
		write(file, secret, files);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
		remove(file, files);
		throw cause;
	}
}

function remove(path: string, files: SecretFiles): void {
	try {
		files.unlinkSync(path);
	} catch {
		// It was never made, or can't be removed: it is nobody's secret.
	}
}
