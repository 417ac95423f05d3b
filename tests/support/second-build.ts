/**
 * Another build of the app, as the next release would be: a copy of the sources with a few words changed, built beside the
 * one under test. The server's own code is taken over from there as it is.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildInputs } from '../../scripts/build-inputs.mjs';

const root = resolve(import.meta.dirname, '../..');
const patienceMs = 180_000;

export interface SecondBuild {
	/** The server's main file, for `ServerProcess.start`. */
	readonly entry: string;
	dispose(): Promise<void>;
}

/** `changes`: by file, what to replace with what. Each must occur. */
export async function makeSecondBuild(
	changes: Record<string, [from: string, to: string]>,
): Promise<SecondBuild> {
	const folder = await mkdtemp(join(tmpdir(), 'parley-second-build-'));
	for (const path of [...buildInputs, 'build/server'])
		await cp(join(root, path), join(folder, path), { recursive: true });
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
	for (const [path, [from, to]] of Object.entries(changes)) {
		const text = await readFile(join(folder, path), 'utf8');
		if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
		await writeFile(join(folder, path), text.replace(from, to));
	}
	const build = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
		cwd: folder,
		env: { ...process.env, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: patienceMs,
	});
	let output = '';
	for (const stream of [build.stdout, build.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const [code] = (await once(build, 'exit')) as [number | null];
	if (code !== 0) throw new Error(`the second build failed:\n${output}`);
	return {
		entry: join(folder, 'build/server/main.js'),
		dispose: () => rm(folder, { recursive: true, force: true }),
	};
}
