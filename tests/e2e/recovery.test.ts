/** Nothing drops the call: servers that die, tabs that crash. The times are those a busy machine can keep. */
import { startServerProcess } from '../support/server-process';
import { crash, killServer } from './support/faults';
import { expect, test } from './support/fixtures';
import { iceGenerations } from './support/page-peers';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';

test.use({ media: { fps: 10 } });

// Wide enough for the chat to leave the others in sight: what it covers is not sent.
const small = { viewport: { width: 640, height: 360 } };

test('a server killed and started again after 5 s is not missed by a call of three', async ({
	newPerson,
}) => {
	test.setTimeout(120_000);
	const server = await startServerProcess();
	try {
		const link = `${server.origin}/room/survivors#AAAAAAAAAAAAAAAAAAAAAA`;
		const people: Person[] = [];
		for (const name of ['Ada', 'Bob', 'Cleo']) {
			const person = await newPerson(name, small);
			await person.enter(link);
			people.push(person);
		}
		const [ada, bob, cleo] = people as [Person, Person, Person];
		await expectAllConnected(people);
		for (const person of people) {
			for (const other of people) if (other !== person) await expectMoving(person, other.name);
		}
		await ada.control('Microphone').click();
		await bob.control('Raise hand').click();
		await ada.say('before');
		await cleo.openChat();
		await expect(cleo.messages()).toContainText('before');
		await ada.openChat();
		// What the joining itself announced is not meant.
		for (const { page } of people) await expect(page.getByText(/ joined$/)).toHaveCount(0);
		await watchAnnouncements(people);
		const peersBefore = await Promise.all(people.map(iceGenerations));

		// Heard by nobody until the server is back, and then by everyone.
		const lowerHand = () => bob.control('Raise hand').click();
		const { longestGapMs, wholeAfterMs } = await killServer(server, people, 5_000, lowerHand, async () => {
			for (const person of [ada, cleo]) {
				if ((await person.tile('Bob').count()) !== 1) return false;
				if (await person.tile('Bob').getByText('Hand raised').isVisible()) return false;
			}
			for (const person of [bob, cleo]) {
				if ((await person.tile('Ada').getAttribute('data-microphone')) !== 'off') return false;
			}
			return true;
		});
		console.log(`server killed: longest gap ${Math.round(longestGapMs)} ms, whole after ${wholeAfterMs} ms`);
		expect(longestGapMs, 'longest time without a frame, in milliseconds').toBeLessThan(1_500);
		expect(wholeAfterMs, 'until all is whole again, in milliseconds').toBeLessThan(6_000);

		await bob.say('after');
		for (const person of [ada, cleo]) await expect(person.messages()).toContainText('after');
		expect(await Promise.all(people.map(iceGenerations)), 'peers were not touched').toEqual(peersBefore);
		for (const person of people) {
			const announced = await person.page.evaluate(() => window.parleyTestAnnounced ?? []);
			expect(announced.filter((text) => /left|joined/.test(text))).toEqual([]);
		}
	} finally {
		await server.dispose();
	}
});

test('a tab that crashed is gone within 10 s at all others', async ({ newPerson, roomLink }) => {
	const people = [await newPerson('Ada', small), await newPerson('Bob', small)];
	await meet(people, roomLink);
	await expectAllConnected(people);
	const goneAfterMs = await crash(roomLink, people);
	console.log(`a crashed tab was gone after ${goneAfterMs} ms`);
	expect(goneAfterMs).toBeLessThan(10_000);
});

declare global {
	interface Window {
		parleyTestAnnounced?: string[];
	}
}

/** Collects every text that notices and toasts show from now on. */
async function watchAnnouncements(people: Person[]): Promise<void> {
	for (const { page } of people) {
		await page.evaluate(() => {
			const announced: string[] = [];
			window.parleyTestAnnounced = announced;
			new MutationObserver(() => {
				for (const element of document.querySelectorAll('[role="status"], [role="alert"]')) {
					const text = element.textContent.trim();
					if (text && announced.at(-1) !== text) announced.push(text);
				}
			}).observe(document.body, { subtree: true, childList: true, characterData: true });
		});
	}
}
