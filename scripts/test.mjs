/**
 * Everything that must hold, in the order in which it fails fastest. Runs all of it even when something has failed, and ends
 * with what was flaky and the count. A check counts as one test; a step that dies without a report counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureTools } from './ensure-tools.mjs';
import { e2eCounts, flakyTests, flakyWords, unitCounts } from './test-counts.mjs';

const reports = { unit: 'test-results/unit.json', e2e: 'test-results/e2e.json' };
let passed = 0;
let failed = 0;

/** @param {string} name @param {boolean} ok */
function count(name, ok) {
	if (ok) passed += 1;
	else {
		failed += 1;
		console.error(`✗ ${name}`);
	}
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
	console.log(`\n▸ ${[command, ...args].join(' ')}`);
	return (
		spawnSync('npx', ['--no-install', command, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
			.status === 0
	);
}

/** @param {string} file @returns {any} */
function readReport(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return null;
	}
}

/**
 * Adds a runner's own count.
 * @param {string} name @param {boolean} ok @param {import('./test-counts.mjs').Counts | null} counts
 */
function countReport(name, ok, counts) {
	if (!counts || counts.passed + counts.failed === 0) return count(name, false);
	passed += counts.passed;
	failed += counts.failed;
	if (!ok && counts.failed === 0) count(name, false);
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

const missing = ensureTools();
if (missing) {
	console.error(missing);
	count('tools', false);
}

count('format', run('prettier', ['--check', '.', '--log-level', 'warn']));
count('types: generate', run('svelte-kit', ['sync']));
count('lint', run('eslint', ['.', '--max-warnings', '0']));
count('unused code', run('knip', []));
count('types', run('svelte-check', ['--fail-on-warnings']));
count('types of the service worker', run('tsc', ['-p', 'src/service-worker']));
const built =
	run('vite', ['build', '--logLevel', 'warn']) &&
	run('vite', ['build', '--config', 'vite.server.config.ts', '--logLevel', 'warn']);
count('build', built);

const unitOk = run('vitest', [
	'run',
	'--reporter=default',
	'--reporter=json',
	`--outputFile.json=${reports.unit}`,
]);
const unit = readReport(reports.unit);
countReport('unit and integration tests', unitOk, unit && unitCounts(unit));

const e2eOk = run('playwright', ['test']);
const e2e = readReport(reports.e2e);
countReport('end-to-end tests', e2eOk, e2e && e2eCounts(e2e.stats));

const flaky = e2e && flakyWords(flakyTests(e2e, process.cwd()));
if (flaky) console.log(`\n${flaky}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
