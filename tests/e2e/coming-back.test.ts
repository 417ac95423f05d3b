/** Who comes back into a call without a click: a reload does, and a step in the history; a page that led here does not. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import type { Person } from './support/person';

/** Another site, whose page runs this script in the visitor's tab. */
async function withOtherSite(script: string, visit: (address: string) => Promise<void>): Promise<void> {
	const server = createServer((_request, response) => {
		response.setHeader('Content-Type', 'text/html');
		response.end(`<!doctype html><title>elsewhere</title><script>${script}</script>`);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		await visit(`http://localhost:${(server.address() as AddressInfo).port}/`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

const capturesOn = (page: Page) =>
	page.evaluate(() => (window.parleyTestCaptures ?? []).some(({ readyState }) => readyState === 'live'));

async function expectInCallAs(person: Person, microphone: 'on' | 'off'): Promise<void> {
	await expect(person.control('Leave call')).toBeVisible();
	await expect(person.tile(`${person.name} (you)`)).toHaveAttribute('data-microphone', microphone);
	await expect(person.tile(`${person.name} (you)`)).toHaveAttribute('data-camera', microphone);
}

test('another site in the tab leads into the lobby, where the seat waits for a click; a reload of it asks again', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await ada.enter(roomLink);
	await bob.enter(roomLink);
	await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
	await withOtherSite(`location.href = ${JSON.stringify(roomLink)}`, async (address) => {
		await ada.page.goto(address);
		await ada.page.waitForURL(roomLink);
		await expect(ada.page.getByRole('button', { name: 'Join call' })).toBeEnabled();
		// It has had every chance: the preview runs, the room is known, and a reload would have been in by now.
		await expect.poll(() => capturesOn(ada.page)).toBe(true);
		await ada.page.reload();
		await expect(ada.page.getByRole('button', { name: 'Join call' })).toBeEnabled();
		await expect.poll(() => capturesOn(ada.page)).toBe(true);
		await expect(ada.control('Leave call')).toBeHidden();
		await ada.join();
		await expectInCallAs(ada, 'on');
	});
	await expect(bob.tile('Ada')).toHaveCount(1);
});

test('the click in that lobby takes the seat that was left, and no second one', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await ada.enter(roomLink);
	await bob.enter(roomLink);
	const id = await bob.tile('Ada').getAttribute('data-participant');
	expect(id).not.toBeNull();
	await withOtherSite(`location.href = ${JSON.stringify(roomLink)}`, async (address) => {
		await ada.page.goto(address);
		await ada.page.waitForURL(roomLink);
		await ada.join();
		await expect(bob.tile('Ada')).toHaveAttribute('data-participant', id as string);
		await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
		await expect(bob.tile('Ada')).toHaveCount(1);
	});
});

test('a reload comes back as it was; a step back from another site comes back silent and dark', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	await ada.enter(roomLink);
	await expectInCallAs(ada, 'on');
	await ada.page.reload();
	await expectInCallAs(ada, 'on');
	await withOtherSite(`setTimeout(() => history.back(), 100)`, async (address) => {
		// Leaves by the page's own doing, so that the step back leads here.
		await ada.page.evaluate((elsewhere) => window.location.assign(elsewhere), address);
		await ada.page.waitForURL(roomLink);
		await expectInCallAs(ada, 'off');
		expect(await capturesOn(ada.page)).toBe(false);
	});
});
