/** One of several leaves and one reloads, in a call of any size; what the others see meanwhile is watched. */
import { expect, type BrowserContextOptions } from '@playwright/test';
import { expectAllConnected, expectMoving, type Person } from './person';

declare global {
	interface Window {
		/** When Ada was connected to, in milliseconds since this page began to load. */
		parleyTestBackAfterMs?: number;
	}
}

/** Who reloads is back in the call, as a fresh peer, by then. */
const backWithinMs = 3_000;
/** One of them may fall into a moment in which the machine does something else. */
const reloads = 3;

export async function leaveAndReload(
	names: string[],
	newPerson: (name: string, options: BrowserContextOptions) => Promise<Person>,
	roomLink: string,
): Promise<void> {
	const people: Person[] = [];
	for (const name of names) {
		// Painting without a graphics card costs as much as encoding: small windows leave that to the call.
		const person = await newPerson(name, { viewport: { width: 480, height: 360 } });
		await person.enter(roomLink);
		people.push(person);
	}
	await expectAllConnected(people);
	const [ada, bob, cleo] = people as [Person, Person, Person];
	for (const person of people) {
		for (const other of people) if (other !== person) await expectMoving(person, other.name);
	}

	const stopWatching = await watchForPauses(ada, 'Bob');
	await noteReturn(cleo);
	const backAfterMs: number[] = [];
	for (let reload = 0; reload < reloads; reload += 1) {
		await cleo.page.reload();
		await expect(cleo.tile('Ada')).toHaveAttribute('data-connection', 'connected');
		backAfterMs.push(await cleo.page.evaluate(() => Math.round(window.parleyTestBackAfterMs ?? Infinity)));
		await expectMoving(cleo, 'Ada');
		await expectMoving(ada, 'Cleo');
	}
	console.log(`back after a reload in a call of ${people.length}, in ms:`, backAfterMs);
	const median = backAfterMs.sort((a, b) => a - b)[Math.floor(reloads / 2)];
	expect(median, 'back as a fresh peer, in milliseconds').toBeLessThan(backWithinMs);
	await expect(ada.tile('Cleo')).toHaveCount(1);

	const leaver = people.at(-1) as Person;
	await leaver.leave();
	await expect(ada.tile(leaver.name)).toHaveCount(0);
	await expect(bob.tile(leaver.name)).toHaveCount(0);
	await expectMoving(ada, 'Bob');
	const pauseMs = await stopWatching();
	console.log(`longest pause between two frames of the others: ${Math.round(pauseMs)} ms`);
	expect(pauseMs, 'longest pause between frames, in milliseconds').toBeLessThan(1_000);
}

/** Measured inside the page: each look from outside takes time of its own, and of the page's. */
async function noteReturn(person: Person): Promise<void> {
	await person.page.addInitScript(() => {
		new MutationObserver((_, observer) => {
			if (!document.querySelector('[aria-label="Ada"][data-connection="connected"]')) return;
			window.parleyTestBackAfterMs = performance.now();
			observer.disconnect();
		}).observe(document, { subtree: true, childList: true, attributeFilter: ['data-connection'] });
	});
}

/**
 * Watches a tile's frames from inside the page; the returned function gives the longest time between two, in milliseconds. Counted in short
 * timers of the page: while the machine does something else these stand still as well, and nobody's picture is to blame.
 */
async function watchForPauses(person: Person, of: string): Promise<() => Promise<number>> {
	const video = person.tile(of).first().locator('video').first();
	const gap = await video.evaluateHandle((element) => {
		const everyMs = 20;
		const record = { longestMs: 0, sinceFrameMs: 0 };
		setInterval(() => {
			record.sinceFrameMs += everyMs;
			record.longestMs = Math.max(record.longestMs, record.sinceFrameMs);
		}, everyMs);
		const watch = () => {
			record.sinceFrameMs = 0;
			(element as HTMLVideoElement).requestVideoFrameCallback(watch);
		};
		watch();
		return record;
	});
	return () => gap.evaluate(({ longestMs }) => longestMs);
}
