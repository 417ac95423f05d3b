/** Two people in Firefox: the whole path through the interface, a reload in the middle of it, and a server that dies. */
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { expectConnected, expectMoving, expectSound, watchFrames } from './support/person';

test('two people see, hear and write to each other, and one who reloads is back in the call', async ({
	newFirefoxPerson,
	server,
}) => {
	const ada = await newFirefoxPerson('Ada');
	const bob = await newFirefoxPerson('Bob');
	await ada.page.goto(server.origin);
	await ada.click('button', 'New call');
	await expect.poll(() => ada.page.url()).toMatch(/\/room\/[a-z0-9-]{3,64}#[A-Za-z0-9_-]{22}$/);
	const link = ada.page.url();
	await ada.join();
	await bob.openRoom(link);
	await expect.poll(() => bob.page.$eval('body', (body) => body.innerText)).toContain('1 person is here');
	await bob.join();

	await expectConnected(ada, 'Bob');
	await expectConnected(bob, 'Ada');
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');
	await expectSound(ada);
	await expectSound(bob);
	await ada.say('Hello Bob');
	await bob.say('Hello Ada');
	await expect.poll(() => bob.messages()).toContain('Hello Bob');
	await expect.poll(() => ada.messages()).toContain('Hello Ada');

	const reloadedAt = Date.now();
	await bob.page.reload();
	await expectConnected(bob, 'Ada');
	console.log(`back after a reload: ${Date.now() - reloadedAt} ms`);
	await expectConnected(ada, 'Bob');
	await expectMoving(bob, 'Ada');
	await expectMoving(ada, 'Bob');
	await bob.openChat();
	await expect.poll(() => bob.messages()).toMatch(/Hello Bob[^]*Hello Ada/);

	await bob.leave();
	await expect.poll(() => ada.tile('Bob')).toBeNull();
});

test('a server killed and started again is not missed: pictures go on, what was done meanwhile is told, the chat goes on', async ({
	newFirefoxPerson,
}) => {
	const server = await startServerProcess();
	try {
		const link = `${server.origin}/room/survivors#AAAAAAAAAAAAAAAAAAAAAA`;
		const ada = await newFirefoxPerson('Ada');
		const bob = await newFirefoxPerson('Bob');
		await ada.enter(link);
		await bob.enter(link);
		await expectConnected(ada, 'Bob');
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
		await ada.say('before');
		await bob.openChat();
		await expect.poll(() => bob.messages()).toContain('before');

		const watches = [await watchFrames(ada, 'Bob'), await watchFrames(bob, 'Ada')];
		await server.stop('SIGKILL');
		await bob.click('button', 'Raise hand');
		// Longer than a client takes to notice: pictures flow with nobody there.
		for (const { count } of watches) {
			const before = await count();
			await expect.poll(count, { message: 'frames go on without a server' }).toBeGreaterThan(before + 30);
		}
		await server.start();
		await expect.poll(async () => (await ada.tile('Bob'))?.text).toContain('Hand raised');
		for (const { longestGapMs } of watches) {
			expect(await longestGapMs(), 'longest time without a frame, in milliseconds').toBeLessThan(1_500);
		}
		await bob.say('after');
		await expect.poll(() => ada.messages()).toContain('after');
		await expectConnected(bob, 'Ada');
		for (const { complaints } of [ada, bob]) {
			// Firefox writes down each call that nobody answers, and no page can keep it from that.
			expect(
				complaints.filter((line) => !/can’t establish a connection to the server at ws:/.test(line)),
			).toEqual([]);
			complaints.length = 0;
		}
	} finally {
		await server.dispose();
	}
});
