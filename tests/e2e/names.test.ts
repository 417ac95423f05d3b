/** Who is who, when two people look the same by name. */
import { expect, test } from './support/fixtures';
import type { Person } from './support/person';

/** What a person is told that each of the others is called. */
async function tilesOf(person: Person): Promise<string[]> {
	const tiles = person.page.getByRole('list', { name: 'Participants' }).getByRole('listitem');
	return tiles.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
}

test('two people of one name are told apart, by the same numbers on every screen, and nobody passes for oneself', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	// A Cyrillic А, and a mark that nobody sees.
	const again = await newPerson('Аd\u00ada');
	const you = await newPerson('Bob (you)');
	for (const person of [ada, again, you]) {
		await person.openRoom(roomLink);
		// Nothing here needs a picture.
		await person.page.getByRole('button', { name: 'Camera', exact: true }).click();
		await person.join();
	}

	await expect.poll(() => tilesOf(ada)).toEqual(['Ada (you)', 'Аda (2)', 'Bob']);
	await expect.poll(() => tilesOf(again)).toEqual(['Аda (you)', 'Ada', 'Bob']);
	await expect.poll(() => tilesOf(you)).toEqual(['Bob (you)', 'Ada', 'Аda (2)']);
	await expect(again.tile('Аda (you)')).toContainText('Аda (2) (you)');
	await expect(you.tile('Аda (2)')).toContainText('Аda (2)');
	await expect(you.tile('Bob (you)').getByText('You', { exact: true })).toBeVisible();

	await ada.say('by the first');
	await again.say('by the second');
	await you.openChat();
	const authors = you.messages().getByRole('heading', { level: 3 });
	await expect(authors).toHaveText([/^Ada\W/, /^Аda \(2\)/]);

	// Renamed in the call, by the keyboard: everybody sees it, and the next lobby knows it.
	await you.control('More options').focus();
	const { keyboard } = you.page;
	const dialog = you.page.getByRole('dialog', { name: 'Change your name' });
	const field = dialog.getByRole('textbox', { name: 'Your name' });
	const openName = async () => {
		await keyboard.press('Enter');
		await you.page.getByRole('menuitem', { name: 'Change your name' }).press('Enter');
		await expect(field).toBeFocused();
	};
	await openName();
	await field.fill('never');
	await keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(you.control('More options')).toBeFocused();
	await openName();
	await field.fill('\u2800');
	await keyboard.press('Enter');
	await expect(field).toHaveAccessibleDescription(/Nobody could see that name/);
	await field.fill('Bea');
	await keyboard.press('Enter');
	await expect(you.page.getByRole('status').getByText('Your name is now')).toBeVisible();
	await expect(you.control('More options')).toBeFocused();
	await expect.poll(() => tilesOf(ada)).toEqual(['Ada (you)', 'Аda (2)', 'Bea']);
	await expect.poll(() => tilesOf(you)).toEqual(['Bea (you)', 'Ada', 'Аda (2)']);
	await expect(you.tile('Bea (you)').getByText('You', { exact: true })).toBeVisible();

	await ada.leave();
	await expect(authors).toHaveText([/^Ada \(earlier\)/, /^Аda\W/]);
	await expect.poll(() => tilesOf(you)).toEqual(['Bea (you)', 'Аda']);
	await you.leave();
	await you.page.getByRole('button', { name: 'Rejoin' }).click();
	await expect(you.page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Bea');
});
