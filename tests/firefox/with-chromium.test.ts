/** One in Chromium, one in Firefox: what each sends, the other sees, hears and reads. */
import { expectMoving, expectSound } from '../e2e/support/person';
import { expect, test } from './support/fixtures';
import {
	expectConnected,
	expectMoving as expectMovingInFirefox,
	expectSound as expectSoundInFirefox,
} from './support/person';

test('picture, sound, words, mute, camera and a screen go between Chromium and Firefox', async ({
	newFirefoxPerson,
	newPerson,
	roomLink,
}) => {
	// Who comes second is the one who answers; which end is polite is left to chance.
	const ada = await newPerson('Ada', { viewport: { width: 640, height: 360 } });
	await ada.enter(roomLink);
	const bob = await newFirefoxPerson('Bob');
	await bob.enter(roomLink);

	await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'connected');
	await expectConnected(bob, 'Ada');
	await expectMoving(ada, 'Bob');
	await expectMovingInFirefox(bob, 'Ada');
	await expectSound(ada);
	await expectSoundInFirefox(bob);

	await ada.control('Microphone').click();
	await expect.poll(() => bob.tile('Ada')).toMatchObject({ microphone: 'off', camera: 'on' });
	await bob.click('button', 'Camera');
	await expect(ada.tile('Bob')).toHaveAttribute('data-camera', 'off');
	await bob.click('button', 'Camera');
	await expect(ada.tile('Bob')).toHaveAttribute('data-camera', 'on');
	await expectMoving(ada, 'Bob');
	await ada.control('Camera').click();
	await expect.poll(() => bob.tile('Ada')).toMatchObject({ camera: 'off' });
	await ada.control('Camera').click();
	await expect.poll(() => bob.tile('Ada')).toMatchObject({ camera: 'on' });
	await expectMovingInFirefox(bob, 'Ada');

	await ada.control('Share screen').click();
	await expect.poll(() => bob.tile('Ada (screen)')).not.toBeNull();
	await expectMovingInFirefox(bob, 'Ada (screen)');
	await ada.control('Share screen').click();
	await expect.poll(() => bob.tile('Ada (screen)')).toBeNull();

	await ada.say('Hello Bob');
	await bob.say('Hello Ada');
	await expect.poll(() => bob.messages()).toContain('Hello Bob');
	await expect(ada.messages()).toContainText('Hello Ada');
	await bob.leave();
	await expect(ada.tile('Bob')).toHaveCount(0);
});
