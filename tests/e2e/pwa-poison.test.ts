/** What is kept for opening without a network is what was built, also after somebody wrote into the caches. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { makeSecondBuild } from '../support/second-build';
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';
import { untilAlive } from './support/person';

/** What a script of somebody else's can do in a moment: every page and script that is kept does its bidding from now on. */
async function poison(page: Page): Promise<void> {
	await page.evaluate(async () => {
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				const response = (await cache.match(request, { ignoreVary: true })) as Response;
				const { pathname } = new URL(request.url);
				const { headers } = response;
				const text = await response.text();
				const altered = pathname.endsWith('.js')
					? `document.documentElement.dataset.poisoned = 'yes';${text}`
					: text.replace('<html', '<html data-poisoned="yes"');
				await cache.put(pathname, new Response(altered, { headers }));
			}
		}
	});
}

const isPoisoned = (page: Page) =>
	page.evaluate(() => document.documentElement.dataset['poisoned'] === 'yes');

/** Every page and file that is kept, by its path, with the digest of what a page would get. */
function keptDigests(page: Page): Promise<[path: string, digest: string][]> {
	return page.evaluate(async () => {
		const names = await caches.keys();
		const cache = await caches.open(names.at(-1) as string);
		return Promise.all(
			(await cache.keys()).map(async (request): Promise<[string, string]> => {
				const response = (await cache.match(request, { ignoreVary: true })) as Response;
				const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
				const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
				return [new URL(request.url).pathname, hex];
			}),
		);
	});
}

async function servedDigests(origin: string, paths: string[]): Promise<[path: string, digest: string][]> {
	return Promise.all(
		paths.map(async (path): Promise<[string, string]> => {
			const response = await fetch(origin + path);
			const content = new Uint8Array(await response.arrayBuffer());
			return [path, createHash('sha256').update(content).digest('hex')];
		}),
	);
}

test('caches that were written into are not answered with, and nothing of it is in the next build', async () => {
	test.setTimeout(300_000);
	const second = await makeSecondBuild({
		'src/app.html': ['<html lang="en">', '<html lang="en" data-build="second">'],
	});
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context, reopen }) => {
			const page = await context.newPage();
			await page.goto(server.origin);
			await untilKept(page);
			await poison(page);

			// The same build, in a browser that was closed.
			const again = await (await reopen()).newPage();
			await again.goto(`${server.origin}/settings`);
			await untilAlive(again);
			expect(await isPoisoned(again)).toBe(false);

			await poison(again);
			await server.stop();
			await server.start(second.entry);
			await again.evaluate(async () => {
				const registration = (await navigator.serviceWorker.getRegistration()) as ServiceWorkerRegistration;
				await registration.update();
			});
			await again.getByRole('button', { name: 'Refresh' }).click();
			await expect
				.poll(() => again.evaluate(() => document.documentElement.dataset['build']).catch(() => 'loading'))
				.toBe('second');
			await untilAlive(again);
			expect(await isPoisoned(again)).toBe(false);
			const kept = await keptDigests(again);
			expect(kept.length).toBeGreaterThan(10);
			expect(kept).toEqual(
				await servedDigests(
					server.origin,
					kept.map(([path]) => path),
				),
			);
		});
	} finally {
		await server.dispose();
		await second.dispose();
	}
});

test('the settings show the digest of all that is kept, which the server tells as well', async ({
	server,
}) => {
	await withProfile(async ({ context }) => {
		const page = await context.newPage();
		await page.goto(`${server.origin}/settings`);
		await untilKept(page);
		const paths = (await keptDigests(page)).map(([path]) => path);
		const lines = (await servedDigests(server.origin, paths)).map(([path, digest]) => `${path} ${digest}\n`);
		const digest = createHash('sha256').update(lines.sort().join('')).digest('hex').slice(0, 16);
		const shown = page.getByRole('region', { name: 'Version' }).locator('code');
		await expect(shown).toHaveText(digest.replace(/.{4}(?=.)/g, '$& '));
		expect(server.log).toContain(`"build":"${await shown.textContent()}"`);
	});
});
