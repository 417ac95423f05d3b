/**
 * Runs every check, the one that fails fastest first, or the parts named after `npm test --` (`test-plan.mjs`). Goes on after a failure, and ends
 * with the flaky tests and the count. A check counts as one test; a step that dies without a report counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { buildAnew, buildIfNeeded } from './build.mjs';
import { ensureTools } from './ensure-tools.mjs';
import { e2eCounts, flakyTests, flakyWords, unitCounts } from './test-counts.mjs';
import { planTests } from './test-plan.mjs';

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

const plan = planTests(process.argv.slice(2), existsSync);
if ('problem' in plan) {
	console.error(plan.problem);
	process.exit(2);
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

if (plan.e2e || plan.build !== 'no') {
	const missing = ensureTools();
	if (missing) {
		console.error(missing);
		count('tools', false);
	}
}

if (plan.lint) {
	count('format', run('prettier', ['--check', '.', '--log-level', 'warn']));
	count('types: generate', run('svelte-kit', ['sync']));
	count('lint', run('eslint', ['.', '--max-warnings', '0']));
	count('import circles', run('oxlint', ['src', '--max-warnings', '0']));
	count('unused code', run('knip', ['--treat-config-hints-as-errors']));
	count('types', run('svelte-check', ['--fail-on-warnings']));
	count('types of the service worker', run('tsc', ['-p', 'src/service-worker']));
}

if (plan.build === 'anew') count('build', buildAnew());
else if (plan.build === 'if changed' && !buildIfNeeded()) count('build', false);

if (plan.unit) {
	const ok = run('vitest', [
		'run',
		...plan.unit,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${reports.unit}`,
	]);
	const unit = readReport(reports.unit);
	countReport('unit and integration tests', ok, unit && unitCounts(unit));
}

if (plan.e2e) {
	const ok = run('playwright', ['test', ...plan.e2e]);
	const e2e = readReport(reports.e2e);
	countReport('end-to-end tests', ok, e2e && e2eCounts(e2e.stats));
	const flaky = e2e && flakyWords(flakyTests(e2e, process.cwd()));
	if (flaky) console.log(`\n${flaky}`);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
