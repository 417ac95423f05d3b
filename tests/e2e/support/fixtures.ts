/**
 * What every end-to-end test starts from: a running server of its own process, shared by the tests of one file, and people
 * who each have a browser profile of their own.
 */
import { test as base, type Browser, type BrowserContextOptions } from '@playwright/test';
import { startServerProcess, type ServerProcess } from '../../support/server-process';
import { launchBrowser, type FakeMediaOptions } from './browser';
import { createPerson, type Person } from './person';

interface TestFixtures {
	/** Someone new, in a fresh profile of the shared browser. */
	newPerson(name: string, options?: BrowserContextOptions): Promise<Person>;
	/** A link to a room nobody else uses, with a secret. */
	roomLink: string;
}

interface WorkerFixtures {
	server: ServerProcess;
	media: FakeMediaOptions;
	people: Browser;
}

let rooms = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
	media: [{}, { option: true, scope: 'worker' }],

	server: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
		async ({}, use) => {
			const server = await startServerProcess();
			await use(server);
			await server.dispose();
		},
		{ scope: 'worker' },
	],

	people: [
		async ({ media }, use) => {
			const browser = await launchBrowser(media);
			await use(browser);
			await browser.close();
		},
		{ scope: 'worker' },
	],

	newPerson: async ({ people }, use) => {
		const contexts: { close(): Promise<void> }[] = [];
		await use(async (name, options) => {
			const context = await people.newContext({ viewport: { width: 1280, height: 800 }, ...options });
			contexts.push(context);
			return createPerson(context, name);
		});
		for (const context of contexts) await context.close();
	},

	roomLink: async ({ server }, use) => {
		rooms += 1;
		await use(`${server.origin}/room/test-room-${process.pid}-${rooms}#AAAAAAAAAAAAAAAAAAAAAA`);
	},
});

export { expect } from '@playwright/test';
