import { defineConfig } from '@playwright/test';

/**
 * Real browsers share two cores with their own encoders, so they take turns: one worker, bounded waits. What fails runs a second
 * time, and `scripts/test.mjs` tells of what passed only then.
 */
export default defineConfig({
	testDir: 'tests',
	outputDir: 'test-results',
	projects: [
		{ name: 'chromium', testDir: 'tests/e2e' },
		{ name: 'firefox', testDir: 'tests/firefox' },
	],
	workers: 1,
	retries: 1,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	forbidOnly: true,
});
