/** "Can I call from here?", asked where everything works, and where one thing or another does not. */
import type { BrowserContext, Page } from '@playwright/test';
import { startRefusingProxy } from '../support/faults/refusing-proxy';
import { startServerProcess } from '../support/server-process';
import { expectNothingSerious } from './support/axe';
import { launchBrowser } from './support/browser';
import { expect, test } from './support/fixtures';

const sizes = { phone: { width: 360, height: 740 }, laptop: { width: 1440, height: 900 } };

const step = (page: Page, name: string) =>
	page.getByRole('region', { name: 'What a call needs' }).getByRole('listitem', { name, exact: true });
const verdict = (page: Page) =>
	page.getByRole('status').filter({ has: page.getByRole('heading', { level: 2 }) });

/** As for somebody who has not been asked yet. Chromium with a fake question says that they have, and have agreed. */
async function askFirst(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const query = navigator.permissions.query.bind(navigator.permissions);
		navigator.permissions.query = async (descriptor) => {
			const status = await query(descriptor);
			Object.defineProperty(status, 'state', { value: 'prompt' });
			return status;
		};
	});
}

async function tryDevices(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Start camera and microphone' }).click();
	await step(page, 'Speaker').getByRole('button', { name: 'Play a sound' }).click();
	await step(page, 'Speaker').getByRole('button', { name: 'Yes, I heard it' }).click();
}

test('tells, step by step and in one line, that a call will work', async ({ people, server }, info) => {
	const context = await people.newContext({ viewport: sizes.laptop });
	try {
		await askFirst(context);
		const page = await context.newPage();
		await page.goto(server.origin);
		await page.getByRole('link', { name: 'Check camera, sound and connection' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Can I call from here?');
		await expect(step(page, 'Server')).toContainText(/Answers in \d+ ms/);
		await expect(step(page, 'Direct connection')).toContainText('Works on your own network');
		await expect(step(page, 'Relay')).toContainText('This server has none');
		await tryDevices(page);
		await expect(step(page, 'Camera')).toContainText('Works');
		await expect(step(page, 'Microphone')).toContainText('It hears you');
		await expect(step(page, 'Speaker')).toContainText('You heard it');
		await expect(page.locator('video')).toHaveJSProperty('paused', false);
		// No STUN server is named here, so that nobody can tell about other networks.
		await expect(verdict(page)).toContainText(
			'You can call, within limits See what helps below, under Direct connection.',
		);
		await page.screenshot({ path: info.outputPath('works.png') });
		await step(page, 'Speaker').getByRole('button', { name: 'Play it again' }).click();
		await step(page, 'Speaker').getByRole('button', { name: 'No' }).click();
		await expect(step(page, 'Speaker')).toContainText('choose another speaker');
	} finally {
		await context.close();
	}
});

test('a camera that is denied keeps nothing else from being checked, and says where to allow it', async ({
	server,
}, info) => {
	const browser = await launchBrowser({ permission: 'deny' });
	try {
		const page = await browser.newPage({ viewport: sizes.phone });
		await page.goto(`${server.origin}/check`);
		await tryDevices(page);
		for (const device of ['Camera', 'Microphone']) {
			await expect(step(page, device)).toContainText(
				/isn't allowed to use your (camera|microphone).*switch/is,
			);
			await expect(step(page, device).getByRole('button', { name: /again/ })).toBeVisible();
		}
		await expect(step(page, 'Server')).toContainText('Answers');
		await expect(verdict(page)).toContainText('within limits');
		await expectNothingSerious(page, 'check with devices denied');
		await page.screenshot({ path: info.outputPath('denied.png'), fullPage: true });
	} finally {
		await browser.close();
	}
});

test('where WebSockets are refused says that calls go over HTTP', async ({ people, server }, info) => {
	const proxy = await startRefusingProxy(server);
	const context = await people.newContext({ viewport: sizes.phone });
	try {
		const page = await context.newPage();
		await page.goto(`${proxy.origin}/check`);
		// Where permission was given before, the devices start by themselves.
		await expect(step(page, 'Camera')).toContainText('Works');
		await expect(step(page, 'Server')).toContainText(/Answers over HTTP, in \d+ ms.*refuses WebSockets/s);
		await page.screenshot({ path: info.outputPath('http.png'), fullPage: true });
	} finally {
		await context.close();
		await proxy.close();
	}
});

test('a server that does not answer is said so, and found again by checking again', async ({
	people,
}, info) => {
	const server = await startServerProcess();
	const context = await people.newContext({ viewport: sizes.phone });
	try {
		const page = await context.newPage();
		await page.goto(`${server.origin}/check`);
		await expect(step(page, 'Server')).toContainText('Answers');
		await server.stop('SIGKILL');
		await page.getByRole('button', { name: 'Check again' }).click();
		await expect(step(page, 'Server')).toContainText("Doesn't answer");
		await expect(verdict(page)).toContainText("won't work from here yet");
		await page.screenshot({ path: info.outputPath('unreachable.png'), fullPage: true });
		await server.start();
		await page.getByRole('button', { name: 'Check again' }).click();
		await expect(step(page, 'Server')).toContainText('Answers');
	} finally {
		await context.close();
		await server.dispose();
	}
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const [size, viewport] of Object.entries(sizes)) {
		test(`axe finds nothing serious, ${size}, ${colorScheme}`, async ({ people, server }, info) => {
			// The bars of the microphone dance: without motion the page comes to rest.
			const context = await people.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
			try {
				await askFirst(context);
				const page = await context.newPage();
				await page.goto(`${server.origin}/check`);
				await expect(step(page, 'Relay')).toContainText('This server has none');
				await expectNothingSerious(page, 'check, before the devices');
				await page.screenshot({ path: info.outputPath('before.png'), fullPage: true });
				await tryDevices(page);
				await expect(step(page, 'Microphone')).toContainText('It hears you');
				await expectNothingSerious(page, 'check, after the devices');
				await page.screenshot({ path: info.outputPath('after.png'), fullPage: true });
			} finally {
				await context.close();
			}
		});
	}
}
