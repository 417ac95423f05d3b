/** One of several leaves and one reloads, in a call of any size; what the others see meanwhile is watched. */
import { expect, type BrowserContextOptions } from '@playwright/test';
import { expectAllConnected, expectMoving, framesShown, type Person } from './person';

/** Who reloads is back in the call, as a fresh peer, by then. */
const backWithinMs = 3_000;

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
	const reloadedAt = Date.now();
	await cleo.page.reload();
	// Looked at often: what is measured here should not be the time between two looks.
	await expect
		.poll(() => cleo.tile('Ada').getAttribute('data-connection'), { intervals: [50] })
		.toBe('connected');
	const backAfterMs = Date.now() - reloadedAt;
	console.log(`back after a reload in a call of ${people.length}: ${backAfterMs} ms`);
	expect(backAfterMs, 'back as a fresh peer, in milliseconds').toBeLessThan(backWithinMs);
	await expectMoving(cleo, 'Ada');
	await expectMoving(ada, 'Cleo');
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

/** Watches a tile's frames from inside the page; the returned function gives the longest gap between two, in milliseconds. */
async function watchForPauses(person: Person, of: string): Promise<() => Promise<number>> {
	await framesShown(person, of);
	const video = person.tile(of).first().locator('video').first();
	const gap = await video.evaluateHandle((element) => {
		const record = { longestMs: 0, lastAt: performance.now() };
		const watch = () => {
			const now = performance.now();
			record.longestMs = Math.max(record.longestMs, now - record.lastAt);
			record.lastAt = now;
			(element as HTMLVideoElement).requestVideoFrameCallback(watch);
		};
		(element as HTMLVideoElement).requestVideoFrameCallback(watch);
		return record;
	});
	return () => gap.evaluate((record) => Math.max(record.longestMs, performance.now() - record.lastAt));
}
