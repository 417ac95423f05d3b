/**
 * That the lint which holds the house can fail: each arrow, the circles, and each pattern that names files.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import eslintConfig from '../eslint.config.js';
import { arrows } from './floors.js';

const root = resolve(import.meta.dirname, '..');
/** @type {string[]} */
const sources = await glob('src/**/*.{ts,js,svelte}', { cwd: root });

/** Of no room: what SvelteKit looks for by name. */
const doors = ['src/app.d.ts', 'src/hooks.server.ts'];

/** @param {string} room */
const filesOf = (room) => {
	const folder = `src/${room.replace(/\*$/, '')}`;
	return sources.filter((file) =>
		room.endsWith('*')
			? file.startsWith(folder) && !file.slice(folder.length).includes('/')
			: file.startsWith(`${folder}/`),
	);
};

/** A module of a room that another could import. @param {string} room */
const moduleOf = (room) =>
	filesOf(room).find((file) => /\.(ts|svelte)$/.test(file) && !/\.(test|d)\.ts$/.test(file)) ?? '';

describe('the floors', () => {
	it('give each source file one room', () => {
		const homeless = sources
			.filter((file) => !doors.includes(file))
			.map((file) => ({ file, rooms: arrows().filter(({ room }) => filesOf(room).includes(file)).length }))
			.filter(({ rooms }) => rooms !== 1);
		expect(homeless).toEqual([]);
	});

	it('name no room that is empty', () => {
		expect(arrows().filter(({ room }) => moduleOf(room) === '')).toEqual([]);
	});
});

describe('each arrow', () => {
	const eslint = new ESLint({ cwd: root });

	it.each(arrows())(
		'$room: every import against it is an error, type-only ones included, and no other is',
		async ({ room, may }) => {
			const others = arrows()
				.map((arrow) => arrow.room)
				.filter((other) => other !== room);
			const code = others
				.map(
					(other, line) =>
						`import type * as room${line} from ${JSON.stringify(join(root, moduleOf(other)))};`,
				)
				.join('\n');
			const filePath = join(root, 'src', room.replace(/\*$/, ''), 'imports-everything.ts');
			const [result] = await eslint.lintText(code, { filePath });
			const refused = result?.messages
				.filter(({ ruleId }) => ruleId === 'import-x/no-restricted-paths')
				.map(({ line }) => others[line - 1]);
			expect(refused).toEqual(others.filter((other) => !may.includes(other)));
		},
	);
});

describe('circles', () => {
	/** @type {string} */
	let folder;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'parley-circles-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	/** @param {Record<string, string>} files @returns {Promise<string>} what the linter says */
	async function lint(files) {
		for (const file of await readdir(folder)) await rm(join(folder, file));
		for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
		const linter = join(root, 'node_modules/oxlint/bin/oxlint');
		return new Promise((done) => {
			execFile(process.execPath, [linter, '-c', join(root, '.oxlintrc.json'), folder], (error, said) =>
				done(error ? said : 'nothing'),
			);
		});
	}

	it('of values are found', async () => {
		const said = await lint({
			'a.ts': "import { b } from './b';\nexport const a = () => b;",
			'b.ts': "import { a } from './a';\nexport const b = () => a;",
		});
		expect(said).toContain('no-cycle');
	});

	it('of types alone are found, through a component too', async () => {
		const said = await lint({
			'a.ts': "import type { B } from './b';\nexport type A = B;",
			'b.ts': "import type { C } from './C.svelte';\nexport type B = C;",
			'C.svelte':
				'<script lang="ts" module>\n\timport type { A } from "./a";\n\texport type C = A | null;\n</script>\n',
		});
		expect(said).toContain('no-cycle');
	});

	it('are not seen where there are none', async () => {
		const said = await lint({
			'a.ts': "import type { B } from './b';\nexport type A = B;",
			'b.ts': 'export type B = 1;',
		});
		expect(said).toBe('nothing');
	});
});

describe('patterns of the linter', () => {
	// What is ignored everywhere need not be there; and a plugin's patterns name no folder.
	const patterns = eslintConfig
		.flatMap(({ files = [], ignores, rules }) => [...files.flat(), ...(rules ? (ignores ?? []) : [])])
		.filter((pattern) => /^\w/.test(String(pattern)));

	it('are looked at', () => expect(patterns).toContain('tests/**/*.ts'));

	it.each([...new Set(patterns)])('%s matches a file', async (pattern) => {
		expect(
			await glob(String(pattern), { cwd: root, ignore: ['node_modules/**', 'build/**', '.svelte-kit/**'] }),
		).not.toEqual([]);
	});
});
