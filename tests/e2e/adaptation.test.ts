/** No more is sent than is looked at, and with data saver no more than was promised. */
import { dataSaverBudgetBps } from '../../src/lib/call/adaptation/data-saver';
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';
import { measureTraffic, type Traffic } from './support/traffic';
import { setHidden } from './support/visibility';

test.use({ media: { fps: 10 } });

async function intoCall(people: Person[], link: string): Promise<void> {
	await meet(people, link);
	await expectAllConnected(people);
	for (const person of people) {
		for (const other of people) if (other !== person) await expectMoving(person, other.name);
	}
}

/** Of the picture as it arrives, in pixels. */
function frameWidth(person: Person, of: string): Promise<number> {
	return person
		.tile(of)
		.locator('video')
		.first()
		.evaluate((video: HTMLVideoElement) => video.videoWidth);
}

/**
 * Measures anew, at most three times, until voices came whole. What takes from them, takes from them every time; a machine that is busy for a
 * moment does not.
 * @param packets of all voices together, a second
 */
async function measureUntilWhole(person: Person, durationMs: number, packets: number): Promise<Traffic[]> {
	const measured: Traffic[] = [];
	const isWhole = ({ audioPacketsReceived, samplesConcealed, samples }: Traffic) =>
		audioPacketsReceived > packets && samplesConcealed / samples < 0.05;
	do measured.push(await measureTraffic(person, durationMs));
	while (!measured.some(isWhole) && measured.length < 3);
	expect(measured.some(isWhole), `voices are whole: ${JSON.stringify(measured)}`).toBe(true);
	return measured;
}

function expectWithinBudget(measured: Traffic[], what: string): void {
	for (const { bytesSent, bytesReceived } of measured) {
		const kilobits = [bytesSent, bytesReceived].map((bytes) => Math.round((bytes * 8) / 1_000));
		console.log(`data saver, ${what}: ${kilobits[0]} kbit/s sent, ${kilobits[1]} received`);
		expect(Math.max(bytesSent, bytesReceived) * 8, what).toBeLessThan(dataSaverBudgetBps);
	}
}

test('what is shown small is sent small within two seconds, and large again', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', { viewport: { width: 1440, height: 900 } });
	const bob = await newPerson('Bob');
	await intoCall([ada, bob], roomLink);
	await expect.poll(() => frameWidth(ada, 'Bob'), { timeout: 20_000 }).toBeGreaterThanOrEqual(400);
	const large = await frameWidth(ada, 'Bob');

	await ada.page.setViewportSize({ width: 320, height: 300 });
	const shrunkAt = Date.now();
	await expect.poll(() => frameWidth(ada, 'Bob'), { intervals: [50] }).toBeLessThanOrEqual(260);
	const smallAfterMs = Date.now() - shrunkAt;
	const small = await frameWidth(ada, 'Bob');
	// What Bob gets has nothing to do with what Ada looks at.
	await expect.poll(() => frameWidth(bob, 'Ada')).toBeGreaterThan(small);

	await ada.page.setViewportSize({ width: 1440, height: 900 });
	const grownAt = Date.now();
	await expect.poll(() => frameWidth(ada, 'Bob'), { intervals: [50] }).toBeGreaterThanOrEqual(400);
	console.log(
		`frame width ${large} → ${small} after ${smallAfterMs} ms, and back after ${Date.now() - grownAt} ms`,
	);
	expect(smallAfterMs).toBeLessThan(2_000);
});

test('nobody’s picture comes into a page that is hidden, or under a chat that covers them; voices do', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', { viewport: { width: 360, height: 740 } });
	const bob = await newPerson('Bob');
	await intoCall([ada, bob], roomLink);

	for (const [hide, show] of [
		[() => setHidden(ada.page, true), () => setHidden(ada.page, false)],
		[() => ada.openChat(), () => ada.page.getByRole('button', { name: 'Close panel' }).click()],
	] as const) {
		await hide();
		await expect
			.poll(async () => (await measureTraffic(ada, 500)).videoBytesReceived, { timeout: 5_000 })
			.toBe(0);
		const hidden = await measureUntilWhole(ada, 2_000, 40);
		expect(Math.max(...hidden.map(({ videoBytesReceived }) => videoBytesReceived))).toBe(0);
		// Long enough for whatever would take a picture that does not come for a fault.
		await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'connected');
		await expect(bob.tile('Ada')).toHaveAttribute('data-quality', 'good');
		await show();
		const shownAt = Date.now();
		await expectMoving(ada, 'Bob');
		console.log(`seen again after ${Date.now() - shownAt} ms`);
	}
	await expect(ada.tile('Bob')).toHaveAttribute('data-quality', 'good');
});

test('with data saver a call of three stays under its budget both ways, and voices are whole', async ({
	newPerson,
	roomLink,
}) => {
	test.setTimeout(200_000);
	const [ada, bob, cleo] = [await newPerson('Ada'), await newPerson('Bob'), await newPerson('Cleo')];
	await intoCall([ada, bob, cleo], roomLink);
	await ada.control('More options').click();
	await ada.page.getByRole('menuitemcheckbox', { name: 'Data saver' }).click();
	await ada.page.keyboard.press('Escape');
	await measureTraffic(ada, 3_000);

	const faces = await measureUntilWhole(ada, 10_000, 2 * 45);
	expectWithinBudget(faces, 'three people');
	expect(Math.max(...faces.map(({ framesReceived }) => framesReceived))).toBeGreaterThan(8);

	await bob.control('Share screen').click();
	await expect(ada.tile('Bob (screen)')).toBeVisible();
	await expectMoving(ada, 'Bob (screen)');
	await measureTraffic(ada, 3_000);
	expectWithinBudget(await measureUntilWhole(ada, 10_000, 2 * 45), 'and with a shared screen');

	// The others pay nothing for Ada's saving among themselves.
	await expect
		.poll(async () => (await frameWidth(bob, 'Cleo')) - (await frameWidth(bob, 'Ada')))
		.toBeGreaterThan(0);
	await ada.page.reload();
	await expect(ada.control('Leave call')).toBeVisible();
	await ada.control('More options').click();
	await expect(ada.page.getByRole('menuitemcheckbox', { name: 'Data saver' })).toBeChecked();
});
