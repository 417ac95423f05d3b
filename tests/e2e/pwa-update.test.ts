/** A new version of the app is put in place while people are in a call. */
import type { Page } from '@playwright/test';
import { makeSecondBuild, type SecondBuild } from '../support/second-build';
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';
import { createPerson, expectAllConnected, expectMoving } from './support/person';

const link = (origin: string) => `${origin}/room/team-sync#AAAAAAAAAAAAAAAAAAAAAA`;
const build = (page: Page) => page.evaluate(() => document.documentElement.dataset['build'] ?? 'first');
const offer = (page: Page) => page.getByText('A new version of Parley is ready');

let second: SecondBuild;

test.beforeAll(async () => {
	test.setTimeout(240_000);
	second = await makeSecondBuild({
		'src/app.html': ['<html lang="en">', '<html lang="en" data-build="second">'],
		'src/lib/protocol/limits.ts': ['protocolVersion = 2', 'protocolVersion = 3'],
	});
});
test.afterAll(() => second.dispose());

test('[V3] a new build during a call: no reload, old and new see and hear each other, one click after the hang-up takes it', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			await withProfile(async ({ context: other }) => {
				const ada = await createPerson(context, 'Ada');
				await ada.page.goto(server.origin);
				await untilKept(ada.page);
				await ada.enter(link(server.origin));
				await ada.page.evaluate(() => Object.assign(window, { sameLoad: true }));

				await server.stop();
				await server.start(second.entry);
				const bob = await createPerson(other, 'Bob');
				await bob.openRoom(link(server.origin));
				expect(await build(bob.page)).toBe('second');
				await bob.join();

				await expectAllConnected([ada, bob]);
				await expectMoving(ada, 'Bob');
				await expectMoving(bob, 'Ada');
				await ada.say('From the old one');
				await bob.openChat();
				await expect(bob.messages()).toContainText('From the old one');
				await bob.say('From the new one');
				await expect(ada.messages()).toContainText('From the new one');

				// Fetched in the background, and kept to itself.
				await ada.page.waitForFunction(async () =>
					Boolean((await navigator.serviceWorker.getRegistration())?.waiting),
				);
				await expect(offer(ada.page)).toBeHidden();
				expect(await ada.page.evaluate(() => 'sameLoad' in window)).toBe(true);
				// Parts that are loaded when first asked for are still those of the old build.
				await ada.control('Invite').click();
				await expect(ada.page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
				await ada.page.keyboard.press('Escape');

				await ada.leave();
				await expect(offer(ada.page)).toBeVisible();
				expect(await build(ada.page)).toBe('first');
				await ada.page.getByRole('button', { name: 'Refresh' }).click();
				await expect(ada.page.getByRole('button', { name: 'Join call' })).toBeVisible();
				expect(await build(ada.page)).toBe('second');
				await expect(offer(ada.page)).toBeHidden();
			});
		});
	} finally {
		await server.dispose();
	}
});

test('taken in one tab, a new build leaves a call in another tab alone', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			const ada = await createPerson(context, 'Ada');
			await ada.page.goto(server.origin);
			await untilKept(ada.page);
			await ada.enter(link(server.origin));
			await ada.page.evaluate(() => Object.assign(window, { sameLoad: true }));

			await server.stop();
			await server.start(second.entry);
			const tab = await context.newPage();
			await tab.goto(`${server.origin}/settings`);
			await expect(offer(tab)).toBeVisible();
			await tab.getByRole('button', { name: 'Refresh' }).click();
			await expect.poll(() => build(tab).catch(() => 'loading')).toBe('second');

			await expect(ada.control('Leave call')).toBeVisible();
			expect(await ada.page.evaluate(() => 'sameLoad' in window)).toBe(true);
			await ada.control('Invite').click();
			await expect(ada.page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
			await ada.page.keyboard.press('Escape');
			await ada.leave();
		});
	} finally {
		await server.dispose();
	}
});

test('[V2] a client too old for the server is told to refresh, and gets the new version with it', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			const ada = await createPerson(context, 'Ada');
			// A version before the first, which no server lets in.
			await context.routeWebSocket('**/trpc', (socket) => {
				const upstream = socket.connectToServer();
				socket.onMessage((message) =>
					upstream.send(message.toString().replaceAll('"protocol":2', '"protocol":1')),
				);
			});
			await ada.page.goto(server.origin);
			await untilKept(ada.page);
			await server.stop();
			await server.start(second.entry);
			await ada.openRoom(link(server.origin));
			expect(await build(ada.page)).toBe('first');
			await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
			await ada.page.getByRole('button', { name: 'Join call' }).click();
			await expect(ada.page.getByText("There's a newer version of Parley")).toBeVisible();
			await ada.page.locator('form').getByRole('button', { name: 'Refresh' }).click();
			// It may have to look for the new one, and then to do without the old one's help.
			await expect.poll(() => build(ada.page).catch(() => 'loading'), { timeout: 30_000 }).toBe('second');
			await ada.join();
			expect(await build(ada.page)).toBe('second');
		});
	} finally {
		await server.dispose();
	}
});
