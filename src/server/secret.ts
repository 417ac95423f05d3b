/**
 * The server's own secret: as configured, or generated once and kept where only this user can read it. The file is written whole or
 * not at all, because a secret that was cut short can be guessed.
 */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, secretLengthMin } from './config';

/** The file operations, so that tests can simulate a full disk. */
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

/** Throws a `ConfigError` when none is configured and none can be stored, or when what is stored is no secret. */
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

/** Written to a temporary file, and linked into place once it is on disk. If two servers start at once, both use the first one's. */
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
		// Unlike renaming, linking never replaces a file.
		files.linkSync(beside, file);
	} catch (cause) {
		const { code = '' } = cause as NodeJS.ErrnoException;
		if (code === 'EEXIST') return;
		if (!withoutLinks.has(code)) throw cause;
		writeInPlace(file, secret, files);
	}
}

/** Error codes of file systems without hard links. */
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
		// It was never created, or can't be removed. Nobody uses it as a secret.
	}
}
