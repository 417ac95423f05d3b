/** What a page believes of its visibility: no headless browser hides a page. */
import type { Page } from '@playwright/test';

export async function setHidden(page: Page, hidden: boolean): Promise<void> {
	await page.evaluate((isHidden) => {
		Object.defineProperty(document, 'visibilityState', {
			value: isHidden ? 'hidden' : 'visible',
			configurable: true,
		});
		document.dispatchEvent(new Event('visibilitychange'));
	}, hidden);
}
