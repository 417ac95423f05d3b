/** A browser profile on disk with this app's service worker in it: what somebody has who was here before. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { launchProfile, type FakeMediaOptions } from './browser';

/** Runs `visit` in a fresh profile, and removes it afterwards. `reopen` closes the browser and starts it again. */
export async function withProfile(
	visit: (profile: { context: BrowserContext; reopen(): Promise<BrowserContext> }) => Promise<void>,
	options?: FakeMediaOptions,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'parley-profile-'));
	let context = await launchProfile(folder, options);
	try {
		await visit({
			context,
			async reopen() {
				await context.close();
				context = await launchProfile(folder, options);
				return context;
			},
		});
	} finally {
		await context.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Everything for opening without a network has been fetched, and the page is under the service worker's care. */
export async function untilKept(page: Page): Promise<void> {
	await page.waitForFunction(
		async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
	);
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
