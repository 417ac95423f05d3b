/** One of several leaves and one reloads, in a call of any size; what the others see meanwhile is watched. */
import { expect, type BrowserContextOptions } from '@playwright/test';
import { expectAllConnected, expectMoving, type Person } from './person';

declare global {
	interface Window {
		/** When Ada was connected to, in milliseconds since this page began to load. */
		parleyTestBackAfterMs?: number;
		/** Descriptions of others that this page has taken. */
		parleyTestTaken?: number;
	}
}

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
		await expectAllConnected([cleo, ...people.filter((person) => person !== cleo)]);
		await expectMoving(cleo, 'Ada');
		await expectMoving(ada, 'Cleo');
		const others = people.length - 1;
		// How long that takes is the machine's affair (`bench/reload.ts`); that nothing is tried twice is ours.
		expect(await attempts(cleo), 'back by one peer and one exchange for each').toEqual({
			peers: others,
			exchanges: others,
		});
	}
	console.log(`back after a reload in a call of ${people.length}, in ms:`, backAfterMs);
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

function attempts({ page }: Person): Promise<{ peers: number; exchanges: number }> {
	return page.evaluate(() => ({
		peers: window.parleyTestPeers?.length ?? 0,
		exchanges: window.parleyTestTaken ?? 0,
	}));
}

/** Measured inside the page: each look from outside takes time of its own, and of the page's. */
async function noteReturn(person: Person): Promise<void> {
	await person.page.addInitScript(() => {
		const { prototype } = RTCPeerConnection;
		const take = prototype.setRemoteDescription as (description: RTCSessionDescriptionInit) => Promise<void>;
		prototype.setRemoteDescription = function (
			this: RTCPeerConnection,
			description: RTCSessionDescriptionInit,
		) {
			window.parleyTestTaken = (window.parleyTestTaken ?? 0) + 1;
			return take.call(this, description);
		};
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
