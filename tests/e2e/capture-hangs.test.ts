/**
 * A camera that never answers, and a question that nobody answers: sound does not wait for the picture, the buttons show what is, the
 * lobby and the call say what is waited for, and what comes in the end is used.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { hangCapture } from './support/hanging-capture';
import { audioEnergy, expectAllConnected, expectMoving, expectSound, type Person } from './support/person';

/** Said after eight seconds; a busy machine may take longer. */
const saidWithinMs = 15_000;

test('a camera that never answers costs no sound, is told of in lobby and call, and is used when it answers', async ({
	newPerson,
	roomLink,
}, info) => {
	const bob = await newPerson('Bob');
	const ada = await newPerson('Ada');
	await hangCapture(ada.page, 'video');
	await bob.enter(roomLink);
	await ada.openRoom(roomLink);

	const lobby = (name: string) => ada.page.getByRole('button', { name, exact: true });
	await expect(lobby('Microphone')).toHaveAttribute('aria-pressed', 'true');
	await expect(lobby('Camera')).toHaveAttribute('aria-pressed', 'false');
	await expect(lobby('Camera')).toHaveAccessibleDescription('Starting');
	await ada.page.screenshot({ path: info.outputPath('starting.png') });
	await ada.join();
	await expectAllConnected([ada, bob]);
	await expectSound(bob);
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');
	await expect(ada.control('Camera')).toHaveAttribute('aria-pressed', 'false');

	const words = ada.page.getByRole('status').filter({ hasText: /isn't responding/ });
	await expect(words).toBeVisible({ timeout: saidWithinMs });
	await expect(ada.control('Camera')).toHaveAccessibleDescription('Not working');
	await picture(ada.page, info.outputPath('call'));

	await test.step('muting works at once, and silences', async () => {
		await ada.control('Microphone').click();
		await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
		await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
		await expectSilence(ada, bob);
		await ada.control('Microphone').click();
		await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
		await expectSound(bob);
	});

	await ada.page.evaluate(() => window.parleyTestAnswer?.());
	await expect(ada.control('Camera')).toHaveAttribute('aria-pressed', 'true');
	await expect(words).toHaveCount(0);
	await expectMoving(bob, 'Ada');
	const live = await ada.page.evaluate(() =>
		(window.parleyTestCaptures ?? [])
			.filter(({ readyState }) => readyState === 'live')
			.map(({ kind }) => kind),
	);
	expect(live.sort(), 'what was captured besides is let go').toEqual(['audio', 'video']);
});

test('a question that nobody answers is told of, keeps nobody from joining, and its late answer is heard and seen', async ({
	newPerson,
	roomLink,
}, info) => {
	const ada = await newPerson('Ada');
	await hangCapture(ada.page, 'everything');
	await ada.openRoom(roomLink);
	const words = ada.page
		.getByRole('status')
		.filter({ hasText: /asking for permission to use your microphone and camera.*Allow/ });
	await expect(words).toBeVisible({ timeout: saidWithinMs });
	await picture(ada.page, info.outputPath('lobby'));

	const bob = await newPerson('Bob');
	await bob.enter(roomLink);
	await ada.join();
	await expectAllConnected([ada, bob]);
	await expect(words).toBeVisible();
	for (const name of ['Microphone', 'Camera']) {
		await expect(ada.control(name)).toHaveAttribute('aria-pressed', 'false');
	}
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await expectMoving(ada, 'Bob');

	// Off before the answer: that light never goes on.
	await ada.control('Camera').click();
	await expect(
		ada.page.getByRole('status').filter({ hasText: /to use your microphone(?! and)/ }),
	).toBeVisible();
	await expect(words).toHaveCount(0);
	await ada.page.evaluate(() => window.parleyTestAnswer?.());
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'true');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
	await expectSound(bob);
	await expect(ada.control('Camera')).toHaveAttribute('aria-pressed', 'false');
	await expect
		.poll(() =>
			ada.page.evaluate(() =>
				(window.parleyTestCaptures ?? [])
					.filter(({ readyState }) => readyState === 'live')
					.map(({ kind }) => kind),
			),
		)
		.toEqual(['audio']);
});

/** What was on its way is heard out; after that nothing is. */
async function expectSilence(speaker: Person, listener: Person): Promise<void> {
	await expect
		.poll(async () => {
			const before = await audioEnergy(listener);
			await expectMoving(speaker, listener.name);
			return (await audioEnergy(listener)) - before;
		})
		.toBeCloseTo(0, 5);
}

/** On a phone and on a large screen, light and dark. */
async function picture(page: Page, path: string): Promise<void> {
	const before = page.viewportSize();
	for (const [size, viewport] of Object.entries({
		phone: { width: 360, height: 740 },
		laptop: { width: 1440, height: 900 },
	})) {
		await page.setViewportSize(viewport);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.screenshot({ path: `${path}-${size}-${colorScheme}.png` });
		}
	}
	if (before) await page.setViewportSize(before);
}
