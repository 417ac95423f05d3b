/** What nobody needs to come in is fetched once somebody is inside, and the network may fail just then. */
import { expect, test } from './support/fixtures';
import { expectAllConnected } from './support/person';

test('the chat that could not be loaded is told of once, tried again by itself, and lacks nothing then', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	// A service worker would have kept it.
	const bob = await newPerson('Bob', { serviceWorkers: 'block' });
	await ada.enter(roomLink);
	await ada.say('written before');
	await bob.openRoom(roomLink);
	let blocked = true;
	await bob.page.route('**/_app/immutable/**', (route) =>
		blocked ? route.abort('connectionreset') : route.continue(),
	);
	await bob.join();
	await expectAllConnected([ada, bob]);
	await expect(bob.page.getByText('The chat could not be loaded.')).toHaveCount(1);
	await ada.say('written meanwhile');
	await bob.control('Chat').click();
	await expect(bob.page.getByText('The chat could not be loaded.')).toHaveCount(1);

	blocked = false;
	await bob.openChat();
	await expect(bob.messages().getByRole('paragraph')).toHaveText([/written before/, /written meanwhile/], {
		timeout: 40_000,
	});
	await expect(
		bob.page.getByText('The chat could not be loaded.'),
		'the word of it is taken back',
	).toHaveCount(0);
	await bob.say('and I answer');
	await expect(ada.messages()).toContainText('and I answer');
});
