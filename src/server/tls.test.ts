import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCredentials } from './tls';

const directory = mkdtempSync(join(tmpdir(), 'parley-tls-'));
afterAll(() => rmSync(directory, { recursive: true }));

function kept(name: string, text: string): string {
	const path = join(directory, name);
	writeFileSync(path, text);
	return path;
}

let certificateFile: string;
let keyFile: string;
let otherKeyFile: string;
const textFile = kept('notes.txt', 'neither a certificate nor a key');
beforeAll(async () => {
	const attributes = [{ name: 'commonName', value: 'calls.example.org' }];
	const [pems, others] = [
		await generate(attributes, { keyType: 'ec' }),
		await generate(attributes, { keyType: 'ec' }),
	];
	certificateFile = kept('certificate.pem', pems.cert);
	keyFile = kept('key.pem', pems.private);
	otherKeyFile = kept('other-key.pem', others.private);
});

it('reads a certificate and its key', () => {
	const { cert, key } = loadCredentials({ certificateFile, keyFile });
	expect(cert).toContain('BEGIN CERTIFICATE');
	expect(key).toContain('PRIVATE KEY');
});

it('says which file can not be read', () => {
	const missing = join(directory, 'no-such.pem');
	const problem = (name: string, path: string, code: string) =>
		`${name} holds "${path}", but may hold the path of a file that can be read (${code})`;
	expect(() => loadCredentials({ certificateFile: missing, keyFile })).toThrow(
		problem('TLS_CERT', missing, 'ENOENT'),
	);
	expect(() => loadCredentials({ certificateFile, keyFile: missing })).toThrow(
		problem('TLS_KEY', missing, 'ENOENT'),
	);
	expect(() => loadCredentials({ certificateFile, keyFile: directory })).toThrow(
		problem('TLS_KEY', directory, 'EISDIR'),
	);
});

it('says which file is not what it should be', () => {
	expect(() => loadCredentials({ certificateFile: textFile, keyFile })).toThrow(
		`TLS_CERT holds "${textFile}", but may hold the path of a certificate in PEM`,
	);
	expect(() => loadCredentials({ certificateFile: keyFile, keyFile })).toThrow(
		`TLS_CERT holds "${keyFile}", but may hold the path of a certificate in PEM`,
	);
	expect(() => loadCredentials({ certificateFile, keyFile: textFile })).toThrow(
		`TLS_KEY holds "${textFile}", but may hold the path of a key in PEM, without a password`,
	);
});

it('says that the two do not belong together', () => {
	expect(() => loadCredentials({ certificateFile, keyFile: otherKeyFile })).toThrow(
		`TLS_CERT holds "${certificateFile}" and TLS_KEY holds "${otherKeyFile}", but they may hold a certificate and the key that belongs to it`,
	);
});
