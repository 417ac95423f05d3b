/** Letters twice as large on a phone, and a page four times as large: everything can be read, and nothing is scrolled sideways. */
import { expect, type Page } from '@playwright/test';

const ways = [
	{ way: 'text of 200 %', size: { width: 360, height: 740 }, fontSize: '200%' },
	{ way: 'a zoom of 400 %', size: { width: 320, height: 256 }, fontSize: '' },
];

/** Leaves the page as large as it was. */
export async function expectTextFits(page: Page, where: string): Promise<void> {
	const before = page.viewportSize();
	for (const { way, size, fontSize } of ways) {
		await page.setViewportSize(size);
		await setFontSize(page, fontSize);
		await expect.poll(() => page.evaluate(textsCut), { message: `${where}, ${way}` }).toEqual([]);
	}
	await setFontSize(page, '');
	if (before) await page.setViewportSize(before);
}

async function setFontSize(page: Page, fontSize: string): Promise<void> {
	await page.evaluate((value) => (document.documentElement.style.fontSize = value), fontSize);
}

/** Runs in the page. What is cut off, leaves its box or the page, in words. A tile has its whole name in the list of connections. */
function textsCut(): string[] {
	const found = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
	for (const element of document.querySelectorAll('body *:not(input, textarea, select, option)')) {
		if (element.closest('.visually-hidden, .tooltip, .tile, [inert], svg')) continue;
		const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
		const words = text.map((node) => node.textContent?.trim()).join('');
		if (words === '' || !element.checkVisibility()) continue;
		const { left, right } = element.getBoundingClientRect();
		const around = element.parentElement?.getBoundingClientRect();
		const isInside = !around || (left >= around.left - 1 && right <= around.right + 1);
		if (left < -1 || right > innerWidth + 1) found.push(`“${words}” leaves the page`);
		else if (!isInside && around.width > 0) found.push(`“${words}” leaves what it stands in`);
		else if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
			found.push(`“${words}” leaves its box`);
		}
	}
	return found;
}
