/**
 * The pictures that a browser shows before the app is installed (`screenshots` in the manifest), taken from the gallery. They are
 * kept in the repository because taking them needs a browser, which building does not. Usage: node tests/gallery/screenshots.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const narrow = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true };
const wide = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, hasTouch: false };
const pictures = [
	{ name: 'call-narrow', scene: 'call-4', ...narrow },
	{ name: 'lobby-narrow', scene: 'lobby', ...narrow },
	{ name: 'call-wide', scene: 'screen', ...wide },
];
const quality = 0.82;

const folder = fileURLToPath(new URL('../../static/screenshots/', import.meta.url));
mkdirSync(folder, { recursive: true });
const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
const server = await createServer({ configFile, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

for (const { name, scene, ...surroundings } of pictures) {
	const page = await browser.newPage({ colorScheme: 'light', reducedMotion: 'reduce', ...surroundings });
	await page.goto(`http://localhost:${server.config.server.port}/?scene=${scene}`);
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(350);
	const picture = await page.screenshot();
	writeFileSync(`${folder}${name}.webp`, await toWebp(page, picture));
	await page.close();
}
await browser.close();
await server.close();

/**
 * A third of the size of a PNG, and the browser at hand can do it.
 * @param {import('playwright-core').Page} page @param {Buffer} picture
 */
async function toWebp(page, picture) {
	const source = `data:image/png;base64,${picture.toString('base64')}`;
	const base64 = await page.evaluate(async ([address, quality]) => {
		const image = new Image();
		image.src = address;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.naturalWidth;
		canvas.height = image.naturalHeight;
		canvas.getContext('2d')?.drawImage(image, 0, 0);
		return canvas.toDataURL('image/webp', quality).split(',')[1];
	}, /** @type {const} */ ([source, quality]));
	return Buffer.from(base64 ?? '', 'base64');
}
