/** What axe-core finds in a page, as far as it keeps somebody from using it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

interface AxeResults {
	violations: {
		id: string;
		impact: string | null;
		help: string;
		nodes: { target: string[]; failureSummary?: string }[];
	}[];
}

declare global {
	interface Window {
		axe: { run(context: Document, options: object): Promise<AxeResults> };
	}
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA, and axe's own best practices; what it finds serious or critical must not be there. */
export async function expectNothingSerious(page: Page, where: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
	// Colours in the middle of a transition are nobody's contrast. A level meter begins new ones with each frame, so waiting for the last
	// would be left to luck: each is taken to its end.
	await page.evaluate(() => {
		for (const animation of document.getAnimations()) {
			if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
		}
	});
	// Not as a script element: the page's content security policy applies to those.
	await page.evaluate(axeSource);
	const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	const serious = violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(
			({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
		);
	expect(serious, where).toEqual([]);
}
