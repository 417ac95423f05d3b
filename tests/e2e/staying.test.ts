/** What is lost once is not lost for ever, what needs an answer stays until it has one, and a file dropped on the page leads nowhere. */
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { untilAlive } from './support/person';

const partMissing = "That part couldn't be loaded.";
const styled = (page: Page, selector: string) =>
	page.locator(selector).evaluate((element) => getComputedStyle(element).paddingTop !== '0px');

/** As a hand does that drags a file from the desktop: the browser itself decides what becomes of it. */
async function dropFile(page: Page, path: string): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const data = { items: [], files: [path], dragOperationsMask: 1 };
	for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
		await session.send('Input.dispatchDragEvent', { type, x: 160, y: 200, data });
	await session.detach();
}

test('a part whose styles were lost comes with them later; one that a new version took away is promised for after the call', async ({
	newPerson,
	roomLink,
	server,
}) => {
	// A service worker would have kept them.
	const ada = await newPerson('Ada', { serviceWorkers: 'block' });
	const { page } = ada;
	// A camera for codes, and no other; a browser of its own would take longer.
	await page.addInitScript(() => {
		const detector = class {
			static getSupportedFormats = () => Promise.resolve(['qr_code']);
			detect = () => Promise.resolve([]);
		};
		Object.assign(window, { BarcodeDetector: detector });
	});
	let gone = false;
	await page.route('**/_app/immutable/**', (route) =>
		gone ? route.fulfill({ status: 404, body: 'Not Found' }) : route.fallback(),
	);
	let lost = 0;
	await page.route('**/assets/every-page.*.css', (route) =>
		lost++ < 2 ? route.abort('connectionreset') : route.continue(),
	);
	await page.goto(server.origin);
	await untilAlive(page);
	await expect
		.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink')))
		.not.toBe('');
	expect(lost, 'asked for until it came').toBe(3);

	const scannerMissing = page.getByRole('alert').getByText("The scanner couldn't be loaded.");
	gone = true;
	await page.getByRole('button', { name: 'Scan a code' }).click();
	await expect(scannerMissing).toBeVisible();
	await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
	gone = false;
	await expect(page.getByRole('dialog', { name: 'Scan a code' })).toBeVisible();
	await expect(scannerMissing).toHaveCount(0);

	await ada.enter(roomLink);
	let blocked = true;
	await page.route('**/assets/InviteDialog.*.css', (route) =>
		blocked ? route.abort('connectionreset') : route.continue(),
	);
	await ada.control('Invite').click();
	await expect(page.getByText(partMissing)).toBeVisible();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	blocked = false;
	await expect(page.getByText(partMissing), 'goes when a later try succeeds').toHaveCount(0);
	await ada.control('Invite').click();
	await expect(page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
	expect(await styled(page, 'dialog .link')).toBe(true);
	await page.keyboard.press('Escape');

	await ada.control('More options').click();
	await expect(page.getByRole('menu')).toBeVisible();
	gone = true;
	await page.getByRole('menuitemcheckbox', { name: 'Picture-in-picture' }).click();
	await expect(page.getByText(partMissing)).toBeVisible();
	await expect(page.getByText("didn't open a small window")).toHaveCount(0);
	gone = false;
	await expect(page.getByText(partMissing)).toHaveCount(0);

	// The server has the next version: its name is another, and files of this one are gone.
	await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'the next' } }));
	await page.route('**/_app/immutable/**', (route) => route.fulfill({ status: 404, body: 'Not Found' }));
	await ada.control('More options').click();
	await page.getByRole('menuitem', { name: 'Connection' }).click();
	const told = page.getByText('because Parley was updated. Reload after the call to get it back.');
	await expect(told).toBeVisible();
	await ada.leave();
	await expect(page.getByText('Parley was updated in the meantime.')).toBeVisible();
	await page.unrouteAll();
	await page.getByRole('button', { name: 'Refresh' }).click();
	await expect(page.getByRole('button', { name: 'Join call' })).toBeEnabled();
	await ada.join();
	await ada.control('More options').click();
	await expect(page.getByRole('menu')).toBeVisible();

	// Nor does a lobby keep silent about what it has no words for.
	await page.keyboard.press('Escape');
	await ada.leave();
	await page.addInitScript(() => {
		navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
	});
	blocked = true;
	// The sentences of both: no name tells which file has them.
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		const response = await route.fetch();
		const isTheirs = (await response.text()).includes('This link is missing its last part');
		await (blocked && isTheirs ? route.abort('connectionreset') : route.fulfill({ response }));
	});
	await ada.openRoom(roomLink.replace(/#.*/, ''));
	const devicesMissing = page.getByText("The help for your devices couldn't be loaded.");
	const linkMissing = page.getByText("The note about this link couldn't be loaded.");
	await expect(devicesMissing).toBeVisible();
	await expect(linkMissing).toBeVisible();
	blocked = false;
	await expect(page.getByText('This link is missing its last part')).toBeVisible();
	await expect(page.getByText('No microphone or camera found')).toBeVisible();
	await expect(devicesMissing.or(linkMissing)).toHaveCount(0);
});

test('a link that may not be copied stands there selected; files dropped or pasted lead nowhere and are answered in words', async ({
	newPerson,
	roomLink,
	server,
}, testInfo) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
	const file = testInfo.outputPath('picture.html');
	await writeFile(file, '<title>Led away</title>');
	const words = page.getByText("Files can't be sent yet.");
	const expectRefused = async () => {
		await expect(words).toBeVisible();
		await page.getByRole('button', { name: 'Dismiss' }).click();
		await expect(words).toHaveCount(0);
	};

	await page.goto(server.origin);
	await untilAlive(page);
	await dropFile(page, file);
	await expectRefused();
	await ada.openRoom(roomLink);
	await dropFile(page, file);
	await expectRefused();
	await ada.join();
	await dropFile(page, file);
	await expectRefused();
	expect(page.url()).toBe(roomLink);

	await page.getByRole('button', { name: 'Copy link' }).click();
	const field = page.getByRole('textbox', { name: 'Link', exact: true });
	await expect(field).toBeFocused();
	const selected = () => page.evaluate(() => getSelection()?.toString());
	expect([await field.inputValue(), await selected()]).toEqual([roomLink, roomLink]);
	await ada.control('Invite').click();
	const dialog = page.getByRole('dialog', { name: 'Invite people' });
	await dialog.getByRole('button', { name: 'Copy link' }).click();
	await expect(dialog.getByRole('alert').getByText("It's selected: press Ctrl+C")).toBeVisible();
	expect(await selected()).toBe(roomLink);

	// Over a dialog they can be read and answered: the rest of the page can't.
	await dropFile(page, file);
	await expect(dialog.getByRole('status').getByText("Files can't be sent yet.")).toBeVisible();
	await expectRefused();
	await page.evaluate(() => (location.hash = 'damaged.'));
	await expect(dialog.getByRole('alert').getByText('The link in the address bar is damaged')).toBeVisible();
	await dropFile(page, file);
	await dialog.getByRole('button', { name: 'Copy link' }).focus();
	await page.keyboard.press('Tab');
	await expect(dialog.getByRole('button', { name: 'Close' }).last()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expectRefused();
	await page.getByRole('button', { name: 'Close' }).click();

	await ada.openChat();
	await page.getByRole('textbox', { name: 'Message' }).evaluate((textarea) => {
		const clipboardData = new DataTransfer();
		clipboardData.items.add(new File(['…'], 'picture.png', { type: 'image/png' }));
		textarea.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	await expectRefused();
});
