/**
 * Capture that ends, is taken by the system, or dies without a word: the others are told within a second, and what is
 * available again is used again within three, muted as before, without anyone touching anything.
 */
import { governCapture, liveDevices, toDevices, type CaptureKind } from './support/governed-capture';
import { expect, test } from './support/fixtures';
import {
	audioEnergy,
	expectAllConnected,
	expectMoving,
	expectSound,
	meet,
	type Person,
} from './support/person';

/** Meant are one second and three; a busy machine keeps these. The figures themselves are printed. */
const toldWithinMs = 3_000;
const backWithinMs = 6_000;
const kinds: CaptureKind[] = ['audio', 'video'];

const figures: Record<string, number> = {};
test.afterAll(() => console.log('capture, in ms:', figures));

/** Ada, whose devices are governed, and Bob, who watches her. */
async function inCall(
	newPerson: (name: string) => Promise<Person>,
	roomLink: string,
): Promise<{ ada: Person; bob: Person }> {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await governCapture(ada.page);
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expectMoving(bob, 'Ada');
	await expectSound(bob);
	return { ada, bob };
}

test('a device pulled out is told at once and used again when it is back', async ({
	newPerson,
	roomLink,
}) => {
	const { ada, bob } = await inCall(newPerson, roomLink);
	// A track that ends within five seconds of its beginning is asked for again at a slower pace.
	await waitFor(6_000, bob);
	const told = await whenSeen(bob, 'Ada', { text: 'Microphone and camera interrupted' });
	const pulledAt = await toDevices(ada.page, 'unplug', 'audio');
	await toDevices(ada.page, 'unplug', 'video');
	figures['pulled out: told'] = (await told()) - pulledAt;
	await expect(
		ada.page.getByRole('alert').filter({ hasText: /microphone and camera stopped/ }),
	).toBeVisible();

	// What is back sooner than a person notices is not told.
	await waitFor(1_500, bob);
	const back = await whenBack(bob, 'Ada');
	const pluggedAt = await toDevices(ada.page, 'plug', 'audio');
	await toDevices(ada.page, 'plug', 'video');
	figures['plugged in again: back'] = (await back()) - pluggedAt;
	await expect(
		ada.page.getByRole('status').filter({ hasText: 'Your microphone and camera are back' }),
	).toBeVisible();
	await expectHeardAndSeen(ada, bob);
	await expect(ada.page.getByRole('alert').filter({ hasText: /microphone|camera/ })).toHaveCount(0);
});

test('devices taken by the system are told as such, and had again by fresh tracks', async ({
	newPerson,
	roomLink,
}) => {
	const { ada, bob } = await inCall(newPerson, roomLink);
	const told = await whenSeen(bob, 'Ada', { text: 'Microphone interrupted' });
	const takenAt = await toDevices(ada.page, 'take', 'audio');
	figures['taken by the system: told'] = (await told()) - takenAt;
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await expectMoving(bob, 'Ada');
	await expect(
		ada.page.getByRole('alert').filter({ hasText: 'Your microphone is interrupted' }),
	).toBeVisible();

	const back = await whenSeen(bob, 'Ada', { attribute: 'data-microphone', value: 'on' });
	const freeAt = await toDevices(ada.page, 'giveBack', 'audio', 'still-muted');
	figures['free again, old track still muted: back'] = (await back()) - freeAt;
	await expectHeardAndSeen(ada, bob);

	await test.step('muted meanwhile, it stays muted', async () => {
		await toDevices(ada.page, 'take', 'audio');
		await expect(bob.tile('Ada')).toContainText('interrupted');
		await ada.control('Microphone').click();
		await expect(bob.tile('Ada')).not.toContainText('interrupted');
		await toDevices(ada.page, 'giveBack', 'audio', 'unmuted-but-dead');
		await ada.control('Microphone').click();
		await ada.control('Microphone').click();
		await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
		// What was on its way is heard out.
		await expectMoving(bob, 'Ada');
		const before = await audioEnergy(bob);
		await expectMoving(bob, 'Ada');
		expect(await audioEnergy(bob), 'nothing is heard of who is muted').toBeCloseTo(before, 5);
		await ada.control('Microphone').click();
		await expectSound(bob);
	});
});

for (const kind of kinds) {
	test(`${kind} that stops without a word is found by evidence and captured anew`, async ({
		newPerson,
		roomLink,
	}) => {
		const { ada, bob } = await inCall(newPerson, roomLink);
		const device = kind === 'audio' ? 'microphone' : 'camera';
		const told = await whenSeen(bob, 'Ada', {
			text: `${device === 'camera' ? 'Camera' : 'Microphone'} interrupted`,
		});
		const back = await whenSeen(bob, 'Ada', { attribute: `data-${device}`, value: 'on' }, told);
		const diedAt = await toDevices(ada.page, 'kill', kind);
		figures[`${device} died without a word: told`] = (await told()) - diedAt;
		figures[`${device} died without a word: back`] = (await back()) - diedAt;
		await expect(ada.page.getByRole('status').filter({ hasText: `Your ${device} is back` })).toBeVisible();
		await expectHeardAndSeen(ada, bob);
	});
}

test('who is in another app is said to be there, and is back soon after returning', async ({
	newPerson,
	roomLink,
}) => {
	const { ada, bob } = await inCall(newPerson, roomLink);
	const told = await whenSeen(bob, 'Ada', { text: 'In another app' });
	const leftAt = await toDevices(ada.page, 'setHidden', true);
	for (const kind of kinds) await toDevices(ada.page, 'take', kind);
	figures['in another app: told'] = (await told()) - leftAt;
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');

	for (const kind of kinds) await toDevices(ada.page, 'giveBack', kind, 'unmuted-but-dead');
	const back = await whenBack(bob, 'Ada');
	const returnedAt = await toDevices(ada.page, 'setHidden', false);
	figures['returned, old tracks dead: back'] = (await back()) - returnedAt;
	await expectHeardAndSeen(ada, bob);
});

test.afterEach(() => {
	for (const [what, ms] of Object.entries(figures)) {
		// Those found by evidence are counted from the death, and their cure begins only once it is known.
		const bound = what.endsWith('told')
			? toldWithinMs
			: what.includes('died')
				? toldWithinMs + backWithinMs
				: backWithinMs;
		expect(ms, what).toBeLessThan(bound);
	}
});

type Sign = { text: string } | { attribute: string; value: string };

/**
 * Starts watching a tile; the returned function gives when it first showed this, by the page's own clock. Given what has to
 * be seen `after`, counts from then on.
 */
async function whenSeen(
	person: Person,
	of: string,
	sign: Sign,
	after?: () => Promise<number>,
): Promise<() => Promise<number>> {
	const record = await person
		.tile(of)
		.first()
		.evaluateHandle((element, wanted) => {
			const seen: { at: number[] } = { at: [] };
			const check = () => {
				const holds =
					'text' in wanted
						? element.textContent.includes(wanted.text)
						: element.getAttribute(wanted.attribute) === wanted.value;
				if (holds) seen.at.push(Date.now());
			};
			new MutationObserver(check).observe(element, {
				...{ subtree: true, childList: true, attributes: true, characterData: true },
			});
			return seen;
		}, sign);
	return async () => {
		const from = after ? await after() : 0;
		const first = () => record.evaluate(({ at }, since) => at.find((one) => one > since) ?? 0, from);
		await expect.poll(first, { intervals: [20] }).toBeGreaterThan(0);
		return first();
	};
}

/** When microphone and camera are both on again. Called while both are off. */
async function whenBack(person: Person, of: string): Promise<() => Promise<number>> {
	const microphone = await whenSeen(person, of, { attribute: 'data-microphone', value: 'on' });
	const camera = await whenSeen(person, of, { attribute: 'data-camera', value: 'on' });
	return async () => Math.max(await microphone(), await camera());
}

async function expectHeardAndSeen(speaker: Person, listener: Person): Promise<void> {
	await expect(listener.tile(speaker.name)).not.toContainText('interrupted');
	await expectMoving(listener, speaker.name);
	await expectSound(listener);
	for (const kind of kinds) expect(await liveDevices(speaker.page, kind), `${kind} devices held`).toBe(1);
}

/** Lets the call go on for so long, by a page's clock. */
function waitFor(durationMs: number, { page }: Person): Promise<void> {
	return page.evaluate((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)), durationMs);
}
