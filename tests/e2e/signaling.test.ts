/** Ways to the server that are barred, and rooms that are full. */
import { startRefusingProxy } from '../support/faults/refusing-proxy';
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { createPerson, expectAllConnected, expectMoving, meet } from './support/person';

test('where a proxy refuses every WebSocket, the call works over HTTP and nobody need know', async ({
	people,
	server,
	newPerson,
}) => {
	const proxy = await startRefusingProxy(server);
	const room = `/room/no-upgrade-${process.pid}#DDDDDDDDDDDDDDDDDDDDDA`;
	const contexts = [await people.newContext(), await people.newContext()] as const;
	try {
		const ada = await createPerson(contexts[0], 'Ada');
		const bob = await createPerson(contexts[1], 'Bob');
		const addresses: string[] = [];
		ada.page.on('request', (request) => addresses.push(request.url()));
		await meet([ada, bob], `${proxy.origin}${room}`);
		const cleo = await newPerson('Cleo');
		await cleo.openRoom(`${server.origin}${room}`);
		await expect(cleo.page.getByText('2 people are here')).toBeVisible();
		await cleo.join();

		await expectAllConnected([ada, bob, cleo]);
		await expectMoving(ada, 'Bob');
		await expectMoving(ada, 'Cleo');
		await ada.say('over HTTP');
		await bob.openChat();
		await expect(bob.messages()).toContainText('over HTTP');
		await cleo.control('Microphone').click();
		await expect(ada.tile('Cleo')).toHaveAttribute('data-microphone', 'off');
		await ada.control('Raise hand').click();
		await expect(cleo.page.getByRole('status').filter({ hasText: 'Ada' }).first()).toBeVisible();
		expect(proxy.refused).toBeGreaterThan(0);

		// Twelve seconds are more than the silence after which a session over HTTP is given up.
		const until = Date.now() + 12_000;
		while (Date.now() < until) await expectMoving(ada, 'Bob');
		await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
		await bob.leave();
		await expect(ada.tile('Bob')).toHaveCount(0, { timeout: 3_000 });

		// [T2] A token in an address would end up in the logs of that very proxy.
		const stored = await ada.page.evaluate(() => sessionStorage.getItem('parley.session'));
		const { token } = JSON.parse(stored ?? '{}') as { token: string };
		expect(token.length).toBeGreaterThan(20);
		expect(addresses.filter((address) => address.includes(token))).toEqual([]);
		// [H4] Nor does anything else stand in those of calls: who is in which room, and what they offer.
		const calls = new Set(proxy.addresses.filter((address) => address.startsWith('/trpc')));
		expect(calls).toContain('/trpc/room.join');
		expect([...calls].filter((address) => !/^\/trpc(\/room\.[a-z]+)?$/.test(address))).toEqual([]);
	} finally {
		for (const context of contexts) await context.close();
		await proxy.close();
	}
});

test('[J6] the offer gathered in the lobby travels inside the join, and no other is needed', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	await ada.enter(roomLink);
	const bob = await newPerson('Bob');
	const sent: string[] = [];
	bob.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
	await bob.openRoom(roomLink);
	await expect
		.poll(() =>
			bob.page.evaluate(() =>
				window.parleyTestPeers?.some((peer) => peer.localDescription?.type === 'offer'),
			),
		)
		.toBe(true);
	await bob.join();
	await expectAllConnected([ada, bob]);
	await expectMoving(bob, 'Ada');
	const join = sent.find((frame) => frame.includes('"room.join"'));
	expect(join).toContain('"type":"offer"');
	expect(sent.filter((frame) => frame.includes('"room.signal"') && frame.includes('"type":"offer"'))).toEqual(
		[],
	);
});

test('a full room says so with its limit, lets one try again, and lets one wait for a seat', async ({
	newPerson,
}) => {
	const server = await startServerProcess({ ROOM_LIMIT: '2' });
	try {
		const link = `${server.origin}/room/two-seats#EEEEEEEEEEEEEEEEEEEEEA`;
		const ada = await newPerson('Ada');
		const bob = await newPerson('Bob');
		await meet([ada, bob], link);
		const cleo = await newPerson('Cleo');
		await cleo.openRoom(link);
		await cleo.page.getByRole('textbox', { name: 'Your name' }).fill('Cleo');
		await cleo.page.getByRole('button', { name: 'Join call' }).click();
		const notice = cleo.page.getByRole('alert').filter({ hasText: '2' });
		await expect(notice).toBeVisible();
		await cleo.page.getByRole('button', { name: 'Wait for a seat' }).click();
		await bob.leave();
		await expectAllConnected([ada, cleo]);
		await expectMoving(cleo, 'Ada');
	} finally {
		await server.dispose();
	}
});
