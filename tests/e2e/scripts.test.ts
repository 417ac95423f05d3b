/** People who write in other scripts than this one, and those who write to make a mess. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { outsideBoxes } from '../gallery/outside-boxes.mjs';
import { expect, test } from './support/fixtures';
import { createPerson, type Person } from './support/person';

const chatOf = ({ page }: Person) => page.getByRole('complementary', { name: 'Chat' });
const bubbles = (person: Person) => person.messages().locator('.message');

async function enterWithoutCamera(person: Person, link: string): Promise<void> {
	await person.openRoom(link);
	await person.page.getByRole('button', { name: 'Camera', exact: true }).click();
	await person.join();
}

test('an input method keeps its Enter and its Escape, and the keys of a call work on a layout without Latin letters', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	const session = await page.context().newCDPSession(page);
	const compose = (text: string) =>
		session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
	/** As a browser sends it that ends the composition before the key. */
	const pressAfterwards = (key: string) =>
		page.evaluate((key) => {
			const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true });
			Object.defineProperty(event, 'keyCode', { value: 229 });
			return document.activeElement?.dispatchEvent(event);
		}, key);

	await ada.openRoom(roomLink);
	await page.getByRole('button', { name: 'Camera', exact: true }).click();
	const name = page.getByRole('textbox', { name: 'Your name' });
	await name.fill('\u2800\u3164');
	await page.getByRole('button', { name: 'Join call' }).click();
	await expect(page.getByText('Nobody could see that name')).toBeVisible();
	await name.fill('');
	await compose('にほんご');
	await name.press('Enter');
	expect(await pressAfterwards('Enter'), 'the form is not sent').toBe(false);
	await expect(page.getByRole('toolbar', { name: 'Call controls' })).toBeHidden();
	await ada.join();
	await ada.openChat();

	const field = chatOf(ada).getByRole('textbox', { name: 'Message' });
	await field.focus();
	await compose('会議');
	await field.press('Enter');
	await pressAfterwards('Enter');
	await compose('会議');
	await field.press('Escape');
	await pressAfterwards('Escape');
	await expect(chatOf(ada)).toBeVisible();
	await expect(bubbles(ada)).toHaveCount(0);
	await field.fill('会議です');
	await field.press('Enter');
	await expect(bubbles(ada)).toHaveText(['会議です']);
	await field.press('Escape');
	await expect(chatOf(ada)).toBeHidden();

	/** A key as another layout types it. */
	const type = (key: string, code: string, inside?: 'open' | 'closed') =>
		page.evaluate(
			([key, code, mode]) => {
				let target: Element = document.body;
				if (mode) {
					const host = document.body.appendChild(document.createElement('div'));
					target = host.attachShadow({ mode }).appendChild(document.createElement('input'));
					(target as HTMLElement).focus();
				}
				const press = { key, code, bubbles: true, composed: true, cancelable: true };
				target.dispatchEvent(new KeyboardEvent('keydown', press));
				(document.activeElement as HTMLElement | null)?.blur();
			},
			[key, code, inside] as const,
		);
	const pressed = (control: string) => ada.control(control).getAttribute('aria-pressed');
	const before = await pressed('Microphone');
	await type('ь', 'KeyM', 'open');
	await type('m', 'KeyM', 'closed');
	expect(await pressed('Microphone'), 'somebody types').toBe(before);
	await type('ь', 'KeyM');
	await expect.poll(() => pressed('Microphone')).not.toBe(before);
	await type('י', 'KeyH');
	await expect(ada.control('Raise hand')).toHaveAttribute('aria-pressed', 'true');
	await type('؟', 'Slash');
	await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('what people write runs its own way, links where they are seen, stays in its bubble, and is timed by who reads it', async ({
	newPerson,
	people,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const context = await people.newContext({ viewport: { width: 480, height: 700 } });
	const lateMs = 26 * 3_600_000;
	await context.addInitScript((lateMs) => {
		const now = Date.now.bind(Date);
		Date.now = () => now() - lateMs;
	}, lateMs);
	const bob = await createPerson(context, 'בוב (you)');
	await enterWithoutCamera(ada, roomLink);
	await enterWithoutCamera(bob, roomLink);
	await expect(ada.tile('בוב')).toHaveAttribute('data-connection', 'connected');
	await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
	await ada.openChat();

	await bob.say('שלום, ראו https://a.example/x');
	await bob.say('请看https://a.example/路径。');
	await bob.openChat();
	await chatOf(bob)
		.getByRole('textbox', { name: 'Message' })
		.fill(`first${'\n'.repeat(1_500)}last`);
	await chatOf(bob).getByRole('button', { name: 'Send' }).click();
	await bob.say(`Z${'\u0300\u0321'.repeat(400)}algo`);
	await expect(bubbles(ada)).toHaveCount(4);

	await expect(bubbles(ada).nth(0).locator('p')).toHaveCSS('direction', 'rtl');
	await expect(bubbles(ada).nth(0).getByRole('link')).toHaveCSS('direction', 'ltr');
	await expect(bubbles(ada).nth(1).getByRole('link')).toHaveText('https://a.example/路径');
	await expect(ada.messages().getByRole('heading', { level: 3 }).first()).toHaveText(/^בוב\W/);

	const long = bubbles(ada).nth(2);
	const heightOf = async () => (await long.boundingBox())?.height ?? 0;
	const all = long.getByRole('button', { name: 'Show all' });
	expect(await heightOf()).toBeLessThan(500);
	await all.press('Enter');
	await expect(long.getByRole('button', { name: 'Show less' })).toHaveAttribute('aria-expanded', 'true');
	expect(await heightOf()).toBeGreaterThan(20_000);
	await long.getByRole('button', { name: 'Show less' }).press('Enter');
	await expect(all).toBeVisible();
	expect(await ada.page.evaluate(outsideBoxes)).toEqual([]);

	// Bob's clock is a day and more behind; Ada's chat tells when he wrote by hers, without a date.
	const times = ada.messages().getByRole('time');
	for (const time of await times.all()) {
		const at = Date.parse((await time.getAttribute('datetime')) ?? '');
		expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
		await expect(time).toHaveText(/^\d+:\d\d( [AP]M)?$/);
	}
	const field = chatOf(ada).getByRole('textbox', { name: 'Message' });
	await field.fill('مسودة');
	await expect(field).toHaveCSS('direction', 'rtl');
	await context.close();
});

test('nothing is drawn outside its box, in three sizes, from the left and from the right', async ({
	people,
}) => {
	const configFile = fileURLToPath(new URL('../gallery/vite.config.ts', import.meta.url));
	// Built, not served from its sources: what a server finds out about them at the first request loads the page again under the test.
	const outDir = await mkdtemp(join(tmpdir(), 'parley-gallery-'));
	const options = { configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } } as const;
	await build(options);
	const gallery = await preview({ ...options, preview: { port: 0 } });
	const context = await people.newContext({ reducedMotion: 'reduce' });
	try {
		const page = await context.newPage();
		const { port } = gallery.httpServer.address() as { port: number };
		for (const scene of ['scripts', 'scripts-rtl', 'scripts-notices', 'scripts-notices-rtl']) {
			for (const viewport of [
				{ width: 360, height: 740 },
				{ width: 768, height: 1024 },
				{ width: 1440, height: 900 },
			]) {
				await page.setViewportSize(viewport);
				await page.goto(`http://localhost:${port}/?scene=${scene}`);
				await expect(page.locator(scene.includes('notices') ? '.toast' : '.message').nth(1)).toBeVisible();
				const where = `${scene} at ${viewport.width}`;
				expect(await page.evaluate(outsideBoxes), where).toEqual([]);
				const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				expect(excess, where).toBeLessThanOrEqual(0);
			}
		}
	} finally {
		await context.close();
		await gallery.close();
		await rm(outDir, { recursive: true, force: true });
	}
});
