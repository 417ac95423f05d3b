/** The whole path, through the interface alone: from a shared link to hanging up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchProfile } from './support/browser';
import { expect, test } from './support/fixtures';
import { leaveAndReload } from './support/leave-and-reload';
import {
	createPerson,
	expectAllConnected,
	expectMoving,
	expectSound,
	meet,
	type Person,
} from './support/person';

test('two people in two browsers go from a new call to moving pictures, sound and chat', async ({
	server,
}) => {
	const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'parley-profile-'))));
	const profiles = await Promise.all(folders.map((folder) => launchProfile(folder)));
	try {
		const [first, second] = profiles;
		if (!first || !second) throw new Error('two profiles were asked for');
		const ada = await createPerson(first, 'Ada');
		const bob = await createPerson(second, 'Bob');

		await ada.page.goto(server.origin);
		await ada.page.getByRole('button', { name: 'New call' }).click();
		await expect(ada.page).toHaveURL(/\/room\/[a-z0-9-]{3,64}#[A-Za-z0-9_-]{22}/);
		const link = ada.page.url();
		await expect(ada.page.getByLabel('Your camera')).toBeVisible();
		await ada.join();

		await bob.openRoom(link);
		await expect(bob.page.getByText('1 person is here')).toBeVisible();
		await bob.join();

		await expectAllConnected([ada, bob]);
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
		await expectSound(ada);
		await expectSound(bob);

		await ada.say('Hello Bob');
		await bob.openChat();
		await expect(bob.messages()).toContainText('Hello Bob');
		await bob.say('Hello Ada');
		await expect(ada.messages()).toContainText('Hello Ada');
		await expect.poll(() => openChannels(ada)).toBe(1);

		await bob.leave();
		await expect(ada.tile('Bob')).toHaveCount(0);
		await ada.leave();
	} finally {
		for (const profile of profiles) await profile.close();
		for (const folder of folders) await rm(folder, { recursive: true, force: true });
	}
});

test('three people are all connected; one leaves, one reloads, and the others never pause', ({
	newPerson,
	roomLink,
}) => leaveAndReload(['Ada', 'Bob', 'Cleo'], newPerson, roomLink));

test('two tabs of one person, and two people of one name, are each a participant', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	await ada.enter(roomLink);
	const again = await createPerson(ada.page.context(), 'Ada');
	await again.enter(roomLink);
	await expect(ada.tile('Ada (2)')).toHaveAttribute('data-connection', 'connected');
	await expect(again.tile('Ada')).toHaveAttribute('data-connection', 'connected');
});

test('who closes the tab is gone from view', async ({ newPerson, roomLink }) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await bob.page.close();
	await expect(ada.tile('Bob')).toHaveCount(0, { timeout: 10_000 });
});

test('the end offers the way back, and the same people meet again', async ({ newPerson, roomLink }) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await bob.leave();
	await bob.page.getByRole('button', { name: 'Rejoin' }).click();
	await bob.join();
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
});

test('what is typed or clicked before the scripts are there is not lost', async ({ newPerson, server }) => {
	const { page } = await newPerson('Ada');
	const typed = await holdScripts(page);
	await page.goto(server.origin);
	const field = page.getByRole('textbox', { name: 'Room name or link' });
	await field.fill('Team Sync');
	await field.press('Enter');
	typed.arrive();
	await expect(page.getByText('You will join team-sync')).toBeVisible();
	await expect(field).toHaveValue('Team Sync');
	await expect(page).toHaveURL(`${server.origin}/`);

	const { page: other } = await newPerson('Bob');
	const clicked = await holdScripts(other);
	await other.goto(server.origin);
	await other.getByRole('button', { name: 'New call' }).click();
	await expect(other).toHaveURL(/\/new\??$/);
	clicked.arrive();
	await expect(other).toHaveURL(/\/room\/[a-z0-9-]{3,64}#[A-Za-z0-9_-]{22}/);
	await expect(other.getByRole('button', { name: 'Join call' })).toBeEnabled();
});

/** Keeps the app's code from a page until it may arrive, as a slow network does. */
async function holdScripts(page: Page) {
	let arrive = () => {};
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	await page.route(/\/_app\/.*\.js$/, (route) => arrived.then(() => route.continue()));
	return { arrive };
}

function openChannels(person: Person): Promise<number> {
	return person.page.evaluate(async () => {
		let open = 0;
		for (const peer of window.parleyTestPeers ?? []) {
			if (peer.connectionState !== 'connected') continue;
			(await peer.getStats()).forEach((stat: { type: string; state?: string; messagesReceived?: number }) => {
				if (stat.type === 'data-channel' && stat.state === 'open' && (stat.messagesReceived ?? 0) > 0)
					open += 1;
			});
		}
		return open;
	});
}
