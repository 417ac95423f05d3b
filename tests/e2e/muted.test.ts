/** Somebody who says that their microphone is off and sends sound all the same. */
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectSound, meet, type Person } from './support/person';

test('a microphone that is said to be off is silent for the others, whatever is sent', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expect.poll(() => heardElements(bob)).toBe(1);

	await ada.control('Microphone').click();
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await sendSoundAnyway(ada);
	await expectSound(bob);
	await expect.poll(() => heardElements(bob)).toBe(0);

	await ada.control('Microphone').click();
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
	await expect.poll(() => heardElements(bob)).toBe(1);
	await expectSound(bob);
});

/** How many elements let sound be heard just now. */
function heardElements(person: Person): Promise<number> {
	return person.page.evaluate(
		() => [...document.querySelectorAll('audio')].filter(({ muted, paused }) => !muted && !paused).length,
	);
}

/** As a page would that was made for it: the track that goes out is enabled behind the call's back. */
function sendSoundAnyway(person: Person): Promise<void> {
	return person.page.evaluate(() => {
		for (const peer of window.parleyTestPeers ?? []) {
			const track = peer.getSenders()[0]?.track;
			if (track) track.enabled = true;
		}
	});
}
