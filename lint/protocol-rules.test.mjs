import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
/** Says when a version is to rise, which is for those who write the next one. */
const untestable = ['V4'];

it('each rule of the protocol is quoted by a test', async () => {
	const protocol = await readFile(resolve(root, 'docs/PROTOCOL.md'), 'utf8');
	const rules = [...protocol.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map((match) => String(match[1]));
	const tests = await glob('{src,tests}/**/{*.test.ts,store-contract.ts}', { cwd: root, absolute: true });
	const quoted = new Set();
	for (const file of tests)
		for (const match of (await readFile(file, 'utf8')).matchAll(/\[([A-Z]\d+)\]/g)) quoted.add(match[1]);
	expect(rules.length).toBeGreaterThan(50);
	expect(rules.filter((rule) => !quoted.has(rule) && !untestable.includes(rule))).toEqual([]);
});
