import { expect, it } from 'vitest';
import { e2eCounts, flakyTests, flakyWords, maxFlaky, unitCounts } from './test-counts.mjs';

/** @typedef {import('@playwright/test/reporter').JSONReport} E2eReport */

/** @param {string} title @param {string} status @param {string[]} errors one for each run, empty where it passed */
const spec = (title, status, errors) => ({
	title,
	file: 'chat.test.ts',
	line: 7,
	tests: [{ status, results: errors.map((message) => ({ errors: message ? [{ message }] : [] })) }],
});

/** The parts of Playwright's report that are read. @param {object[]} suites */
const report = (...suites) =>
	/** @type {E2eReport} */ (
		/** @type {unknown} */ ({ config: { rootDir: '/home/me/parley/tests/e2e' }, suites })
	);

it('counts a unit test that did not pass as failed, a skipped one as well', () => {
	expect(unitCounts({ numPassedTests: 5, numTotalTests: 8 })).toEqual({ passed: 5, failed: 3 });
});

it('counts flaky tests that passed in the end as passed, as long as they are few', () => {
	const stats = { expected: 10, unexpected: 0, skipped: 0 };
	expect(e2eCounts({ ...stats, flaky: maxFlaky })).toEqual({ passed: 12, failed: 0 });
	expect(e2eCounts({ ...stats, flaky: maxFlaky + 1 })).toEqual({ passed: 10, failed: 3 });
});

it('counts what failed twice and what was skipped as failed, whatever was flaky', () => {
	expect(e2eCounts({ expected: 10, unexpected: 1, skipped: 2, flaky: 1 })).toEqual({ passed: 11, failed: 3 });
	expect(e2eCounts({ expected: 10, unexpected: 1, skipped: 2, flaky: 3 })).toEqual({ passed: 10, failed: 6 });
});

it('lists the flaky tests alone, of nested groups as well, with place and first line of the error', () => {
	const found = flakyTests(
		report({
			title: 'chat.test.ts',
			specs: [
				spec('always passes', 'expected', ['']),
				spec('passes at last', 'flaky', ['\u001b[31mError: not visible\u001b[39m\n\nLocator: x', '']),
				spec('always fails', 'unexpected', ['Error: a', 'Error: b']),
			],
			suites: [
				{
					title: 'two people',
					specs: [],
					suites: [{ title: 'at once', specs: [spec('agree', 'flaky', ['\nTest timeout', ''])] }],
				},
			],
		}),
		'/home/me/parley',
	);
	expect(found).toEqual([
		{ name: 'passes at last', place: 'tests/e2e/chat.test.ts:7', error: 'Error: not visible' },
		{ name: 'two people › at once › agree', place: 'tests/e2e/chat.test.ts:7', error: 'Test timeout' },
	]);
});

it('lists a test that failed without an error of its own', () => {
	const file = { title: 'chat.test.ts', specs: [spec('crashed', 'flaky', ['', ''])] };
	expect(flakyTests(report(file), '/')).toMatchObject([{ error: 'no error was reported' }]);
});

it('says nothing where nothing was flaky, and says when it is too much', () => {
	const flaky = { name: 'agrees', place: 'tests/e2e/chat.test.ts:7', error: 'Error: no' };
	expect(flakyWords([])).toBeNull();
	expect(flakyWords([flaky])).toBe(
		'Flaky: failed, then passed (each has a cause to be found)\n  agrees\n    tests/e2e/chat.test.ts:7\n    Error: no',
	);
	expect(flakyWords([flaky, flaky, flaky])).toContain('more than 2, which fails the run');
});
