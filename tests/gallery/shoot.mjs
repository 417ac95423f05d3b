/**
 * Pictures of every scene, in four sizes, light and dark, and what axe-core finds in each.
 * Usage: node tests/gallery/shoot.mjs <folder> [scene,scene…] [size,size…] [light|dark] [language, such as ar-XB]
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { outsideBoxes } from './outside-boxes.mjs';

const sizes = {
	phone: { width: 360, height: 740 },
	side: { width: 740, height: 360 },
	tablet: { width: 768, height: 1024 },
	laptop: { width: 1440, height: 900 },
	narrow: { width: 320, height: 568 },
};
const scenes = [
	...['lobby', 'lobby-first', 'lobby-denied', 'lobby-busy', 'lobby-joining', 'lobby-full', 'lobby-waiting'],
	...['lobby-starting', 'lobby-asking', 'lobby-no-answer', 'call-no-answer'],
	...['lobby-origin-refused', 'lobby-blocked', 'lobby-intercepted', 'lobby-buffered'],
	...['call-origin-refused', 'call-blocked', 'call-intercepted', 'call-buffered'],
	...['lobby-no-secret', 'names', 'unproven', 'security', 'security-no-secret'],
	...[1, 2, 3, 4, 5, 6, 8, 12].map((count) => `call-${count}`),
	...['states', 'screen', 'screen-12', 'screen-own', 'chat', 'chat-empty', 'notices'],
	...['scripts', 'scripts-rtl', 'scripts-notices', 'scripts-notices-rtl'],
	...['quality', 'interrupted', 'connection', 'invite', 'more', 'shortcuts', 'ended', 'ended-taken-over'],
	...['leave', 'copy-refused', 'invite-refused', 'invite-notices', 'ended-outdated'],
];

const [folder = 'test-results/shots', sceneList, sizeList, themeList, language = 'en'] =
	process.argv.slice(2);
const wantedSizes = (sizeList || 'phone,side,tablet,laptop').split(',');
const wantedThemes = (themeList || 'light,dark').split(',');
mkdirSync(folder, { recursive: true });

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
const server = await createServer({ configFile, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let findings = 0;

for (const size of wantedSizes) {
	for (const theme of wantedThemes) {
		const page = await browser.newPage({
			viewport: sizes[size],
			colorScheme: theme,
			reducedMotion: 'reduce',
			hasTouch: size !== 'laptop',
		});
		page.on('pageerror', (error) => report(`${size} ${theme}: ${error.message}`));
		for (const scene of sceneList ? sceneList.split(',') : scenes) {
			const label = `${scene}-${size}-${theme}`;
			await page.goto(`http://localhost:${server.config.server.port}/?scene=${scene}&language=${language}`);
			await page.waitForLoadState('networkidle');
			await page.waitForTimeout(350);
			await page.screenshot({ path: `${folder}/${label}.png` });
			await inspect(page, label);
		}
		await page.close();
	}
}
await browser.close();
await server.close();
console.log(findings === 0 ? 'nothing found' : `${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;

/** @param {import('playwright-core').Page} page @param {string} label */
async function inspect(page, label) {
	await page.addScriptTag({ path: axe });
	const { violations, tooWide } = await page.evaluate(async () => {
		// @ts-expect-error axe has just been put there
		const result = await window.axe.run(document, { resultTypes: ['violations'] });
		return {
			violations: result.violations,
			tooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
		};
	});
	for (const { id, impact, nodes } of violations) {
		for (const node of nodes) report(`${label}: ${impact} ${id}: ${node.target} ${node.failureSummary}`);
	}
	if (tooWide) report(`${label}: scrolls sideways`);
	for (const found of await page.evaluate(outsideBoxes)) report(`${label}: ${found}`);
}

/** @param {string} text */
function report(text) {
	findings += 1;
	console.log(text);
}
