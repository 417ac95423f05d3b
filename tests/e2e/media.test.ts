/** Microphone, camera, screen and hand, as the others see them; and devices that are denied, absent, busy or changed. */
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from './support/browser';
import { expect, test } from './support/fixtures';
import { createPerson, expectAllConnected, expectMoving, meet, type Person } from './support/person';

declare global {
	interface Window {
		parleyTestInterrupted?: string[];
	}
}

/** How soon a click has to be seen by the others. */
const seenWithinMs = 300;
/** One click may fall into a moment in which the machine does something else. */
const rounds = 3;

test('mute, camera, screen and hand are seen by the others at once, and the button never flickers', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expectMoving(bob, 'Ada');

	const delays: Record<string, number[]> = {};
	const click = async (control: string, sign: Sign) => {
		const delay = await delayUntilSeen(ada, control, bob, sign);
		(delays[`${control} ${Object.values(sign).at(-1)}`] ??= []).push(delay);
	};
	for (let round = 0; round < rounds; round += 1) {
		for (const value of ['off', 'on']) await click('Microphone', { attribute: 'data-microphone', value });
		for (const value of ['off', 'on']) await click('Camera', { attribute: 'data-camera', value });
		if (round > 0) {
			await ada.control('Raise hand').click();
			await expect(bob.tile('Ada').first()).not.toContainText('Hand raised');
		}
		await click('Raise hand', { text: 'Hand raised' });
	}
	console.log('seen after, in ms:', delays);
	for (const [what, measured] of Object.entries(delays)) {
		const median = measured.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
		expect(median, what).toBeLessThan(seenWithinMs);
	}
	await expectMoving(bob, 'Ada');

	await ada.control('Share screen').click();
	await expect(bob.page.locator('li[data-source="screen"]')).toBeVisible();
	await expectScreenMoving(bob);

	// Who comes later sees it as it is.
	await ada.control('Microphone').click();
	const cleo = await newPerson('Cleo');
	await cleo.enter(roomLink);
	await expect(cleo.tile('Ada').first()).toHaveAttribute('data-microphone', 'off');
	await expect(cleo.page.locator('li[data-source="screen"]')).toBeVisible();
	await expectScreenMoving(cleo);
	await expect(cleo.tile('Ada').first()).toContainText('Hand raised');

	await ada.control('Share screen').click();
	await expect(bob.page.locator('li[data-source="screen"]')).toHaveCount(0);
	await expect(cleo.page.locator('li[data-source="screen"]')).toHaveCount(0);
	await expectMoving(bob, 'Ada');
});

test('what one person does interrupts no other picture, and nobody is silenced by it', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectMoving(bob, 'Ada');
	await expectMoving(bob, 'Bob (you)');
	await bob.page.evaluate(() => {
		const interrupted: string[] = [];
		window.parleyTestInterrupted = interrupted;
		// An element that is given a stream, be it the same one, begins from nothing.
		const collect = ({ target }: Event) => {
			const tile = target instanceof Element ? target.closest('[data-participant]') : null;
			interrupted.push(tile?.getAttribute('aria-label') ?? (target as Element).tagName);
		};
		document.addEventListener('emptied', collect, { capture: true });
	});

	for (const value of ['off', 'on']) {
		await delayUntilSeen(ada, 'Microphone', bob, { attribute: 'data-microphone', value });
		await delayUntilSeen(ada, 'Camera', bob, { attribute: 'data-camera', value });
	}
	await delayUntilSeen(ada, 'Raise hand', bob, { text: 'Hand raised' });
	await expectMoving(bob, 'Ada');
	expect(await bob.page.evaluate(() => [...new Set(window.parleyTestInterrupted)])).toEqual(['Ada']);
});

test('clicking faster than a camera starts ends where the last click said, and holds no device that is off', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	const camera = ada.control('Camera');
	for (let click = 0; click < 9; click += 1) await camera.click();
	await expect(camera).toHaveAttribute('aria-pressed', 'false');
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');
	await expect.poll(() => liveTracks(ada.page, 'video')).toBe(0);
	await camera.click();
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'on');
	await expectMoving(bob, 'Ada');
	// Muting keeps the microphone: no second question, no delay when unmuting.
	await ada.control('Microphone').click();
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	expect(await liveTracks(ada.page, 'audio')).toBe(1);
});

test('another camera is chosen in the lobby and remembered; one that gives nothing is told of until another works', async ({
	roomLink,
	server,
}) => {
	const browser = await launchBrowser({ devices: 3 });
	try {
		const context = await browser.newContext();
		const ada = await createPerson(context, 'Ada');
		await ada.openRoom(roomLink);
		const picker = ada.page.getByRole('combobox', { name: 'Camera device' });
		await expect(picker.getByRole('option')).toHaveCount(4);
		const [, , chosen, broken] = await picker.getByRole('option').all();
		const [label, unlucky] = [await chosen?.innerText(), await broken?.innerText()];
		await expect.poll(() => liveLabels(ada.page, 'video')).toHaveLength(1);
		await ada.page.evaluate(breakCamera, await broken?.getAttribute('value'));
		await picker.selectOption({ label: String(unlucky) });
		const alert = ada.page.getByRole('alert').filter({ hasText: 'No signal from' });
		await expect(alert).toContainText(String(unlucky));
		await expect(picker.locator('option:checked')).not.toHaveText(String(unlucky));
		await picker.selectOption({ label: String(label) });
		await expect(alert).toHaveCount(0);
		await expect.poll(() => liveLabels(ada.page, 'video')).toEqual([label]);
		await ada.page.goto(`${server.origin}/`);
		await ada.openRoom(roomLink);
		await expect(picker.locator('option:checked')).toHaveText(String(label));
		await expect.poll(() => liveLabels(ada.page, 'video')).toEqual([label]);
	} finally {
		await browser.close();
	}
});

/** Runs in the page: this camera is another program's. */
function breakCamera(id: string | null | undefined): void {
	const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
	navigator.mediaDevices.getUserMedia = (constraints) =>
		JSON.stringify(constraints).includes(String(id))
			? Promise.reject(new DOMException('In use', 'NotReadableError'))
			: capture(constraints);
}

test.describe('when a device can not be had', () => {
	let browser: Browser | undefined;
	test.afterEach(async () => {
		await browser?.close();
		browser = undefined;
	});

	async function arrive(link: string, script?: () => void, options = {}): Promise<Person> {
		browser = await launchBrowser(options);
		const context = await browser.newContext();
		if (script) await context.addInitScript(script);
		const person = await createPerson(context, 'Ada');
		await person.openRoom(link);
		return person;
	}

	test('denied: says so in words that help, and lets one join to listen', async ({
		roomLink,
		newPerson,
	}, info) => {
		const ada = await arrive(roomLink, undefined, { permission: 'deny' });
		await expect(ada.page.getByRole('alert').first()).toContainText(/isn't allowed to use.*switch/is);
		await ada.page.screenshot({ path: info.outputPath('denied.png') });
		await ada.join();
		const bob = await newPerson('Bob');
		await bob.enter(roomLink);
		await expectMoving(ada, 'Bob');
		await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');
		await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	});

	test('sound that the browser holds back is one click away', async ({ roomLink, newPerson }) => {
		const bob = await newPerson('Bob');
		await bob.enter(roomLink);
		// As Safari does, and Chromium on a first visit: no sound before the page has been touched.
		const ada = await arrive(roomLink, () => {
			let touched = false;
			addEventListener('click', () => (touched = true), { capture: true });
			const play = HTMLMediaElement.prototype.play;
			HTMLAudioElement.prototype.play = function () {
				return touched
					? play.call(this)
					: Promise.reject(new DOMException('Touch the page first', 'NotAllowedError'));
			};
		});
		await ada.join();
		await expectMoving(ada, 'Bob');
		await ada.page.reload();
		const play = ada.page.getByRole('button', { name: 'Play sound' });
		await expect(play).toBeVisible();
		await expectMoving(ada, 'Bob');
		await play.click();
		await expect(play).toHaveCount(0);
		await expect
			.poll(() =>
				ada.page.evaluate(() => [...document.querySelectorAll('audio')].every((audio) => !audio.paused)),
			)
			.toBe(true);
	});

	test('absent: says that there is none, and the call goes on without', async ({ roomLink }, info) => {
		const ada = await arrive(roomLink, () => {
			const devices = navigator.mediaDevices;
			devices.enumerateDevices = () => Promise.resolve([]);
			devices.getUserMedia = () =>
				Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
		});
		await expect(ada.page.getByRole('alert').first()).toContainText(/no .*camera found/i);
		await ada.page.screenshot({ path: info.outputPath('absent.png') });
		// The way on stands where it is said, and asks for the name as the other button does.
		const without = ada.page.getByRole('button', { name: 'Join without them' });
		const name = ada.page.getByRole('textbox', { name: 'Your name' });
		await name.fill('');
		await without.press('Enter');
		await expect(name).toBeFocused();
		await name.fill('Ada');
		await without.press('Enter');
		await expect(ada.control('Camera')).toHaveAttribute('aria-pressed', 'false');
		await expect(ada.page.getByRole('alert').filter({ hasText: /camera/i })).toHaveCount(0);
	});

	test('busy: says who may hold it, tries again by itself, and has it when it is free', async ({
		roomLink,
	}, info) => {
		const ada = await arrive(roomLink, () => {
			const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
			let busy = true;
			Object.assign(window, { freeCamera: () => (busy = false) });
			navigator.mediaDevices.getUserMedia = (constraints) =>
				busy && constraints?.video
					? Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))
					: real(constraints);
		});
		await expect(ada.page.getByRole('alert').first()).toContainText(/camera/i);
		await expect(ada.page.getByRole('alert').first()).toContainText(/another|other|use/i);
		await ada.page.screenshot({ path: info.outputPath('busy.png') });
		expect(await liveTracks(ada.page, 'audio'), 'the microphone is not lost with the camera').toBe(1);
		await ada.join();
		await ada.page.getByRole('button', { name: 'Share your screen instead' }).press('Enter');
		await expect(ada.page.locator('li[data-source="screen"]')).toBeVisible();
		await expect(ada.page.getByRole('alert').filter({ hasText: /camera/i })).toHaveCount(0);
		await ada.control('Share screen').click();
		await ada.control('Camera').click();
		await expect(ada.page.getByRole('alert').filter({ hasText: /camera/i })).toBeVisible();
		await ada.page.evaluate(() => (window as unknown as { freeCamera(): void }).freeCamera());
		await expect.poll(() => liveTracks(ada.page, 'video'), { timeout: 15_000 }).toBe(1);
		await expect(ada.page.getByRole('alert').filter({ hasText: /camera/i })).toHaveCount(0);
	});
});

/** By what a tile shows it. */
type Sign = { attribute: string; value: string } | { text: string };

/**
 * Clicks a toggle and waits until the other's tile shows it; returns the milliseconds between the two, taken inside the pages.
 * The toggle's own state may change once and no more.
 */
async function delayUntilSeen(from: Person, control: string, to: Person, sign: Sign): Promise<number> {
	const tile = to.tile(from.name).first();
	const seen = tile.evaluateHandle((element, wanted) => {
		const record = { at: 0 };
		const check = () => {
			const holds =
				'text' in wanted
					? element.textContent.includes(wanted.text)
					: element.getAttribute(wanted.attribute) === wanted.value;
			if (record.at === 0 && holds) record.at = Date.now();
		};
		new MutationObserver(check).observe(element, { subtree: true, childList: true, attributes: true });
		return record;
	}, sign);
	const record = await seen;
	const button = from.control(control);
	const clicked = await button.evaluateHandle((element) => {
		const history = { at: 0, states: [element.getAttribute('aria-pressed')] };
		element.addEventListener('click', () => (history.at = Date.now()), { capture: true, once: true });
		new MutationObserver(() => history.states.push(element.getAttribute('aria-pressed'))).observe(element, {
			attributes: true,
			attributeFilter: ['aria-pressed'],
		});
		return history;
	});
	await button.click();
	await expect.poll(() => record.evaluate(({ at }) => at), { intervals: [20] }).toBeGreaterThan(0);
	const [seenAt, history] = [await record.evaluate(({ at }) => at), await clicked.jsonValue()];
	expect(history.states, `${control} changes once`).toHaveLength(2);
	return seenAt - history.at;
}

async function expectScreenMoving(person: Person): Promise<void> {
	const video = person.page.locator('li[data-source="screen"] video').first();
	const frames = () =>
		video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
	const before = await frames();
	await expect.poll(frames).toBeGreaterThan(before);
}

/** Tracks of this page that hold a device. Collected by the page's own senders and previews: what is stopped is not live. */
function liveTracks(page: Page, kind: 'audio' | 'video'): Promise<number> {
	return liveLabels(page, kind).then((labels) => labels.length);
}

function liveLabels(page: Page, kind: 'audio' | 'video'): Promise<string[]> {
	return page.evaluate(
		(wanted) =>
			(window.parleyTestCaptures ?? [])
				.filter((track) => track.kind === wanted && track.readyState === 'live')
				.map((track) => track.label),
		kind,
	);
}
