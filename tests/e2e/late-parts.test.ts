/** What nobody needs to come in is fetched once somebody is inside, and the network may fail just then. */
import { expect, test } from './support/fixtures';
import { expectAllConnected, untilAlive } from './support/person';

test('the chat that could not be loaded is told of once, tried again by itself, and lacks nothing then', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada');
	// A service worker would have kept it.
	const bob = await newPerson('Bob', { serviceWorkers: 'block' });
	await ada.enter(roomLink);
	await ada.say('written before');
	await bob.page.goto(server.origin);
	await untilAlive(bob.page);
	await bob.page.getByRole('textbox', { name: 'Room name or link' }).fill(roomLink);
	await bob.page.getByRole('button', { name: 'Join', exact: true }).click();
	await expect(bob.page.getByRole('button', { name: 'Join call' })).toBeEnabled();
	const callPage = bob.page.waitForResponse(/\/_app\/immutable\/.*\.js$/);
	await bob.page.getByRole('button', { name: 'Join call' }).hover();
	await callPage;
	await bob.page.waitForLoadState('networkidle');
	let blocked = true;
	await bob.page.route('**/_app/immutable/**', (route) =>
		blocked ? route.abort('connectionreset') : route.continue(),
	);
	await bob.join();
	await expectAllConnected([ada, bob]);
	await expect(bob.page.getByText("The chat couldn't be loaded.")).toHaveCount(1);
	// Nothing can ask in the page's own words yet: a step back ends nothing, and the browser asks before it closes.
	const asked: string[] = [];
	bob.page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		void dialog.dismiss();
	});
	await bob.page.evaluate(() => history.back());
	await bob.page.evaluate(() => location.reload());
	await expect.poll(() => asked).toEqual(['beforeunload']);
	await expect(bob.page).toHaveURL(roomLink);
	await expectAllConnected([ada, bob]);
	await ada.say('written meanwhile');
	await bob.control('Chat').click();
	await expect(bob.page.getByText("The chat couldn't be loaded.")).toHaveCount(1);

	blocked = false;
	await bob.openChat();
	await expect(bob.messages().getByRole('paragraph')).toHaveText([/written before/, /written meanwhile/], {
		timeout: 40_000,
	});
	await expect(
		bob.page.getByText("The chat couldn't be loaded."),
		'the word of it is taken back',
	).toHaveCount(0);
	await bob.say('and I answer');
	await expect(ada.messages()).toContainText('and I answer');
});

test('a call whose page could not be loaded is joined all the same, and shown when it comes', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob', { serviceWorkers: 'block' });
	await ada.enter(roomLink);
	await bob.openRoom(roomLink);
	let blocked = true;
	await bob.page.route('**/_app/immutable/**', (route) =>
		blocked ? route.abort('connectionreset') : route.continue(),
	);
	await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob');
	await bob.page.getByRole('button', { name: 'Join call' }).click();
	await expect(bob.page.getByText("The call couldn't be loaded yet. Trying again…")).toBeVisible();
	await expect(bob.page.getByRole('button', { name: 'Joining…' })).toBeDisabled();
	await expect(ada.tile('Bob')).toBeVisible();

	blocked = false;
	await expectAllConnected([ada, bob]);
	await ada.say('there you are');
	await bob.openChat();
	await expect(bob.messages()).toContainText('there you are');
});
