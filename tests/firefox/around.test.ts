/** What is around a call, as Firefox has it: the lobby, "Can I call from here?", keys, and the app without its server. */
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import type { FirefoxPerson } from './support/person';

const words = ({ page }: FirefoxPerson) => page.$eval('body', (body) => body.innerText);

test('the lobby has its names in Firefox’s own accessibility tree, and keys do in a call what they say', async ({
	newFirefoxPerson,
	roomLink,
}) => {
	const ada = await newFirefoxPerson('Ada');
	await ada.openRoom(roomLink);
	for (const [role, name] of [
		['textbox', 'Your name'],
		['button', 'Microphone'],
		['button', 'Camera'],
		['button', 'Join call'],
		['combobox', 'Microphone device'],
		['combobox', 'Camera device'],
	]) {
		expect(
			await ada.page.$$(`::-p-aria([name="${name}"][role="${role}"])`),
			`${role} "${name}"`,
		).toHaveLength(1);
	}
	const devices = await ada.page.$$eval('select', (pickers) =>
		pickers.flatMap(({ options }) => [...options].map(({ text }) => text)),
	);
	expect(devices).toEqual(
		expect.arrayContaining(['System default', 'Default Audio Device', 'Default Video Device']),
	);

	await ada.join();
	// The keys of a call are loaded once somebody is inside; what is pressed before that is heard by nobody.
	await expect(async () => {
		await ada.page.keyboard.press('?');
		await expect.poll(() => ada.count('dialog', 'Keyboard shortcuts'), { timeout: 1_000 }).toBe(1);
	}).toPass({ timeout: 15_000 });
	await ada.page.keyboard.press('Escape');
	await expect.poll(() => ada.count('dialog', 'Keyboard shortcuts')).toBe(0);
	await ada.page.keyboard.press('m');
	await expect.poll(() => ada.attribute('button', 'Microphone', 'aria-pressed')).toBe('false');
	await ada.page.keyboard.press('v');
	await expect.poll(() => ada.attribute('button', 'Camera', 'aria-pressed')).toBe('false');
	await ada.page.keyboard.press('c');
	await expect.poll(() => ada.count('textbox', 'Message')).toBe(1);
	await ada.fill('Message', 'hmm');
	await ada.page.keyboard.type('v?');
	await expect
		.poll(() => ada.page.$eval('textarea', (field) => field.value), { message: 'typed, and nothing else' })
		.toBe('hmmv?');
	expect(await ada.attribute('button', 'Camera', 'aria-pressed')).toBe('false');
	await ada.page.keyboard.press('Escape');
	await expect.poll(() => ada.count('textbox', 'Message')).toBe(0);

	// Without a display there is no screen to share, as where the system keeps it from the browser.
	await ada.click('button', 'Share screen');
	await expect.poll(() => words(ada)).toContain("Your system doesn't let the browser see the screen");
	expect(await ada.attribute('button', 'Share screen', 'aria-pressed')).toBe('false');
	await ada.leave();
});

test('checks what a call needs, offers no installing where there is none, and opens without its server', async ({
	newFirefoxPerson,
}) => {
	const server = await startServerProcess();
	try {
		const ada = await newFirefoxPerson('Ada');
		await ada.page.goto(server.origin);
		await expect.poll(() => ada.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
		expect(await ada.count('button', 'Install')).toBe(0);

		await ada.page.goto(`${server.origin}/check`);
		await ada.click('button', 'Start camera and microphone');
		// Level and speaker are left out: where a machine has no sound at all, Firefox runs no audio context.
		for (const found of [
			'Works. You should see yourself',
			'Works on your own network',
			'This server has none',
		]) {
			await expect.poll(() => words(ada)).toContain(found);
		}
		await expect.poll(() => words(ada)).toMatch(/Answers in \d+ ms/);
		await expect.poll(() => words(ada)).toContain('You can call, within limits');

		await server.stop();
		await ada.page.goto(server.origin);
		await expect.poll(() => ada.count('button', 'New call')).toBe(1);
		await ada.page.goto(`${server.origin}/settings`);
		await expect.poll(() => ada.count('textbox', 'Your name')).toBe(1);
		await ada.page.goto(`${server.origin}/room/never-opened#AAAAAAAAAAAAAAAAAAAAAA`);
		await expect.poll(() => words(ada)).toMatch(/Can't reach|You're offline/);
		await expect
			.poll(() => ada.page.$eval('video', ({ videoWidth }) => videoWidth), { message: 'the preview runs' })
			.toBeGreaterThan(0);
		expect(
			ada.complaints.filter((line) => !/can’t establish a connection to the server at ws:/.test(line)),
		).toEqual([]);
		ada.complaints.length = 0;
	} finally {
		await server.dispose();
	}
});
