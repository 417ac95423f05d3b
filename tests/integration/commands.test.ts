/** The commands of `package.json` where what they are given can't be: one line, and no success. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

async function run(command: string[], environment: Record<string, string> = {}) {
	const child = spawn(process.execPath, command, {
		cwd: root,
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

it('npm run dev says in one line which setting is wrong', async () => {
	expect(await run(['node_modules/vite/bin/vite.js', 'dev'], { ROOM_LIMIT: '0' })).toEqual({
		code: 1,
		said: 'ROOM_LIMIT holds "0", but may hold a whole number from 2 to 100\n',
	});
});

it.each([
	['--foo', 'Unknown option --foo. There is one: --runs N'],
	['--runs', '--runs holds "", but may hold a whole number from 1 to 999'],
	['--runs=abc', '--runs holds "abc", but may hold a whole number from 1 to 999'],
])('npm run bench -- %s says in one line what is wrong with it', async (argument, problem) => {
	expect(await run(['bench/run.mjs', argument])).toEqual({ code: 1, said: `${problem}\n` });
});
