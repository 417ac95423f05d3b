import * as fs from 'node:fs';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadSecret, type SecretFiles } from './secret';

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

function failing(operation: keyof SecretFiles, code: string): SecretFiles {
	return {
		...fs,
		[operation]: () => {
			throw Object.assign(new Error(code), { code });
		},
	};
}

it.each(['', 'cut short', ' \n'.repeat(20)])('refuses a kept secret that is none: %j', (text) => {
	const directory = newDirectory();
	mkdirSync(directory);
	writeFileSync(join(directory, 'secret'), text);
	expect(() => loadSecret(null, directory)).toThrow(
		`${join(directory, 'secret')} holds ${text.trim().length} characters, but a secret has 16 or more: delete it, and the next start makes one, or set SECRET`,
	);
});

it.each([
	['openSync', 'ENOSPC'],
	['writeFileSync', 'ENOSPC'],
	['fsyncSync', 'EIO'],
	['linkSync', 'ENOSPC'],
] as const)(
	'leaves nothing behind when %s fails with %s, so that the next start makes one',
	(operation, code) => {
		const directory = newDirectory();
		expect(() => loadSecret(null, directory, failing(operation, code))).toThrow(`(${code})`);
		expect(readdirSync(directory)).toEqual([]);
		expect(loadSecret(null, directory)).toMatch(/^[\w-]{43}$/);
	},
);

it('takes the secret of another server that was quicker', () => {
	const directory = newDirectory();
	let first = '';
	const files: SecretFiles = {
		...fs,
		linkSync: (from, to) => {
			first ||= loadSecret(null, directory);
			fs.linkSync(from, to);
		},
	};
	const second = loadSecret(null, directory, files);
	expect(second).toMatch(/^[\w-]{43}$/);
	expect(second).toBe(first);
	expect(readdirSync(directory)).toEqual(['secret']);
});

it('keeps one where files can not be linked, and nothing of one that could not be written', () => {
	const directory = newDirectory();
	const withoutLinks = failing('linkSync', 'EPERM');
	let writes = 0;
	const full: SecretFiles = {
		...withoutLinks,
		writeFileSync: (file, data) => {
			if ((writes += 1) > 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
			fs.writeFileSync(file, data);
		},
	};
	expect(() => loadSecret(null, directory, full)).toThrow('(ENOSPC)');
	expect(readdirSync(directory)).toEqual([]);
	const secret = loadSecret(null, directory, withoutLinks);
	expect(loadSecret(null, directory, withoutLinks)).toBe(secret);
	expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
	expect(readdirSync(directory)).toEqual(['secret']);
});
