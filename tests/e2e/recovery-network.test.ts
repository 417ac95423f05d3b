/** Media goes, and comes back: addresses and routes taken from under a call, blackouts, loss. The times are those a busy machine can keep. */
import { expect, test } from '@playwright/test';
import { blackOut, loseHeavily, pause, perCrossing, switchNetwork } from './support/faults';
import { startLabCall } from './support/lab-call';
import { iceGenerations } from './support/page-peers';
import { expectAllConnected, expectMoving } from './support/person';
import { prepareRelayCall } from './support/relay-call';

test('another address and route, on either side: frames flow again without a reload', async () => {
	test.setTimeout(120_000);
	const call = await startLabCall(['Ada', 'Bob']);
	try {
		for (const mover of [0, 1]) {
			const backAfterMs = await switchNetwork(call, mover);
			console.log(`network switched: frames back after ${Math.round(backAfterMs)} ms`);
			expect(backAfterMs, 'until frames flow both ways, in milliseconds').toBeLessThan(5_000);
			await expectAllConnected(call.dwellers.map(({ person }) => person));
			await pause(2_000);
		}
	} finally {
		await call.close();
	}
});

test('a blackout of 10 s is shown within 2 s, and over a moment after its end', async () => {
	test.setTimeout(120_000);
	const call = await prepareRelayCall(['Ada', 'Bob']);
	try {
		await call.enter();
		const [ada, bob] = call.people;
		if (!ada || !bob) throw new Error('two were asked for');
		await expectAllConnected(call.people);
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
		const shown = test.step('the tile tells', async () => {
			await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'reconnecting', { timeout: 4_000 });
		});
		const backAfterMs = await blackOut(call, 10_000);
		await shown;
		console.log(`after a blackout of 10 s: frames back after ${Math.round(backAfterMs)} ms`);
		expect(backAfterMs, 'until frames flow both ways, in milliseconds').toBeLessThan(3_000);
		await expectAllConnected(call.people);
	} finally {
		await call.close();
	}
});

test('with 10 % loss and 200 ms of round trip a call is made, and stays, and needs no mending', async () => {
	test.setTimeout(120_000);
	// A round trip crosses the proxy four times.
	const call = await prepareRelayCall(['Ada', 'Bob'], {
		weather: { delayMs: 50, lossRate: perCrossing(0.1) },
	});
	try {
		await call.enter();
		const [ada, bob] = call.people;
		if (!ada || !bob) throw new Error('two were asked for');
		await expectAllConnected(call.people);
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
		const before = await iceGenerations(ada);
		// Nothing but silence to send, and then not even that: no reason to restart anything either.
		for (const person of call.people) {
			await person.control('Camera').click();
			await person.control('Microphone').click();
		}
		await pause(8_000);
		const texts = Array.from({ length: 12 }, (_, index) => `message ${index}`);
		for (const [index, text] of texts.entries()) await (index % 2 === 0 ? ada : bob).say(text);
		await ada.openChat();
		for (const person of call.people) {
			for (const text of texts) await expect(person.messages()).toContainText(text);
		}
		expect(await iceGenerations(ada), 'nothing was restarted').toEqual(before);
		await expectAllConnected(call.people);
	} finally {
		await call.close();
	}
});

test('50 % loss for 10 s is outlived', async () => {
	test.setTimeout(120_000);
	const call = await prepareRelayCall(['Ada', 'Bob']);
	try {
		await call.enter();
		await expectAllConnected(call.people);
		const backAfterMs = await loseHeavily(call, 0.5, 10_000);
		console.log(`after 10 s of 50 % loss: frames flow after ${Math.round(backAfterMs)} ms`);
		expect(backAfterMs, 'until frames flow both ways, in milliseconds').toBeLessThan(5_000);
		await expectAllConnected(call.people);
	} finally {
		await call.close();
	}
});
