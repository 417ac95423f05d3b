/**
 * A call on a phone: what surrounds the page (screen, headset, icon, small window) is really told, and the page fits the hand that
 * holds it. Chromium plays the phone; what it only emulates is said where it is done.
 */
import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { setHidden } from './support/visibility';
import { expectAllConnected, expectMoving, meet, type Person, untilAlive } from './support/person';

const portrait = { width: 390, height: 844 };
const landscape = { width: 844, height: 390 };
const phone: BrowserContextOptions = {
	viewport: portrait,
	hasTouch: true,
	isMobile: true,
	deviceScaleFactor: 2,
};

declare global {
	interface Window {
		parleyTestLocks: WakeLockSentinel[];
		parleyTestActions: Map<string, (details: object) => void>;
		parleyTestTold: string[];
		parleyTestBadges: (number | 'clear')[];
		parleyTestBuzzes: VibratePattern[];
	}
}

test.use({ media: { devices: 3, fps: 10 } });

async function picture(page: Page, name: string): Promise<void> {
	mkdirSync('test-results/phone', { recursive: true });
	await page.screenshot({ path: `test-results/phone/${name}.png` });
}

async function chooseFromMenu(
	person: Person,
	role: 'menuitem' | 'menuitemcheckbox',
	name: string,
): Promise<void> {
	await person.control('More options').click();
	await person.page.getByRole(role, { name }).click();
}

test('the screen stays on during the call, also after the page was hidden, and not after it', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', phone);
	const { page } = ada;
	await page.context().grantPermissions(['screen-wake-lock']);
	await page.addInitScript(() => {
		const request = navigator.wakeLock.request.bind(navigator.wakeLock);
		window.parleyTestLocks = [];
		navigator.wakeLock.request = async (type) => {
			const lock = await request(type);
			window.parleyTestLocks.push(lock);
			return lock;
		};
	});
	const released = () => page.evaluate(() => window.parleyTestLocks.map((lock) => lock.released));
	await ada.openRoom(roomLink);
	expect(await released(), 'a lobby may dim').toEqual([]);
	await ada.join();
	await expect.poll(released).toEqual([false]);
	await setHidden(page, true);
	await expect.poll(released).toEqual([true]);
	await setHidden(page, false);
	await expect.poll(released).toEqual([true, false]);
	await ada.leave();
	await expect.poll(released).toEqual([true, true]);
});

test("a headset's buttons mute, switch the camera and hang up, and the system is told what is on", async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', phone);
	const bob = await newPerson('Bob');
	const { page } = ada;
	await page.addInitScript(() => {
		const session = navigator.mediaSession as unknown as {
			setActionHandler(action: string, handler: ((details: object) => void) | null): void;
			setMicrophoneActive(active: boolean): void;
			setCameraActive(active: boolean): void;
		};
		const actions = (window.parleyTestActions = new Map());
		const told: string[] = (window.parleyTestTold = []);
		const [set, microphone, camera] = [
			session.setActionHandler.bind(session),
			session.setMicrophoneActive.bind(session),
			session.setCameraActive.bind(session),
		];
		session.setActionHandler = (action, handler) => {
			set(action, handler);
			if (handler) actions.set(action, handler);
			else actions.delete(action);
		};
		session.setMicrophoneActive = (active) => {
			told.push(`microphone ${active}`);
			microphone(active);
		};
		session.setCameraActive = (active) => {
			told.push(`camera ${active}`);
			camera(active);
		};
	});
	const press = (action: string) =>
		page.evaluate((name) => window.parleyTestActions.get(name)?.({ action: name }), action);
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);

	expect(
		await page.evaluate(() => [
			navigator.mediaSession.metadata?.title,
			navigator.mediaSession.playbackState,
			navigator.mediaSession.metadata?.artwork.length,
		]),
	).toEqual([new URL(roomLink).pathname.split('/').at(-1), 'playing', 2]);
	const icon = await page.evaluate(async () => {
		const src = navigator.mediaSession.metadata?.artwork[0]?.src ?? '';
		return (await fetch(src)).headers.get('content-type');
	});
	expect(icon).toBe('image/png');

	await press('togglemicrophone');
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await press('togglemicrophone');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'on');
	await press('togglecamera');
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'off');
	await ada.control('Camera').click();
	await expect(bob.tile('Ada')).toHaveAttribute('data-camera', 'on');
	expect(await page.evaluate(() => window.parleyTestTold)).toEqual([
		'microphone true',
		'camera true',
		'microphone false',
		'microphone true',
		'camera false',
		'camera true',
	]);
	await press('hangup');
	await expect(page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
	await expect(bob.tile('Ada')).toHaveCount(0);
	expect(
		await page.evaluate(() => [
			window.parleyTestActions.size,
			navigator.mediaSession.metadata,
			navigator.mediaSession.playbackState,
		]),
	).toEqual([0, null, 'none']);
});

test('the call goes into a small window of its own, with its buttons, and ends with the call', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob', phone);
	await meet([ada, bob], roomLink);
	await expectMoving(ada, 'Bob');

	const opening = ada.page.context().waitForEvent('page');
	await chooseFromMenu(ada, 'menuitemcheckbox', 'Picture-in-picture');
	const small = await opening;
	const control = (name: string): Locator => small.getByRole('button', { name, exact: true });
	await expect(control('Leave call')).toBeVisible();
	await expect(small.getByText('Bob', { exact: true })).toBeVisible();
	const frames = () =>
		small
			.locator('video')
			.evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
	const before = await frames();
	await expect.poll(frames).toBeGreaterThan(before + 2);
	mkdirSync('test-results/phone', { recursive: true });
	await small.screenshot({ path: 'test-results/phone/small-window.png' });
	const isRefused = await small.locator('video').evaluate((video) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File(['…'], 'picture.html', { type: 'text/html' }));
		return !video.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
	});
	expect(isRefused, 'a dropped file leads nowhere').toBe(true);
	await expect(small.getByRole('status')).toHaveText("Files can't be sent yet.");

	await control('Microphone').click();
	await expect(control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(ada.control('Microphone')).toHaveAttribute('aria-pressed', 'false');
	await expect(bob.tile('Ada')).toHaveAttribute('data-microphone', 'off');
	await bob.control('Camera').click();
	await expect(small.locator('video')).not.toBeVisible();

	// A second choice of the entry closes it.
	await chooseFromMenu(ada, 'menuitemcheckbox', 'Picture-in-picture');
	await expect.poll(() => small.isClosed()).toBe(true);

	const again = ada.page.context().waitForEvent('page');
	await chooseFromMenu(ada, 'menuitemcheckbox', 'Picture-in-picture');
	const second = await again;
	await second.getByRole('button', { name: 'Leave call' }).click();
	await expect(ada.page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
	await expect.poll(() => second.isClosed()).toBe(true);
});

test("where there are no windows of one's own, one video goes into the system's", async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', phone);
	const bob = await newPerson('Bob');
	await ada.page.addInitScript(() => {
		delete (window as { documentPictureInPicture?: unknown }).documentPictureInPicture;
	});
	await meet([ada, bob], roomLink);
	await expectMoving(ada, 'Bob');
	await chooseFromMenu(ada, 'menuitemcheckbox', 'Picture-in-picture');
	const shown = () =>
		ada.page.evaluate(() => {
			const video = document.pictureInPictureElement as HTMLVideoElement | null;
			return video && (video.srcObject as MediaStream).id;
		});
	const streamOf = (name: string) =>
		ada
			.tile(name)
			.locator('video')
			.evaluate((video) => ((video as HTMLVideoElement).srcObject as MediaStream | null)?.id);
	await expect.poll(shown).toBe(await streamOf('Bob'));
	// Nobody else is seen: oneself.
	await bob.control('Camera').click();
	await expect.poll(shown).toBe(await streamOf('Ada (you)'));
	await ada.leave();
	await expect.poll(shown).toBeNull();
	await expect(ada.page.locator('body > video')).toHaveCount(0);
});

test('where the platform has none of it, nothing of it is seen and the call is whole', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada', phone);
	const bob = await newPerson('Bob');
	const { page } = ada;
	const errors: string[] = [];
	page.on('pageerror', ({ message }) => errors.push(message));
	await page.addInitScript(() => {
		delete (window as { documentPictureInPicture?: unknown }).documentPictureInPicture;
		Object.defineProperty(document, 'pictureInPictureEnabled', { value: false });
		for (const name of ['wakeLock', 'mediaSession', 'setAppBadge', 'clearAppBadge', 'vibrate']) {
			Reflect.deleteProperty(Navigator.prototype, name);
		}
		Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
	});
	await meet([ada, bob], roomLink);
	await expectMoving(ada, 'Bob');
	await bob.say('hello');
	await expect(ada.control('Chat')).toHaveAccessibleDescription('1 unread');
	await ada.control('More options').click();
	await expect(page.getByRole('menuitem', { name: 'Connection' })).toBeVisible();
	await expect(page.getByRole('menuitemcheckbox', { name: 'Picture-in-picture' })).toHaveCount(0);
	await expect(page.getByRole('group', { name: 'Camera' })).toBeVisible();
	await expect(page.getByRole('group', { name: 'Speaker' })).toHaveCount(0);
	await page.keyboard.press('Escape');
	await ada.leave();
	await page.goto(`${server.origin}/settings`);
	await expect(page.getByRole('combobox', { name: 'Camera device' })).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Speaker device' })).toHaveCount(0);
	await expect(page.getByRole('checkbox', { name: /Vibrate/ })).toHaveCount(0);
	expect(errors).toEqual([]);
});

test('the icon counts unread messages until they are read, or the call is left; a phone shakes only if asked to', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada', phone);
	const { page } = ada;
	await page.addInitScript(() => {
		window.parleyTestBadges = [];
		window.parleyTestBuzzes = [];
		navigator.setAppBadge = async (count) => void window.parleyTestBadges.push(count ?? 0);
		navigator.clearAppBadge = async () => void window.parleyTestBadges.push('clear');
		navigator.vibrate = (pattern) => window.parleyTestBuzzes.push(pattern as VibratePattern) > 0;
	});
	const badges = () => page.evaluate(() => window.parleyTestBadges);
	const buzzes = () => page.evaluate(() => window.parleyTestBuzzes.length);
	await ada.enter(roomLink);
	const bob = await newPerson('Bob');
	await bob.enter(roomLink);
	await expectAllConnected([ada, bob]);
	expect(await buzzes()).toBe(0);

	await bob.say('one');
	await expect.poll(badges).toEqual([1]);
	await bob.say('two');
	await expect.poll(badges).toEqual([1, 2]);
	await ada.openChat();
	await expect.poll(badges).toEqual([1, 2, 'clear']);
	await bob.say('three');
	await expect(ada.messages()).toContainText('three');
	expect(await badges()).toEqual([1, 2, 'clear']);
	// With the chat open and the page in a pocket nobody reads it.
	await setHidden(page, true);
	await bob.say('four');
	await expect.poll(badges).toEqual([1, 2, 'clear', 1]);
	await setHidden(page, false);
	await expect.poll(badges).toEqual([1, 2, 'clear', 1, 'clear']);
	await page.getByRole('button', { name: 'Close panel' }).click();
	await bob.say('five');
	await expect.poll(badges).toEqual([1, 2, 'clear', 1, 'clear', 1]);
	await ada.leave();
	await expect.poll(badges).toEqual([1, 2, 'clear', 1, 'clear', 1, 'clear']);

	await page.goto(`${server.origin}/settings`);
	await untilAlive(page);
	await page.getByRole('checkbox', { name: 'Vibrate briefly when someone joins' }).check();
	await bob.leave();
	await ada.enter(roomLink);
	// What shakes the phone comes once she is inside, with what tells the system of the call.
	await expect.poll(() => page.evaluate(() => navigator.mediaSession.playbackState)).toBe('playing');
	await bob.page.getByRole('button', { name: 'Rejoin' }).click();
	await bob.join();
	await expectAllConnected([ada, bob]);
	await expect.poll(buzzes).toBe(1);
});

test('the camera is flipped by touch or key; what looks away from oneself is not mirrored', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', phone);
	const bob = await newPerson('Bob');
	const { page } = ada;
	// Two cameras: of Chromium's fakes the second makes pictures that no encoder takes. They look nowhere, so one is said to look
	// back, as an Android's does.
	await page.addInitScript(() => {
		const devices = navigator.mediaDevices;
		const enumerate = devices.enumerateDevices.bind(devices);
		devices.enumerateDevices = async () =>
			(await enumerate()).filter(({ label }) => label !== 'fake_device_1');
		const settings = MediaStreamTrack.prototype.getSettings;
		MediaStreamTrack.prototype.getSettings = function () {
			const given = settings.call(this);
			if (this.kind !== 'video') return given;
			return { ...given, facingMode: this.label.endsWith('2') ? 'environment' : 'user' };
		};
	});
	await ada.openRoom(roomLink);
	const preview = page.getByLabel('Your camera', { exact: true });
	const picker = page.getByRole('combobox', { name: 'Camera device' });
	await expect(preview).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
	await picker.selectOption({ label: 'fake_device_2' });
	await expect(preview).toHaveCSS('transform', 'none');
	await picker.selectOption({ label: 'fake_device_0' });
	await expect(preview).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
	await ada.join();
	await bob.enter(roomLink);
	await expectMoving(bob, 'Ada');
	const live = () =>
		page.evaluate(() =>
			(window.parleyTestCaptures ?? [])
				.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live')
				.map(({ label }) => label),
		);
	const own = ada.tile('Ada (you)').locator('video');
	await expect(own).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');

	const flip = ada.control('Switch camera');
	await flip.tap();
	await expect.poll(live).toEqual(['fake_device_2']);
	await expect(own).toHaveCSS('transform', 'none');
	await expectMoving(bob, 'Ada');
	expect(
		await bob.page.evaluate(
			() => window.parleyTestPeers?.filter((peer) => peer.connectionState === 'connected').length,
		),
	).toBe(1);
	await picture(page, 'portrait-flipped');

	await flip.focus();
	await page.keyboard.press('Enter');
	await expect.poll(live).toEqual(['fake_device_0']);
	await expect(own).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
	await expectMoving(bob, 'Ada');
	for (let tap = 0; tap < 5; tap += 1) await flip.tap();
	await expect.poll(live).toEqual(['fake_device_2']);
	await ada.control('Camera').tap();
	await expect(flip).toHaveCount(0);
	// On a desk the menu has both.
	await expect(bob.control('Switch camera')).toHaveCount(0);
});

test('turned on its side and back the call fits, and every button can be reached, down to 320 pixels', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada', phone);
	const bob = await newPerson('Bob');
	await ada.enter(roomLink);
	// What a laptop leaves at a zoom of 400 %.
	await ada.page.setViewportSize({ width: 320, height: 256 });
	await expect(ada.page.getByText('Nobody else is here yet')).toBeInViewport();
	await expectAllReachable(ada, 'zoomed in, alone');
	await ada.control('More options').click();
	await expectInside(ada.page.getByRole('menu'), 'the menu, zoomed in');
	await ada.page.keyboard.press('Escape');
	await expect(ada.page.getByRole('menu')).toBeHidden();
	await bob.enter(roomLink);
	await expectMoving(ada, 'Bob');
	const sizes = [
		['portrait', portrait],
		['landscape', landscape],
		['portrait again', portrait],
		['narrow', { width: 320, height: 568 }],
		['narrow on its side', { width: 568, height: 320 }],
		['narrow and short', { width: 320, height: 480 }],
	] as const;
	for (const [name, size] of sizes) {
		await ada.page.setViewportSize(size);
		await expectAllReachable(ada, name);
		await expectMoving(ada, 'Bob');
		await picture(ada.page, name.replaceAll(' ', '-'));
	}

	// A tablet: the name of the room takes no more than the buttons leave, and the chat stands beside the pictures.
	await ada.page.setViewportSize({ width: 768, height: 1024 });
	await expectAllReachable(ada, 'tablet');
	const toolbar = await ada.page.getByRole('toolbar', { name: 'Call controls' }).boundingBox();
	expect(toolbar?.height, 'one row').toBeLessThan(100);
	await ada.openChat();
	await expectAllReachable(ada, 'tablet, with the chat');
	await expectMoving(ada, 'Bob');
	await picture(ada.page, 'tablet-with-chat');
	await ada.control('Chat').click();

	// The on-screen keyboard takes half of the page (`interactive-widget` in `app.html`).
	await ada.page.setViewportSize({ width: 320, height: 568 });
	await ada.openChat();
	await ada.page.getByRole('textbox', { name: 'Message' }).tap();
	await ada.page.setViewportSize({ width: 320, height: 300 });
	await expectInside(ada.page.getByRole('textbox', { name: 'Message' }), 'where one types');
	await ada.say('with the keyboard up');
	await expect(ada.messages().getByText('with the keyboard up')).toBeInViewport();
	await expectNoSideways(ada.page, 'chat');
	await picture(ada.page, 'keyboard');
	await ada.page.setViewportSize({ width: 568, height: 160 });
	await expectInside(ada.page.getByRole('textbox', { name: 'Message' }), 'where one types, on its side');
	await expectInside(ada.page.getByRole('button', { name: 'Send', exact: true }), 'the button beside it');
	await picture(ada.page, 'keyboard-on-its-side');
});

test('a notch and the home bar cover nothing that is pressed or read', async ({ newPerson, roomLink }) => {
	const ada = await newPerson('Ada', phone);
	await ada.enter(roomLink);
	const cdp = await ada.page.context().newCDPSession(ada.page);
	for (const [name, size, insets] of [
		['notch', portrait, { top: 47, left: 0, bottom: 34, right: 0 }],
		['notch on its side', landscape, { top: 0, left: 47, bottom: 21, right: 47 }],
		['small notch on its side', { width: 568, height: 300 }, { top: 0, left: 44, bottom: 21, right: 44 }],
	] as const) {
		await ada.page.setViewportSize(size);
		await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets });
		await expectAllReachable(ada, name, insets);
		await picture(ada.page, name.replaceAll(' ', '-'));
	}
});

interface Insets {
	top: number;
	left: number;
	bottom: number;
	right: number;
}

/** No button is outside the page, under a notch, under another, or too small for a thumb. */
async function expectAllReachable(person: Person, where: string, insets?: Insets): Promise<void> {
	await expectNoSideways(person.page, where);
	const buttons = person.page.getByRole('toolbar', { name: 'Call controls' }).getByRole('button');
	const names = [
		...['Microphone', 'Camera', 'Switch camera', 'Share screen', 'Raise hand'],
		...['Chat', 'Invite', 'More options', 'Leave call'],
	];
	const inOrder = () => buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
	await expect.poll(inOrder, { message: where }).toEqual(names);
	for (const [index, name] of names.entries()) {
		const button = buttons.nth(index);
		await expectInside(button, `${name}, ${where}`, insets);
		// What would get a tap in its middle is the button itself.
		await button.click({ trial: true });
	}
}

async function expectInside(
	element: Locator,
	what: string,
	{ top, left, bottom, right }: Insets = { top: 0, left: 0, bottom: 0, right: 0 },
): Promise<void> {
	// Rotation moves things; they come to rest.
	await expect
		.poll(
			async () => {
				const box = await element.boundingBox();
				const { width, height } = element.page().viewportSize() ?? { width: 0, height: 0 };
				if (!box) return 'not there';
				if (box.x < left || box.y < top) return `at ${box.x}, ${box.y}`;
				if (box.x + box.width > width - right || box.y + box.height > height - bottom) {
					return `to ${box.x + box.width}, ${box.y + box.height} of ${width}, ${height}`;
				}
				return box.width < 44 || box.height < 44 ? `${box.width} × ${box.height}` : 'inside';
			},
			{ message: what, timeout: 5_000 },
		)
		.toBe('inside');
}

async function expectNoSideways(page: Page, where: string): Promise<void> {
	await expect
		.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
			message: `${where}: nothing to scroll sideways`,
		})
		.toBeLessThanOrEqual(0);
}
