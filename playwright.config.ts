import { defineConfig } from '@playwright/test';

/** Real browsers share two cores with their own encoders, so they take turns: one worker, bounded waits, no retries. */
export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	workers: 1,
	retries: 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	forbidOnly: true,
});
