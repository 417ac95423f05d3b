/** Every page and panel under axe, in light and dark, and with large letters; and the whole flow without a mouse. */
import { expectNothingSerious } from './support/axe';
import { expect, test } from './support/fixtures';
import { expectTextFits } from './support/large-text';
import { expectAllConnected, expectMoving, untilAlive } from './support/person';

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing serious on any page or panel, ${colorScheme}`, async ({
		newPerson,
		server,
		roomLink,
	}) => {
		test.setTimeout(120_000);
		const ada = await newPerson('Ada', { colorScheme, viewport: { width: 1280, height: 800 } });
		const phone = await newPerson('Bob', {
			colorScheme,
			viewport: { width: 360, height: 740 },
			hasTouch: true,
		});

		/** The letters are the same in both. */
		const expectFits = (where: string) =>
			colorScheme === 'light' ? expectTextFits(ada.page, where) : Promise.resolve();

		await ada.page.goto(server.origin);
		await untilAlive(ada.page);
		await expectNothingSerious(ada.page, 'home');
		await ada.page.getByRole('textbox', { name: 'Room name or link' }).fill('!!');
		await ada.page.getByRole('button', { name: 'Join', exact: true }).click();
		await expectNothingSerious(ada.page, 'home with an error');
		await expectFits('home with an error');
		await ada.page.goto(`${server.origin}/settings`);
		await expectNothingSerious(ada.page, 'settings');
		await expectFits('settings');
		await ada.page.goto(`${server.origin}/room/a!`);
		await expectNothingSerious(ada.page, 'a room that can not be');

		for (const person of [ada, phone]) {
			await person.openRoom(roomLink);
			await expectNothingSerious(person.page, `${person.name}'s lobby`);
			if (person === ada) await expectFits('lobby');
			await person.join();
		}
		await expectAllConnected([ada, phone]);
		for (const person of [ada, phone]) {
			await expectNothingSerious(person.page, `${person.name}'s call`);
			await person.say('Have a look at https://example.org');
			await expectNothingSerious(person.page, `${person.name}'s chat`);
		}
		await expectFits('chat');
		await ada.control('Camera').click();
		await ada.control('Raise hand').click();
		await ada.control('Share screen').click();
		await expect(ada.page.locator('li[data-source="screen"]')).toBeVisible();
		await expectNothingSerious(ada.page, 'camera off, hand up, screen shared');

		await ada.control('Invite').click();
		await expect(ada.page.getByRole('dialog')).toBeVisible();
		await expectNothingSerious(ada.page, 'invite');
		await expectFits('invite');
		await ada.page.keyboard.press('Escape');
		await ada.control('More options').click();
		await expect(ada.page.getByRole('menu')).toBeVisible();
		await expectNothingSerious(ada.page, 'more options');
		await expectFits('more options');
		await ada.page.keyboard.press('Escape');
		await expect(ada.page.getByRole('menu')).toBeHidden();
		await ada.page.keyboard.press('?');
		await expect(ada.page.getByRole('dialog')).toBeVisible();
		await expectNothingSerious(ada.page, 'shortcuts');
		await ada.page.keyboard.press('Escape');
		await ada.leave();
		await expectNothingSerious(ada.page, 'the end');
	});
}

test('from home to hanging up with the keyboard alone', async ({ newPerson, server }) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	const { keyboard } = page;

	/** Moves the focus on until it is on this control, as somebody without a mouse does. */
	const tabTo = async (role: 'button' | 'textbox', name: string) => {
		const target = page.getByRole(role, { name, exact: true });
		await expect(target).toBeVisible();
		for (let presses = 0; presses < 40; presses += 1) {
			if (await target.evaluate((element) => element === document.activeElement)) return;
			await keyboard.press('Tab');
		}
		throw new Error(`${name} is not reached with Tab`);
	};

	await page.goto(server.origin);
	await tabTo('button', 'New call');
	await keyboard.press('Enter');
	await tabTo('textbox', 'Your name');
	await keyboard.type('Ada');
	await tabTo('button', 'Join call');
	await keyboard.press('Enter');
	await expect(page.getByRole('toolbar', { name: 'Call controls' })).toBeVisible();

	const bob = await newPerson('Bob');
	await bob.enter(page.url());
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');

	await keyboard.press('m');
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await page.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await keyboard.down('Space');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
	await keyboard.up('Space');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await keyboard.press('v');
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');
	await keyboard.press('h');
	await expect(bob.tile('Ada')).toContainText('Hand raised');

	await keyboard.press('c');
	await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
	await keyboard.type('much hot chocolate');
	await expect(ada.control('Microphone'), 'no shortcut fires while typing').toHaveAttribute(
		'aria-pressed',
		'false',
	);
	await keyboard.press('Enter');
	await bob.openChat();
	await expect(bob.messages()).toContainText('much hot chocolate');
	await keyboard.press('Escape');
	await expect(page.getByRole('complementary', { name: 'Chat' })).toBeHidden();

	await tabTo('button', 'Leave call');
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
	await tabTo('button', 'Rejoin');
	await keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Join call' })).toBeVisible();
});
