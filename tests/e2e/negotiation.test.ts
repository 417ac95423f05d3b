/** What the model of `tests/integration/negotiation.fuzz.test.ts` claims, asked of a real browser. */
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, expectSound, meet, type Person } from './support/person';

const rounds = 100;

test('two people who both renegotiate at once, a hundred times in a row, end stable and connected', async ({
	newPerson,
	roomLink,
}) => {
	test.setTimeout(300_000);
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);

	const crossed: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const before = await Promise.all([ada, bob].map(iceCredentials));
		await Promise.all([ada, bob].map(renegotiate));
		// Both have new credentials and neither is in the middle of anything: the round is over.
		for (const [index, person] of [ada, bob].entries()) {
			await expect
				.poll(() => iceCredentials(person), { timeout: 20_000, intervals: [20] })
				.not.toBe(before[index]);
			await expect.poll(() => signalingStates(person), { intervals: [20] }).toEqual(['stable']);
		}
		crossed.push(round);
	}
	expect(crossed).toHaveLength(rounds);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');
	for (const person of [ada, bob]) await expectSound(person);
	await ada.say('from Ada');
	await bob.say('from Bob');
	for (const person of [ada, bob]) {
		await person.openChat();
		await expect(person.messages()).toContainText('from Ada');
		await expect(person.messages()).toContainText('from Bob');
	}
	expect(await transceivers(ada)).toBe(4);
	expect(await transceivers(bob)).toBe(4);
});

/** An ICE restart is the renegotiation this call really has. */
function renegotiate(person: Person): Promise<void> {
	return person.page.evaluate(() => {
		for (const peer of window.parleyTestPeers ?? []) if (peer.signalingState !== 'closed') peer.restartIce();
	});
}

function signalingStates(person: Person): Promise<string[]> {
	return person.page.evaluate(() =>
		(window.parleyTestPeers ?? []).map((peer) => peer.signalingState).filter((state) => state !== 'closed'),
	);
}

function iceCredentials(person: Person): Promise<string> {
	return person.page.evaluate(() =>
		(window.parleyTestPeers ?? [])
			.filter((peer) => peer.signalingState !== 'closed')
			.map((peer) => /a=ice-ufrag:(\S+)/.exec(peer.currentLocalDescription?.sdp ?? '')?.[1])
			.join(),
	);
}

function transceivers(person: Person): Promise<number> {
	return person.page.evaluate(
		() =>
			(window.parleyTestPeers ?? []).find((peer) => peer.signalingState !== 'closed')?.getTransceivers()
				.length ?? 0,
	);
}
