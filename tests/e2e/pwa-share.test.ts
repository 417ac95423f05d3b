/** Links that other apps share into this one: the secret in them is told to no server, and nobody is led to another site unasked. */
import type { Page } from '@playwright/test';
import { startRecordingProxy, type RecordingProxy } from '../support/faults/recording-proxy';
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';

const secret = 'AAAAAAAAAAAAAAAAAAAAAA';

interface ShareTarget {
	action: string;
	method: string;
	enctype: string;
	params: { title: string; text: string; url: string };
}

/** Does what the system does with `share_target` of the manifest: sends a form, as a navigation. */
async function share(page: Page, fields: Partial<ShareTarget['params']>): Promise<void> {
	await page.evaluate(async (given) => {
		const manifest = (await (await fetch('/manifest.webmanifest')).json()) as { share_target: ShareTarget };
		const { action, method, enctype, params } = manifest.share_target;
		const form = Object.assign(document.createElement('form'), { action, method, enctype });
		for (const [field, value] of Object.entries(given)) {
			const name = params[field as keyof typeof params];
			form.append(Object.assign(document.createElement('input'), { name, value, type: 'hidden' }));
		}
		document.body.append(form);
		form.submit();
	}, fields);
}

/** What the server was told over HTTP, and what went into its WebSocket. */
function watchFrames(page: Page): string[] {
	const frames: string[] = [];
	page.on('websocket', (socket) =>
		socket.on('framesent', ({ payload }) => void frames.push(payload.toString())),
	);
	return frames;
}

async function expectLobby(page: Page, address: string): Promise<void> {
	await expect(page).toHaveURL(address);
	await expect(page.getByRole('button', { name: 'Join call' })).toBeEnabled();
}

async function throughProxy(
	visit: (proxy: RecordingProxy, log: () => string) => Promise<void>,
): Promise<void> {
	const server = await startServerProcess({ LOG_LEVEL: 'debug' });
	const proxy = await startRecordingProxy(server);
	try {
		await visit(proxy, () => server.log);
	} finally {
		await proxy.close();
		await server.dispose();
	}
}

test('a link shared into the app opens its room, and no byte of its secret goes to the server', async () => {
	await throughProxy(async (proxy, log) => {
		await withProfile(async ({ context }) => {
			const page = await context.newPage();
			const frames = watchFrames(page);
			await page.goto(proxy.origin);
			await untilKept(page);
			const link = `${proxy.origin}/room/team-sync#${secret}`;
			await share(page, { url: link });
			await expectLobby(page, link);
			await page.goto(`${proxy.origin}/settings`);
			await share(page, { title: 'Join my call', text: `We talk at nine: ${link}.` });
			await expectLobby(page, link);
			// Somebody goes back and forth between what they were sent and the room.
			await page.reload();
			await expectLobby(page, link);
			await share(page, { text: 'see you at nine' });
			await expect(page.getByRole('heading', { name: "There's no link to a call in that" })).toBeVisible();

			expect(proxy.sent).toContain('GET /service-worker.js');
			expect(proxy.sent).not.toContain('POST /join');
			expect(frames.join('')).toContain('team-sync');
			for (const told of [proxy.sent, frames.join(''), log()]) expect(told).not.toContain(secret);
			// Where one comes from is nobody's business either.
			expect(proxy.sent).not.toMatch(/^referer:/im);
		});
	});
});

test('an address of the old kind, with the link in its query, is stripped before anything else is asked for', async () => {
	await throughProxy(async (proxy, log) => {
		await withProfile(async ({ context }) => {
			const page = await context.newPage();
			const link = `${proxy.origin}/room/team-sync#${secret}`;
			// Before there is a service worker this one request can't be helped.
			await page.goto(`${proxy.origin}/join?${new URLSearchParams({ url: link }).toString()}`);
			await expectLobby(page, link);
			await untilKept(page);
			const lines = proxy.sent.split('\r\n').filter((line) => line.includes(secret));
			expect(lines).toHaveLength(1);
			expect(lines[0]).toMatch(/^GET \/join\?url=/);
			expect(log()).not.toContain(secret);

			const before = proxy.sent.length;
			await page.goto(`${proxy.origin}/join?${new URLSearchParams({ text: link }).toString()}`);
			await expectLobby(page, link);
			expect(proxy.sent.slice(before)).not.toContain(secret);
		});
	});
});

test('shared before the service worker is there, a link is not looked at by the server, and asked for again', async () => {
	await throughProxy(async (proxy, log) => {
		await withProfile(async ({ context }) => {
			const page = await context.newPage();
			await page.goto(`${proxy.origin}/early.js`);
			const link = `${proxy.origin}/room/team-sync#${secret}`;
			await page.evaluate(() => document.documentElement.replaceChildren(document.createElement('body')));
			await share(page, { url: link });
			await expect(page.getByRole('heading', { name: 'Please share the link again' })).toBeVisible();
			expect(log()).not.toContain(secret);
			await untilKept(page);
			const before = proxy.sent.length;
			await share(page, { url: link });
			await expectLobby(page, link);
			expect(proxy.sent.slice(before)).not.toContain(secret);
		});
	});
});

test('a link to another site is shown whole, under its host and not under our name, and opens by a click alone', async () => {
	await throughProxy(async (proxy) => {
		await withProfile(async ({ context }) => {
			const page = await context.newPage();
			const asked: string[] = [];
			await context.route('https://evil.example/**', (route) => {
				asked.push(route.request().headers()['referer'] ?? 'nothing');
				return route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' });
			});
			await page.goto(proxy.origin);
			await untilKept(page);
			await share(page, { text: `https://parley.example@evil.example/room/team-sync#${secret}` });
			await expect(page.getByRole('heading')).toHaveText('This link leads to another site: evil.example');
			await expect(page).toHaveTitle('Link to another site');
			await expect(page.locator('svg, img')).toHaveCount(0);
			await expect(page.getByText('Parley')).toHaveCount(0);
			expect(asked).toEqual([]);
			const link = page.getByRole('link', {
				name: `https://evil.example/room/team-sync#${secret}`,
				exact: true,
			});
			await link.click();
			await expect(page).toHaveTitle('evil');
			expect(asked).toEqual(['nothing']);

			for (const trick of [
				'javascript:alert(1)',
				'data:text/html,/room/team-sync',
				'javascript://evil.example/room/x',
			]) {
				await page.goto(`${proxy.origin}/join?${new URLSearchParams({ url: trick }).toString()}`);
				await expect(page.getByRole('heading', { name: "There's no link to a call in that" })).toBeVisible();
				await expect(page.getByRole('link')).toHaveCount(1);
			}
		});
	});
});
