/** Parley as an app: what the system is told of it, the ways in from outside, and the invitation to install it. */
import { encode } from 'uqr';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';
import { createPerson, untilAlive } from './support/person';

const secret = '#AAAAAAAAAAAAAAAAAAAAAA';

interface Picture {
	src: string;
	sizes: string;
	type: string;
	purpose?: string;
	form_factor?: string;
}
interface Manifest {
	icons: Picture[];
	screenshots: Picture[];
	shortcuts: { name: string; url: string; icons: Picture[] }[];
	[member: string]: unknown;
}

/** As the browser itself has read it. */
async function manifestOf(page: Page): Promise<Manifest> {
	const devtools = await page.context().newCDPSession(page);
	const { errors, data } = await devtools.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	return JSON.parse(data ?? '{}') as Manifest;
}

/** Stands in for the system, which hands links to the running app: headless browsers install nothing. */
async function fakeLaunchQueue(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const queue = {
			consumer: null as ((launch: { targetURL: string }) => void) | null,
			setConsumer(consumer: (launch: { targetURL: string }) => void) {
				queue.consumer = consumer;
			},
		};
		Object.defineProperty(window, 'launchQueue', { value: queue });
	});
}

async function launch(page: Page, targetURL: string): Promise<void> {
	await page.waitForFunction(
		() => (window as unknown as { launchQueue: { consumer: unknown } }).launchQueue.consumer !== null,
	);
	await page.evaluate((target) => {
		const { launchQueue } = window as unknown as {
			launchQueue: { consumer(launch: { targetURL: string }): void };
		};
		launchQueue.consumer({ targetURL: target });
	}, targetURL);
}

test('the browser finds nothing in the way of installing, and its question is kept for a better moment', async ({
	server,
}) => {
	await withProfile(async ({ context }) => {
		const ada = await createPerson(context, 'Ada');
		await ada.page.goto(server.origin);
		await untilKept(ada.page);
		const devtools = await context.newCDPSession(ada.page);
		const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
		expect(installabilityErrors).toEqual([]);

		// In the settings at any time; on the first page never.
		await expect(ada.page.getByRole('button', { name: 'Install' })).toHaveCount(0);
		await ada.page.goto(`${server.origin}/settings`);
		await expect(ada.page.getByRole('button', { name: 'Install' })).toBeVisible();

		await ada.enter(`${server.origin}/room/team-sync${secret}`);
		await expect(ada.page.getByRole('button', { name: 'Install' })).toHaveCount(0);
		await ada.leave();
		await expect(ada.page.getByRole('button', { name: 'Install' })).toBeVisible();
		await ada.page.getByRole('button', { name: 'No, thanks' }).click();
		await expect(ada.page.getByRole('button', { name: 'Install' })).toHaveCount(0);

		// Once is enough.
		await ada.page.getByRole('button', { name: 'Rejoin' }).click();
		await ada.join();
		await ada.leave();
		await expect(ada.page.getByRole('button', { name: 'Rejoin' })).toBeVisible();
		await expect(ada.page.getByRole('button', { name: 'Install' })).toHaveCount(0);
	});
});

test('the manifest says who the app is and how it looks, and every picture in it is there in its size', async ({
	newPerson,
	server,
}) => {
	const { page } = await newPerson('Ada');
	await page.goto(server.origin);
	const manifest = await manifestOf(page);
	expect(manifest).toMatchObject({
		id: '/',
		scope: '/',
		start_url: '/',
		display: 'standalone',
		launch_handler: { client_mode: 'focus-existing' },
		handle_links: 'preferred',
	});
	expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(
		new Set(['any', 'maskable', 'monochrome']),
	);
	expect(new Set(manifest.screenshots.map(({ form_factor }) => form_factor))).toEqual(
		new Set(['narrow', 'wide']),
	);
	const pictures = [
		...manifest.icons,
		...manifest.screenshots,
		...manifest.shortcuts.flatMap(({ icons }) => icons),
	];
	for (const { src, sizes, type } of pictures) {
		const response = await fetch(server.origin + src);
		expect(response.status, src).toBe(200);
		expect(response.headers.get('content-type'), src).toBe(type);
		if (sizes === 'any') continue;
		const size = await page.evaluate(async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return `${image.naturalWidth}x${image.naturalHeight}`;
		}, src);
		expect(size, src).toBe(sizes);
	}
	for (const scheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: scheme });
		const shown = await page.evaluate(() => {
			const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
			return metas.find(({ media }) => matchMedia(media).matches)?.content;
		});
		const { theme_color: light, color_scheme_dark: dark } = manifest;
		expect(shown).toBe(scheme === 'light' ? light : (dark as Record<string, unknown>)['theme_color']);
	}

	// A theme that was chosen colours what the system draws as well, at once and from the first paint of the next page.
	const shownColours = () =>
		page.evaluate(() => [
			...new Set(
				[...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].map(
					({ content }) => content,
				),
			),
		]);
	await page.goto(`${server.origin}/settings`);
	await untilAlive(page);
	await page.getByRole('radio', { name: 'Light' }).check();
	await expect.poll(shownColours).toEqual([manifest['theme_color']]);
	await page.reload();
	expect(await shownColours()).toEqual([manifest['theme_color']]);
	await untilAlive(page);
	await page.getByRole('radio', { name: 'System' }).check();
	await expect.poll(shownColours).toHaveLength(2);
});

test('a monochrome icon is the sign alone, on nothing', async ({ newPerson, server }) => {
	const { page } = await newPerson('Ada');
	await page.goto(server.origin);
	const [corner, ground, sign] = await page.evaluate(async () => {
		const image = new Image();
		image.src = '/icons/monochrome-512.png';
		await image.decode();
		const canvas = new OffscreenCanvas(512, 512);
		const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
		context.drawImage(image, 0, 0);
		// Outside the icon, on its ground, and in the speech bubble, in the drawing's own units of 64.
		const alpha = (x: number, y: number) => context.getImageData(x * 8, y * 8, 1, 1).data[3] ?? 0;
		return [alpha(0, 0), alpha(8, 32), alpha(20, 28)];
	});
	expect(corner).toBe(0);
	expect(ground).toBeLessThan(4);
	expect(sign).toBeGreaterThan(250);
});

test('the shortcuts open: a new call begins, and the check is there', async ({ newPerson, server }) => {
	const { page } = await newPerson('Ada');
	await page.goto(server.origin);
	const { shortcuts } = await manifestOf(page);
	expect(shortcuts.map(({ name }) => name)).toEqual(['New call', 'Check my setup']);
	const [newCall, check] = shortcuts;
	await page.goto(server.origin + newCall?.url);
	await expect(page).toHaveURL(/\/room\/[a-z0-9-]+#[\w-]{22}$/);
	await expect(page.getByRole('button', { name: 'Join call' })).toBeVisible();
	expect((await page.goto(server.origin + check?.url))?.status()).toBe(200);
});

test('a link handed to the running app opens at once, and during a call only when the person says so', async ({
	newPerson,
	server,
}) => {
	const ada = await newPerson('Ada');
	await fakeLaunchQueue(ada.page.context());
	await ada.page.goto(server.origin);
	await launch(ada.page, `${server.origin}/room/team-sync${secret}`);
	await expect(ada.page.getByRole('heading', { name: 'team-sync' })).toBeVisible();
	await ada.join();

	// The room one is in: the window comes to the front, and nothing else happens.
	await launch(ada.page, `${server.origin}/room/team-sync${secret}`);
	await launch(ada.page, `${server.origin}/`);
	const question = ada.page.getByText('Leave this call for other-room?');
	await launch(ada.page, `${server.origin}/room/other-room${secret}`);
	await expect(question).toBeVisible();
	await ada.page.getByRole('button', { name: 'Stay in this call' }).click();
	await expect(question).toBeHidden();
	await expect(ada.control('Leave call')).toBeVisible();

	await launch(ada.page, `${server.origin}/room/other-room${secret}`);
	await ada.page.getByRole('button', { name: 'Leave and open' }).click();
	await expect(ada.page.getByRole('heading', { name: 'other-room' })).toBeVisible();
	await expect(ada.page.getByRole('button', { name: 'Join call' })).toBeVisible();
});

test('on an iPhone the two taps are shown after a call; in the app from there, links are pasted or scanned', async ({
	people,
	server,
}) => {
	const userAgent =
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';
	const phone = { userAgent, viewport: { width: 360, height: 740 }, hasTouch: true };
	const link = `${server.origin}/room/team-sync${secret}`;
	const inBrowser = await people.newContext(phone);
	const ada = await createPerson(inBrowser, 'Ada');
	await ada.page.goto(server.origin);
	await expect(ada.page.getByText('Paste it here')).toHaveCount(0);
	await ada.enter(link);
	await ada.leave();
	await expect(ada.page.getByText('Add to Home Screen')).toBeVisible();
	await ada.page.getByRole('button', { name: 'Got it' }).click();
	await expect(ada.page.getByText('Add to Home Screen')).toHaveCount(0);
	await inBrowser.close();

	const installed = await people.newContext(phone);
	await installed.addInitScript(() => {
		Object.defineProperty(navigator, 'standalone', { value: true });
	});
	const { size, data } = encode(link);
	// A camera that sees the code after a while, from somewhat far and with its edges blurred: what a hand that comes closer looks like.
	await installed.addInitScript(
		({ size, data }) => {
			const newCanvas = () => {
				const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
				const context = canvas.getContext('2d');
				if (!context) throw new Error('there is nothing to draw on');
				context.fillStyle = '#dddddd';
				context.fillRect(0, 0, 640, 480);
				return { canvas, context };
			};
			const code = newCanvas();
			code.context.fillStyle = '#222222';
			for (let y = 0; y < size; y++)
				for (let x = 0; x < size; x++) if (data[y]?.[x]) code.context.fillRect(150 + x * 7, 90 + y * 7, 7, 7);
			const { canvas, context } = newCanvas();
			let drawn = 0;
			const draw = () => {
				context.filter = 'blur(1px)';
				if (drawn++ > 20) context.drawImage(code.canvas, 0, 0);
				// A picture that stays the same is not sent on.
				else context.fillRect(0, 0, 640, 480);
				requestAnimationFrame(draw);
			};
			navigator.mediaDevices.getUserMedia = () => {
				draw();
				return Promise.resolve(canvas.captureStream());
			};
		},
		{ size, data },
	);
	const page = await installed.newPage();
	await page.goto(`${server.origin}/settings`);
	await expect(page.getByRole('heading', { name: 'Home screen' })).toHaveCount(0);
	await page.goto(server.origin);
	await expect(page.getByText('Paste it here')).toBeVisible();
	await page.getByRole('button', { name: 'Scan a code' }).click();
	await expect(page).toHaveURL(link);
	await installed.close();
});

test('the button that deletes what is kept deletes all of it, what opens without a network included', async ({
	server,
}) => {
	await withProfile(async ({ context }) => {
		const ada = await createPerson(context, 'Ada');
		await ada.openRoom(`${server.origin}/room/team-sync${secret}`);
		await untilKept(ada.page);
		await ada.join();
		await ada.leave();
		await ada.page.goto(`${server.origin}/settings`);
		await untilAlive(ada.page);
		await ada.page.getByRole('button', { name: 'Delete everything kept on this device' }).click();
		await ada.page.getByRole('button', { name: 'Delete', exact: true }).click();
		await expect(ada.page.getByText('Nothing is kept here now')).toBeVisible();
		const kept = await ada.page.evaluate(async () => ({
			local: Object.keys(localStorage),
			session: Object.keys(sessionStorage),
			caches: await caches.keys(),
			workers: (await navigator.serviceWorker.getRegistrations()).length,
			databases: (await indexedDB.databases()).length,
			cookies: document.cookie,
		}));
		expect(kept).toEqual({ local: [], session: [], caches: [], workers: 0, databases: 0, cookies: '' });
	});
});
