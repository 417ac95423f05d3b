/**
 * `npm run bench [-- name …] [--runs N]`: builds when needed, runs the benches named, or all of them one after the other, prints a table for each and
 * writes `bench-results/<name>.json`. A bench is a file `bench/<name>.ts` with a `bench` function (`support/bench.ts`).
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { buildIfNeeded } from '../scripts/build.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = 'bench-results';
const available = readdirSync('bench')
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.slice(0, -'.ts'.length));
const { named, runs } = readArguments();
if (!buildIfNeeded()) process.exit(1);
mkdirSync(results, { recursive: true });

let missed = 0;
for (const name of named.length > 0 ? named : available) {
	console.log(`\n▸ ${name}`);
	const { module } = await runnerImport(`./bench/${name}.ts`, { configFile: false, logLevel: 'error' });
	/** @type {import('./support/bench').BenchResult} */
	const result = await module.bench({ runs });
	console.table(result.rows);
	for (const { what, is, most } of result.ratios) {
		const holds = is <= most;
		if (!holds) missed += 1;
		console.log(`  ${holds ? '✓' : '✗'} ${what}: ${is.toFixed(2)}, at most ${most}`);
	}
	const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
	const text = JSON.stringify({ name, at: new Date().toISOString(), machine, ...result }, null, '\t');
	writeFileSync(`${results}/${name}.json`, `${text}\n`);
}
// Figures depend on the machine: a missed one is shown and told by the exit code, never hidden.
process.exit(missed === 0 ? 0 : 1);

/** Which benches, and how often those repeat what they measure; each has a number of its own. */
function readArguments() {
	const options = { runs: { type: /** @type {const} */ ('string') } };
	const { values, positionals, tokens } = parseArgs({
		options,
		allowPositionals: true,
		strict: false,
		tokens: true,
	});
	const option = tokens.find((token) => token.kind === 'option' && token.name !== 'runs');
	if (option?.kind === 'option') fail(`Unknown option ${option.rawName}. There is one: --runs N`);
	const unknown = positionals.find((name) => !available.includes(name));
	if (unknown !== undefined) fail(`Unknown bench ${unknown}. There are: ${available.join(', ')}`);
	if (values.runs === undefined) return { named: positionals, runs: undefined };
	// An option without its value is `true`.
	const text = values.runs === true ? '' : String(values.runs);
	if (!/^[1-9]\d{0,2}$/.test(text)) fail(`--runs holds "${text}", but may hold a whole number from 1 to 999`);
	return { named: positionals, runs: Number(text) };
}

/** @param {string} problem @returns {never} */
function fail(problem) {
	console.error(problem);
	process.exit(1);
}
