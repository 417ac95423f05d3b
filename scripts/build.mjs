/** Builds the pages and the server if their sources have changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInputs } from './build-inputs.mjs';

const products = ['build/app/handler.js', 'build/server/main.js'];
const stampFile = 'build/stamp';
const vite = 'node_modules/vite/bin/vite.js';

/** @returns {boolean} whether there is a build of the current sources now */
export function buildIfNeeded() {
	return isBuilt() || buildAnew();
}

/** @returns {boolean} whether there is a build of the current sources already */
export function isBuilt() {
	const isThere = [...products, stampFile].every((file) => existsSync(file));
	return isThere && readFileSync(stampFile, 'utf8') === stamp();
}

/** @returns {boolean} whether it worked */
export function buildAnew() {
	const stampBefore = stamp();
	console.log('Building …');
	if (!run(['build']) || !run(['build', '--config', 'vite.server.config.ts'])) return false;
	writeFileSync(stampFile, stampBefore);
	return true;
}

/** @param {string[]} args */
function run(args) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
		env: { ...process.env, NODE_ENV: 'production' },
	});
	if (status !== 0) console.error(`${stdout}${stderr}\nThe build failed.`);
	return status === 0;
}

/** Includes Node's version, because another version may build something else. */
function stamp() {
	return `${process.version} ${sourcesDigest()}`;
}

/**
 * A digest of the names and contents of the sources. Modification times would say little after a checkout. The same sources have the same digest
 * on every machine.
 * @returns {string}
 */
export function sourcesDigest() {
	const hash = createHash('sha256');
	for (const path of buildInputs.flatMap(filesIn))
		hash.update(path).update('\0').update(readFileSync(path)).update('\0');
	return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
	if (/\.\w+$/.test(path)) return path.includes('.test.') ? [] : [path];
	return readdirSync(path, { withFileTypes: true })
		.map((entry) => join(path, entry.name) + (entry.isDirectory() ? '/' : ''))
		.sort()
		.flatMap((child) => (child.endsWith('/') ? filesIn(child.slice(0, -1)) : [child]))
		.filter((file) => !file.includes('.test.'));
}
