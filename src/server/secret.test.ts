import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadSecret } from './secret';

function newDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'parley-secret-'));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	return join(directory, 'data');
}

it('makes a secret once, where only its user can read it', () => {
	const directory = newDirectory();
	const secret = loadSecret(null, directory);
	expect(secret).toMatch(/^[\w-]{43}$/);
	expect(loadSecret(null, directory)).toBe(secret);
	expect(readFileSync(join(directory, 'secret'), 'utf8')).toBe(secret);
	expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
});

it('prefers the configured one and writes nothing', () => {
	const directory = newDirectory();
	expect(loadSecret('as configured', directory)).toBe('as configured');
	expect(() => statSync(directory)).toThrow('ENOENT');
});

it('says what to do where none can be kept', () => {
	const directory = newDirectory();
	writeFileSync(directory, 'a file where the folder would be');
	expect(() => loadSecret(null, directory)).toThrow(
		`SECRET is not set, and none can be kept in ${join(directory, 'secret')} (EEXIST): set one of 16 characters or more`,
	);
});
