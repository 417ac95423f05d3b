/** Like that of the other end-to-end tests, whose server and people in Chromium are here too, and people in one Firefox. */
import { test as base } from '../../e2e/support/fixtures';
import { launchFirefox, type Firefox } from './firefox';
import { createFirefoxPerson, type FirefoxPerson } from './person';

interface TestFixtures {
	/** Someone new, in a fresh container of the shared Firefox. What the page complains of fails the test. */
	newFirefoxPerson(name: string): Promise<FirefoxPerson>;
}

interface WorkerFixtures {
	firefox: Firefox;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
	media: [{ fps: 10 }, { scope: 'worker' }],

	firefox: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
		async ({}, use) => {
			const firefox = await launchFirefox();
			await use(firefox);
			await firefox.close();
		},
		{ scope: 'worker' },
	],

	newFirefoxPerson: async ({ firefox }, use) => {
		const people: FirefoxPerson[] = [];
		await use(async (name) => {
			const person = await createFirefoxPerson(firefox.browser, name);
			people.push(person);
			return person;
		});
		for (const person of people) await person.close();
		base.expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
	},
});

export { expect } from '@playwright/test';
