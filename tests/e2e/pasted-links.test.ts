/** Links as people paste, open and damage them, with an eye on the wire: what of a secret goes to the server. */
import { isolate } from '../../src/lib/words/isolate';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { expectAllConnected, untilAlive } from './support/person';
import { makePaste, tellsOf } from '../support/pastes';
import { seededRandom, seedFromEnvironment } from '../support/random';

/** All that leaves the page: addresses, headers and bodies of requests, and frames. */
function readWire(page: Page): string[] {
	const told: string[] = [];
	page.context().on('request', (request) => {
		told.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
	});
	page.on('websocket', (socket) => {
		told.push(socket.url());
		socket.on('framesent', ({ payload }) => void told.push(payload.toString()));
	});
	return told;
}

/** As the address bar does it: nothing is loaded. */
function putInAddressBar(page: Page, address: string): Promise<void> {
	return page.evaluate((to) => {
		window.location.href = to;
	}, address);
}

test('two hundred pastes into the field give a room or words, and no piece of a secret is in any request or frame', async ({
	newPerson,
	server,
}) => {
	const random = seededRandom(seedFromEnvironment());
	console.log(`seed ${random.seed}`);
	const { page } = await newPerson('Ada');
	const told = readWire(page);
	const secrets: string[] = [];
	await page.goto(server.origin);
	await untilAlive(page);
	const field = page.getByRole('textbox', { name: 'Room name or link' });
	const peeks = () => told.filter((text) => text.includes('room.peek')).length;
	let opened = 0;
	for (let round = 0; round < 200; round++) {
		const paste = makePaste(random, server.origin);
		secrets.push(paste.secret);
		await field.focus();
		// As the clipboard hands it over, with its lines.
		await field.evaluate((input, text) => {
			(input as HTMLInputElement).select();
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
			if (input.dispatchEvent(event)) document.execCommand('insertText', false, text);
		}, paste.text);
		const expected = `You will join ${isolate(paste.room)}`;
		const shown = JSON.stringify(paste);
		if (!paste.intact) {
			await field.press('Enter');
			await expect(field, shown).toHaveAttribute('aria-invalid', 'true');
		} else await expect(page.getByText(expected), shown).toBeVisible();
		if (paste.intact && opened < 4) {
			opened += 1;
			const before = peeks();
			await field.press('Enter');
			await expect(page, shown).toHaveURL(
				`${server.origin}/room/${encodeURIComponent(paste.room)}#${paste.secret}`,
			);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(paste.room);
			await expect.poll(peeks).toBeGreaterThan(before);
			await page.getByRole('link', { name: 'Parley, home' }).click();
			await expect(field).toBeVisible();
		}
	}
	for (const secret of secrets) expect(tellsOf(secret, told.join('\n')), secret).toBe(false);
	// Names that no link could have: refused in words, and typed on purpose.
	for (const [typed, words] of [
		['plan #2', "A room name can't contain #"],
		['C++ course', "A room name can't contain +"],
		['www.example.org/x', "That address doesn't lead to a room"],
		['teаm sync', 'mixes letters that look alike'],
	] as const) {
		await field.fill(typed);
		await field.press('Enter');
		await expect(page.getByText(words)).toBeVisible();
	}
	// The same in an address.
	await page.goto(`${server.origin}/room/C++ course`);
	await expect(page.getByRole('heading', { name: 'No room can have this name' })).toBeVisible();
	await expect(page.getByText("A room name can't contain +. Ask for the link again")).toBeVisible();
	await expect(page.getByRole('link', { name: 'New call' })).toBeVisible();
	await page.getByRole('link', { name: 'Back to home' }).click();
	await field.fill('Встреча 2024');
	await field.press('Enter');
	await expect(page.getByRole('heading', { name: 'встреча-2024' })).toBeVisible();
});

test('links opened, damaged and put over each other lead to their room or say why not, and no piece of a secret is in any request or frame', async ({
	newPerson,
	server,
}) => {
	const room = `${server.origin}/room/meeting-${process.pid}`;
	const secret = 'q7Yw2mXKp4sVb9LhTzE0dA';
	const link = `${room}#${secret}`;
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await bob.enter(link);
	await bob.say('Written before Ada had the link');
	const { page } = ada;
	const told = readWire(page);
	const lobby = page.getByRole('button', { name: 'Join call' });
	const damaged = page.getByRole('heading', { name: 'This link is damaged' });

	for (const end of ['.', ')', '%20', '%3D', '%E2%80%9D', '%', '%E2']) {
		await page.goto(`${link}${end}`);
		await expect(lobby).toBeEnabled();
		await expect(page).toHaveURL(link);
		await page.goto('about:blank');
	}
	for (const lost of [secret.slice(0, -3), `${secret}A`, 'chat']) {
		await page.goto(`${room}#${lost}`);
		await expect(damaged).toBeVisible();
		await expect(lobby).toBeHidden();
		await page.goto('about:blank');
	}
	// The browser has asked for these before any script of ours is there; from then on nothing more is told.
	for (const [address, leads] of [
		[`${room}%23${secret}`, link],
		[`${room}%2523${secret}.`, link],
		[`${room}%EF%BC%83${secret}`, link],
	] as const) {
		const asked = told.length;
		await page.goto(address);
		await expect(lobby).toBeEnabled();
		await expect(page).toHaveURL(leads);
		expect(told[asked]).toBe(address);
		told.splice(asked, 1);
		await page.goto('about:blank');
	}

	// Without the secret Ada is in another room of that name, alone.
	await ada.enter(room);
	await ada.control('Microphone').click();
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(ada.tile('Bob')).toHaveCount(0);
	await ada.openChat();
	await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
	await page.evaluate(() => Object.assign(window, { sameDocument: true }));
	await putInAddressBar(page, `${link}.`);
	await expectAllConnected([ada, bob]);
	await expect(page).toHaveURL(link);
	await expect(lobby).toBeHidden();
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(ada.control('Camera')).toHaveAttribute('aria-pressed', 'true');
	await ada.openChat();
	await expect(ada.messages()).toContainText('Written before Ada had the link');
	await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');

	// What is damaged, or says the same, leaves the call alone.
	const peers = await page.evaluate(() => window.parleyTestPeers?.length);
	await putInAddressBar(page, `${room}#foo`);
	await expect(page.getByRole('alert').getByText('The link in the address bar is damaged')).toBeVisible();
	await expect(page).toHaveURL(link);
	await page.getByRole('button', { name: 'Close', exact: true }).click();
	await putInAddressBar(page, `${link},`);
	await expect(page).toHaveURL(link);
	await expect(page.getByText('The link in the address bar is damaged')).toBeHidden();
	await expectAllConnected([ada, bob]);
	await bob.say('Still there?');
	await expect(ada.messages()).toContainText('Still there?');
	expect(await page.evaluate(() => window.parleyTestPeers?.length)).toBe(peers);
	expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

	// Another room's address leads to its lobby.
	await putInAddressBar(page, `${server.origin}/room/another-room#${secret}`);
	await expect(page.getByRole('heading', { name: 'another-room' })).toBeVisible();
	await expect(lobby).toBeEnabled();
	expect(told.some((text) => text.includes('room.join'))).toBe(true);
	expect(told.filter((text) => tellsOf(secret, text))).toEqual([]);
});

test('a step back over a link that was put over another leads to the room of the one before, by its lobby', async ({
	newPerson,
	server,
}) => {
	const room = `${server.origin}/room/stepping-${process.pid}`;
	const link = `${room}#q7Yw2mXKp4sVb9LhTzE0dA`;
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	const { page } = ada;
	await bob.enter(link);

	await ada.openRoom(room);
	await expect(page.getByText("You're the first")).toBeVisible();
	await putInAddressBar(page, link);
	await expect(page.getByText('1 person is here')).toBeVisible();
	await page.goBack();
	await expect(page.getByText("You're the first")).toBeVisible();

	await ada.join();
	await expect.poll(() => page.evaluate(() => history.length), 'a call has an entry of its own').toBe(3);
	await putInAddressBar(page, link);
	await expectAllConnected([ada, bob]);
	const question = page.getByRole('dialog', { name: 'Leave the call?' });
	await expect(async () => {
		await page.goBack();
		await expect(question).toBeVisible({ timeout: 1_000 });
	}).toPass();
	await page.goBack();
	await expect(page).toHaveURL(room);
	await expect(page.getByText("You're the first")).toBeVisible();
	await expect(page.getByRole('button', { name: 'Join call' })).toBeEnabled();
	await expect(bob.tile('Ada')).toHaveCount(0);
	await page.goBack();
	await expect(page, 'one more leads away').toHaveURL('about:blank');
});
