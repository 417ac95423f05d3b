/** What is proven of a call, and the words that two people compare. */
import { expectNothingSerious } from './support/axe';
import { expect, test } from './support/fixtures';
import { expectAllConnected, type Person } from './support/person';
import { openSecurity, safetyWordsOf } from './support/security-panel';

async function enterWithoutCamera(person: Person, link: string): Promise<void> {
	await person.openRoom(link);
	await person.page.getByRole('button', { name: 'Camera', exact: true }).click();
	await person.join();
}

test('two people without a secret are told what that means, and see the same four words', async ({
	newPerson,
	roomLink,
}) => {
	const link = roomLink.replace(/#.*/, '');
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await ada.openRoom(link);
	const note = ada.page.getByText('Anyone with the name can come in');
	await expect(note).toContainText('whoever runs this server could listen in');
	await expect(note.getByRole('link', { name: 'start a new call' })).toHaveAttribute('href', '/');
	for (const person of [ada, bob]) await enterWithoutCamera(person, link);
	await expectAllConnected([ada, bob]);

	for (const person of [ada, bob]) {
		await expect(await openSecurity(person)).toContainText('no secret that proves who is at the other end');
	}
	await expect(safetyWordsOf(ada, 'Bob')).toHaveText(/^[a-z]+( [a-z]+){3}$/, { timeout: 20_000 });
	const words = await safetyWordsOf(ada, 'Bob').textContent();
	await expect(safetyWordsOf(bob, 'Ada')).toHaveText(words ?? '', { timeout: 20_000 });
	await expectNothingSerious(ada.page, 'security');

	// Another page load is another pair of certificates.
	await bob.page.keyboard.press('Escape');
	await bob.page.reload();
	await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
	await expect(safetyWordsOf(ada, 'Bob')).not.toHaveText(words ?? '', { timeout: 20_000 });
	await openSecurity(bob);
	await expect(safetyWordsOf(bob, 'Ada')).toHaveText((await safetyWordsOf(ada, 'Bob').textContent()) ?? '', {
		timeout: 20_000,
	});
});

test('with a secret the words are there on demand, with the keyboard alone', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await ada.openRoom(roomLink);
	await expect(ada.page.getByText('Anyone with the name can come in')).toHaveCount(0);
	for (const person of [ada, bob]) await enterWithoutCamera(person, roomLink);
	await expectAllConnected([ada, bob]);

	const { keyboard } = ada.page;
	await ada.control('More options').focus();
	await keyboard.press('Enter');
	await expect(ada.page.getByRole('menu')).toBeVisible();
	await keyboard.type('Secu');
	await keyboard.press('Enter');
	const dialog = ada.page.getByRole('dialog', { name: 'Security' });
	await expect(dialog).toContainText('came by the same link');
	await expect(ada.page.getByRole('list', { name: 'Safety words' })).toHaveCount(0);
	const button = dialog.getByRole('button', { name: 'Show safety words' });
	for (
		let presses = 0;
		presses < 5 && !(await button.evaluate((it) => it === document.activeElement));
		presses++
	) {
		await keyboard.press('Tab');
	}
	await keyboard.press('Enter');
	await expect(safetyWordsOf(ada, 'Bob')).toHaveText(/^[a-z]+( [a-z]+){3}$/, { timeout: 20_000 });
	const bobs = await openSecurity(bob);
	await bobs.getByRole('button', { name: 'Show safety words' }).click();
	await expect(safetyWordsOf(bob, 'Ada')).toHaveText((await safetyWordsOf(ada, 'Bob').textContent()) ?? '', {
		timeout: 20_000,
	});
	await keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(ada.control('More options')).toBeFocused();
});
