/**
 * Reads the reports of the two test runners: how many tests passed and failed, and which end-to-end tests passed only on their second run.
 * Decides; `test.mjs` runs and prints.
 */
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {import('@playwright/test/reporter').JSONReport} E2eReport
 * @typedef {import('@playwright/test/reporter').JSONReportSuite} Suite
 * @typedef {{ name: string, place: string, error: string }} FlakyTest
 */

/** More flaky tests than this can't be blamed on a busy machine: something in the tree is unstable, and the run fails. */
export const maxFlaky = 2;

/**
 * A skipped test counts as failed, because nothing here is optional.
 * @param {{ numPassedTests: number, numTotalTests: number }} report @returns {Counts}
 */
export function unitCounts({ numPassedTests, numTotalTests }) {
	return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

/** @param {Pick<E2eReport['stats'], 'expected' | 'unexpected' | 'flaky' | 'skipped'>} stats @returns {Counts} */
export function e2eCounts({ expected, unexpected, flaky, skipped }) {
	const failed = unexpected + skipped;
	return flaky > maxFlaky
		? { passed: expected, failed: failed + flaky }
		: { passed: expected + flaky, failed };
}

/**
 * The tests that failed and then passed, each with its place and the first line of its first error.
 * @param {Pick<E2eReport, 'config' | 'suites'>} report @param {string} folder places are given relative to it
 * @returns {FlakyTest[]}
 */
export function flakyTests({ config, suites }, folder) {
	/** @param {Suite} suite @param {string[]} titles @returns {FlakyTest[]} */
	const inSuite = (suite, titles) => [
		...suite.specs.flatMap((spec) =>
			spec.tests
				.filter(({ status }) => status === 'flaky')
				.map(({ results }) => ({
					name: [...titles, spec.title].join(' › '),
					place: `${relative(folder, join(config.rootDir, spec.file))}:${spec.line}`,
					error: firstErrorLine(results),
				})),
		),
		...(suite.suites ?? []).flatMap((inner) => inSuite(inner, [...titles, inner.title])),
	];
	// The outermost suites are the files, which the place names already.
	return suites.flatMap((file) => inSuite(file, []));
}

/** @param {Suite['specs'][number]['tests'][number]['results']} results */
function firstErrorLine(results) {
	const first = results.flatMap(({ errors }) => errors).find(({ message }) => message);
	const lines = stripVTControlCharacters(first?.message ?? '').split('\n');
	return lines.find((line) => line.trim())?.trim() ?? 'no error was reported';
}

/**
 * The text printed at the end of a run, or null if no test was flaky.
 * @param {FlakyTest[]} flaky
 */
export function flakyWords(flaky) {
	if (flaky.length === 0) return null;
	const verdict =
		flaky.length > maxFlaky ? `more than ${maxFlaky}, which fails the run` : 'each has a cause to be found';
	return [
		`Flaky: failed, then passed (${verdict})`,
		...flaky.map(({ name, place, error }) => `  ${name}\n    ${place}\n    ${error}`),
	].join('\n');
}
