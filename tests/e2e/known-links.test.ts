/** Links that lost their secret on the way, or have another than the one this device knows. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { untilAlive } from './support/person';

const missing = 'This link is missing its last part';
const other = "You've been in a room with this name before, by another link";
const strangeSecret = '#BBBBBBBBBBBBBBBBBBBBBA';

const withoutSecret = (link: string) => link.replace(/#.*/, '');
/** What the room's own invitation would hand on. */
const hash = (page: Page) => page.evaluate(() => location.hash);

test('a link cut off at its # is told where the whole one is known, costs nobody the secret, and is mended by a click', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	const room = new URL(roomLink).pathname.split('/').at(-1) as string;
	await ada.openRoom(withoutSecret(roomLink));
	await expect(page.getByText(missing)).toBeHidden();
	await ada.enter(roomLink);
	await ada.leave();

	await ada.enter(withoutSecret(roomLink));
	await ada.leave();
	await page.goto(server.origin);
	const recent = page.getByRole('navigation', { name: 'Recent rooms' });
	const links = recent.getByRole('link', { name: room });
	await expect(links).toHaveText([/by its name alone/, /link ending in AAAA/]);
	await links.last().click();
	await expect(page).toHaveURL(roomLink);
	await expect(page.getByRole('button', { name: 'Join call' })).toBeEnabled();
	await expect(page.getByText(missing)).toBeHidden();

	await ada.openRoom(withoutSecret(roomLink));
	await expect(page.getByText(missing)).toBeVisible();
	await page.getByRole('button', { name: 'Use the full link' }).click();
	await expect(page.getByText(missing)).toBeHidden();
	await ada.join();
	expect(await hash(page)).toBe(new URL(roomLink).hash);
	await ada.control('Invite').click();
	await expect(page.getByRole('dialog', { name: 'Invite people' })).toContainText(roomLink);
});

test('a link with another secret is told from the one before, and both stay', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	await ada.enter(roomLink);
	await ada.leave();
	await ada.openRoom(withoutSecret(roomLink) + strangeSecret);
	await expect(page.getByText(other)).toBeVisible();
	await ada.join();
	await ada.leave();
	await page.goto(server.origin);
	const recent = page.getByRole('navigation', { name: 'Recent rooms' });
	await expect(recent.getByRole('link')).toHaveText([/link ending in BBBA/, /link ending in AAAA/]);
	await ada.openRoom(withoutSecret(roomLink) + strangeSecret);
	await expect(page.getByText(other)).toBeHidden();
});

test('the whole link put over the one cut off, in the same tab, leads to its room', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await bob.enter(roomLink);
	const { page } = ada;
	await ada.openRoom(withoutSecret(roomLink));
	await untilAlive(page);
	// As the address bar does it: nothing is loaded.
	await page.evaluate((link) => (window.location.href = link), roomLink);
	await ada.join();
	await ada.control('Invite').click();
	await expect(page.getByRole('dialog', { name: 'Invite people' })).toContainText(roomLink);
	await page.keyboard.press('Escape');
	await ada.leave();

	// The way home passes through no room without a secret.
	const captures = () => page.evaluate(() => window.parleyTestCaptures?.length);
	const before = await captures();
	await page.getByRole('button', { name: 'Back to home' }).click();
	await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
	expect(await captures()).toBe(before);
});
