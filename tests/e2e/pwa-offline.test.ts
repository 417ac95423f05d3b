/** What opens when nothing answers: the app has been opened once, and the server is gone. */
import { startServerProcess } from '../support/server-process';
import { createPerson, meet } from './support/person';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';

const secret = '#AAAAAAAAAAAAAAAAAAAAAA';

test('home, settings, check, a shared link and a lobby open from a cold browser while the server is stopped', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context, reopen }) => {
			const ada = await createPerson(context, 'Ada');
			await ada.page.goto(server.origin);
			await untilKept(ada.page);
			await ada.enter(`${server.origin}/room/team-sync${secret}`);
			await ada.leave();

			await server.stop();
			const again = await createPerson(await reopen(), 'Ada');
			const { page } = again;
			const failures: string[] = [];
			page.on('pageerror', (error) => failures.push(error.message));

			await page.goto(server.origin);
			await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
			const recent = page.getByRole('navigation', { name: 'Recent rooms' });
			await expect(recent.getByRole('link', { name: 'team-sync' })).toBeVisible();
			await page.goto(`${server.origin}/settings`);
			await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ada');
			await page.goto(`${server.origin}/check`);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await page.goto(
				`${server.origin}/join?text=${encodeURIComponent(`${server.origin}/room/shared-room`)}`,
			);
			await expect(page).toHaveURL(`${server.origin}/room/shared-room`);
			await page.goto(`${server.origin}/new`);
			await expect(page).toHaveURL(/\/room\/[a-z0-9-]+#[\w-]{22}$/);

			// As some programs write a link that they are given.
			await page.goto(`${server.origin}/room/shared-room/${secret}`);
			await expect(page).toHaveURL(`${server.origin}/room/shared-room${secret}`);
			await expect(page.getByLabel('Your camera')).toBeVisible();

			// A room nobody has been in, by its link.
			await page.goto(`${server.origin}/room/Some%20Other%20Room`);
			await expect(page).toHaveURL(`${server.origin}/room/some-other-room`);
			await expect(
				page.getByText("Can't reach the server").or(page.getByText("You're offline")),
			).toBeVisible();
			const preview = page.getByLabel('Your camera');
			await expect
				.poll(() => preview.evaluate((video) => (video as HTMLVideoElement).videoWidth))
				.toBeGreaterThan(0);
			await expect(page.getByRole('combobox', { name: 'Camera device' })).toBeVisible();
			await page.getByRole('button', { name: 'Camera', exact: true }).click();
			await expect(page.getByText('Your camera is off')).toBeVisible();
			expect(failures).toEqual([]);
		});
	} finally {
		await server.dispose();
	}
});

test('a join pressed while the server is away waits, can be called off, and goes through by itself when it is back', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			const ada = await createPerson(context, 'Ada');
			await ada.page.goto(server.origin);
			await untilKept(ada.page);
			await server.stop();

			await ada.openRoom(`${server.origin}/room/team-sync${secret}`);
			await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
			await ada.page.getByRole('button', { name: 'Join call' }).click();
			await expect(ada.page.getByText("You'll join as soon as")).toBeVisible();
			await ada.page.getByRole('button', { name: 'Stop waiting' }).click();
			await ada.page.getByRole('button', { name: 'Join call' }).click();
			await expect(ada.page.getByText("You'll join as soon as")).toBeVisible();

			await server.start();
			await expect(ada.control('Leave call')).toBeVisible();
			await expect(ada.tile('Ada (you)')).toBeVisible();
			await ada.leave();
		});
	} finally {
		await server.dispose();
	}
});

test('what is written while the server and the others are away waits in sight and is sent when they are back', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			await withProfile(async ({ context: other }) => {
				const [ada, bob] = [await createPerson(context, 'Ada'), await createPerson(other, 'Bob')];
				await meet([ada, bob], `${server.origin}/room/team-sync${secret}`);
				await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'connected');
				await server.stop('SIGKILL');
				await bob.page.close();
				await expect(ada.tile('Bob')).not.toHaveAttribute('data-connection', 'connected', {
					timeout: 30_000,
				});
				await ada.say('For later');
				await expect(ada.messages()).toContainText('For later');
				await expect(ada.messages()).toContainText(/waiting/i);

				await server.start();
				const back = await createPerson(other, 'Bob');
				await back.enter(`${server.origin}/room/team-sync${secret}`);
				await back.openChat();
				await expect(back.messages()).toContainText('For later', { timeout: 30_000 });
				await expect(ada.messages()).not.toContainText(/waiting/i);
			});
		});
	} finally {
		await server.dispose();
	}
});

test('signaling, health and metrics are never kept', async ({ server }) => {
	await withProfile(async ({ context }) => {
		const ada = await createPerson(context, 'Ada');
		await ada.openRoom(`${server.origin}/room/team-sync${secret}`);
		await untilKept(ada.page);
		await ada.join();
		await ada.page.evaluate(() =>
			Promise.all(['/healthz', '/readyz', '/metrics'].map((path) => fetch(path))),
		);
		const kept = await ada.page.evaluate(async () => {
			const names = await caches.keys();
			const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
			return requests.flat().map(({ url }) => new URL(url).pathname);
		});
		expect(kept).toContain('/room/any-room');
		expect(kept.filter((path) => /trpc|healthz|readyz|metrics|team-sync/.test(path))).toEqual([]);
		await ada.leave();
	});
});
