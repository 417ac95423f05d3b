/** Settings that are changed in one tab of a browser, while a lobby and a call are open in others. */
import { launchBrowser } from './support/browser';
import { expect, test } from './support/fixtures';
import type { Page } from '@playwright/test';
import { createPerson, untilAlive } from './support/person';

test('what is changed in another tab is so here at once, and what is being typed here stays', async ({
	roomLink,
	server,
}) => {
	const browser = await launchBrowser({ devices: 3 });
	try {
		const context = await browser.newContext();
		const inCall = await createPerson(context, 'Ada');
		await inCall.enter(roomLink);
		const lobby = await createPerson(context, 'Ada');
		await lobby.openRoom(`${server.origin}/room/another-room`);
		const settings = await context.newPage();
		await settings.goto(`${server.origin}/settings`);
		const typedThere = settings.getByRole('textbox', { name: 'Your name' });
		await expect(typedThere).toHaveValue('Ada');
		const typedHere = lobby.page.getByRole('textbox', { name: 'Your name' });
		await expect(typedHere).toHaveValue('Ada');

		await settings.getByRole('radio', { name: 'Dark' }).check({ force: true });
		await expect.poll(() => scheme(inCall.page)).toBe('dark');
		await expect.poll(() => scheme(lobby.page)).toBe('dark');

		await typedThere.fill('Ada Lovelace');
		await typedThere.press('Tab');
		await expect(typedHere).toHaveValue('Ada Lovelace');
		await typedHere.fill('Countess');
		await typedThere.fill('Augusta');
		await typedThere.press('Tab');

		await settings.getByRole('checkbox', { name: 'Use these keys in a call' }).uncheck();
		await inCall.page.locator('body').press('h');
		await expect(inCall.control('Raise hand')).toHaveAttribute('aria-pressed', 'false');
		await settings.getByRole('checkbox', { name: 'Use these keys in a call' }).check();
		await inCall.page.locator('body').press('h');
		await expect(inCall.control('Raise hand')).toHaveAttribute('aria-pressed', 'true');

		const picker = lobby.page.getByRole('combobox', { name: 'Camera device' });
		await expect(picker.getByRole('option')).toHaveCount(4);
		const label = await picker.getByRole('option').nth(2).innerText();
		await picker.selectOption({ label });
		await expect
			.poll(() =>
				inCall.page.evaluate(() =>
					(window.parleyTestCaptures ?? [])
						.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live')
						.map((track) => track.label),
				),
			)
			.toEqual([label]);
		await expect(typedHere).toHaveValue('Countess');

		// Another language is taken where nothing is lost by it.
		await inCall.openChat();
		const draft = inCall.page.getByRole('textbox', { name: 'Message' });
		await draft.fill('not sent yet');
		const home = await context.newPage();
		await home.goto(server.origin);
		const typing = await context.newPage();
		await typing.goto(server.origin);
		await untilAlive(typing);
		const field = typing.getByRole('textbox', { name: 'Room name or link' });
		await field.fill('third-room');
		await settings.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Deutsch' });
		await expect(settings.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
		await expect(home.getByRole('button', { name: 'Neuer Anruf' })).toBeVisible();
		await expect(field).toHaveValue('third-room');
		await expect(typedHere).toHaveValue('Countess');
		await expect(draft).toHaveValue('not sent yet');
		// Whoever looks at them again finds them as they were.
		for (const page of [typing, lobby.page, inCall.page])
			await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
		await expect(draft).toHaveValue('not sent yet');
		await expect(typedHere).toHaveValue('Countess');
		await typing.getByRole('button', { name: 'Join' }).click();
		await expect(typing.getByRole('button', { name: 'Anruf beitreten' })).toBeVisible();
		await inCall.leave();
		await inCall.page.getByRole('button', { name: 'Back to home' }).click();
		await expect(inCall.page.getByRole('button', { name: 'Neuer Anruf' })).toBeVisible();
	} finally {
		await browser.close();
	}
});

function scheme(page: Page): Promise<string> {
	return page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
}

test('settings can be changed from the moment on in which a change is kept, and not before', async ({
	server,
}) => {
	const browser = await launchBrowser();
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(`${server.origin}/settings`, { waitUntil: 'commit' });
	const checkbox = page.locator('input[aria-describedby="hide-address"]');
	await checkbox.click({ force: true });
	release();
	await page.getByRole('checkbox', { name: 'Hide my address' }).check();
	await page.reload();
	await expect(page.getByRole('checkbox', { name: 'Hide my address' })).toBeChecked();
	await browser.close();
});
