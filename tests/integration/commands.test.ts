/** The commands of `package.json` where what they are given can't be: one line, and no success. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** As after `npm ci` on a fresh clone: no build, and nothing that SvelteKit has written. */
const fresh = mkdtempSync(join(tmpdir(), 'parley-fresh-'));
for (const name of readdirSync(root)) {
	if (name === 'node_modules') symlinkSync(join(root, name), join(fresh, name));
	else if (!/^(build|data|docs|tests|\.svelte-kit|\.git|.*-results)$/.test(name)) {
		cpSync(join(root, name), join(fresh, name), { recursive: true });
	}
}
afterEach(() => rmSync(join(fresh, '.svelte-kit'), { recursive: true, force: true }));
afterAll(() => rmSync(fresh, { recursive: true }));

async function run(command: string[], environment: Record<string, string> = {}, cwd = root) {
	const child = spawn(process.execPath, command, {
		cwd,
		env: { PATH: process.env['PATH'], ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: 15_000,
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	}
	const code = await new Promise<number | null>((done) => child.once('close', done));
	return { code, said };
}

it.each([
	['start', 'scripts/start.mjs'],
	['run dev', 'node_modules/vite/bin/vite.js'],
])(
	'npm %s says in one line which setting is wrong, on a fresh clone and before anything is built',
	async (_, script) => {
		expect(await run([script], { ROOM_LIMIT: '0' }, fresh)).toEqual({
			code: 1,
			said: 'ROOM_LIMIT holds "0", but may hold a whole number from 2 to 100\n',
		});
	},
);

it.each([
	['--foo', 'Unknown option --foo. There is one: --runs N'],
	['--runs', '--runs holds "", but may hold a whole number from 1 to 999'],
	['--runs=abc', '--runs holds "abc", but may hold a whole number from 1 to 999'],
])('npm run bench -- %s says in one line what is wrong with it', async (argument, problem) => {
	expect(await run(['bench/run.mjs', argument])).toEqual({ code: 1, said: `${problem}\n` });
});
