/** What one person can make another's screen, and screen reader, say. */
import { expect, test } from './support/fixtures';
import { expectAllConnected } from './support/person';

test('a hand that goes up and down and ten messages at once are two lines, also for a screen reader', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	for (const person of [ada, bob]) {
		await person.openRoom(roomLink);
		// Nothing here needs a picture.
		await person.page.getByRole('button', { name: 'Camera', exact: true }).click();
		await person.join();
	}
	await expectAllConnected([ada, bob]);
	const joined = ada.page.getByText('Bob joined');
	await expect(joined).toBeVisible();
	await expect(joined).toBeHidden();

	// Every text that comes into a live region.
	await ada.page.evaluate(() => {
		const said: string[] = [];
		Object.assign(window, { said });
		const observer = new MutationObserver((records) => {
			for (const { addedNodes } of records) {
				for (const node of addedNodes) {
					const text = node instanceof Element ? node.textContent.trim() : '';
					if (text !== '') said.push(text);
				}
			}
		});
		for (const region of document.querySelectorAll('.stack [role]'))
			observer.observe(region, { childList: true });
	});
	const said = () => ada.page.evaluate(() => (window as unknown as { said: string[] }).said);

	const hand = bob.control('Raise hand');
	for (let presses = 0; presses < 21; presses++) await hand.click();
	await expect(ada.tile('Bob')).toContainText('Hand raised');
	await bob.openChat();
	const field = bob.page.getByRole('textbox', { name: 'Message' });
	for (let text = 1; text <= 10; text++) {
		await field.fill(`text ${text}`);
		await field.press('Enter');
	}
	await expect(ada.control('Chat')).toHaveAccessibleDescription(/10 unread/);

	const messages = async () => (await said()).filter((text) => /messages? from Bob|Bob: /.test(text));
	await expect
		.poll(async () => {
			const counts = (await messages()).map((text) => Number(/^\d+/.exec(text)?.[0] ?? 1));
			return counts.reduce((sum, count) => sum + count, 0);
		})
		.toBe(10);
	expect((await messages()).length).toBeLessThanOrEqual(3);
	expect((await said()).filter((text) => text.includes('raised a hand'))).toHaveLength(1);
});
