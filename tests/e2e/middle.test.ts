/**
 * A server in the middle of two people, and others who are not meant to be there: none of them sees, hears, reads or changes anything,
 * and those concerned are told.
 */
import type { CertifiedDescription } from '../../src/lib/protocol';
import { renameOthers, replayDescriptions } from '../support/faults/meddlers';
import { startMiddleServer, type Meddler, type MiddleServer } from '../support/faults/middle-server';
import { answerInTheirPlace, standInForBoth } from './support/full-middle';
import { expect, test as base } from './support/fixtures';
import { openMiddlePage, type MiddlePage } from './support/middle-page';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';
import { openSecurity, safetyWordsOf } from './support/security-panel';

interface MiddleFixtures {
	attacker: MiddlePage;
	startMiddle(meddler?: Meddler): Promise<MiddleServer>;
	/** Of a room nobody else uses. */
	room: string;
}

let rooms = 0;

const test = base.extend<MiddleFixtures>({
	attacker: async ({ people, server }, use) => {
		const page = await openMiddlePage(people, server.origin);
		await use(page);
		await page.close();
	},
	startMiddle: async ({ server }, use) => {
		const middles: MiddleServer[] = [];
		await use(async (meddler) => {
			const middle = await startMiddleServer(server, meddler);
			middles.push(middle);
			return middle;
		});
		for (const middle of middles) await middle.close();
	},
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
	room: async ({}, use) => use(`middle-${process.pid}-${(rooms += 1)}`),
});

test.use({ media: { fps: 10 } });

const small = { viewport: { width: 640, height: 480 } };
const secret = '#AAAAAAAAAAAAAAAAAAAAAA';
const anotherSecret = '#AQEBAQEBAQEBAQEBAQEBAQ';

async function expectTold(person: Person, of: string): Promise<void> {
	const tile = person.tile(of).first();
	await expect(tile).toContainText('came by another link, or someone changed it on the way');
	await expect(tile).not.toHaveAttribute('data-connection', 'connected');
}

async function expectNothingSeen(attacker: MiddlePage): Promise<void> {
	expect(Object.values(await attacker.framesDecoded()).filter((frames) => frames > 0)).toEqual([]);
	expect(await attacker.heard()).toEqual([]);
}

/** Has every open peer of the page restart ICE, and waits until that has been offered. */
async function restartIce(person: Person, { frames }: MiddleServer): Promise<void> {
	const offers = () =>
		frames.filter((frame) => frame.includes('"room.signal"') && frame.includes('"type":"offer"')).length;
	const before = offers();
	await person.page.evaluate(() => {
		for (const peer of window.parleyTestPeers ?? []) {
			if (peer.connectionState === 'connected') peer.restartIce();
		}
	});
	await expect.poll(offers).toBeGreaterThan(before);
}

test('a server that answers two people in the other’s place decodes, reads and changes nothing, and both are told', async ({
	attacker,
	startMiddle,
	newPerson,
	room,
}) => {
	const middle = await startMiddle({
		...answerInTheirPlace(attacker),
		// A bit of what it can't read.
		relay: (input) => ({
			...input,
			sealed: input.sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
		}),
	});
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}${secret}`);
	await expectTold(ada, 'Bob');
	await expectTold(bob, 'Ada');

	await ada.say('The mongoose sleeps at noon');
	await bob.openChat();
	await expect.poll(() => middle.frames.some((frame) => frame.includes('"room.relay"'))).toBe(true);
	await expect(bob.messages()).not.toContainText('The');
	middle.meddle(answerInTheirPlace(attacker));
	await ada.say('And the heron wakes');
	await expect(bob.messages()).toContainText('And the heron wakes');
	await expectNothingSeen(attacker);
	const wire = middle.frames.join('\n');
	for (const word of ['mongoose', 'heron', secret.slice(1)]) expect(wire).not.toContain(word);
});

test('whoever has the name alone, or another secret, finds an empty room, and is seen by nobody in the other', async ({
	server,
	newPerson,
	room,
}) => {
	const ada = await newPerson('Ada', small);
	await ada.enter(`${server.origin}/room/${room}${secret}`);
	await ada.say('for those with the link');
	for (const hash of ['', anotherSecret]) {
		const mallory = await newPerson('Mallory', small);
		await mallory.openRoom(`${server.origin}/room/${room}${hash}`);
		await expect(mallory.page.getByText('Ada')).toHaveCount(0);
		await expect(mallory.page.getByText(/is here|are here/)).toHaveCount(0);
		await mallory.join();
		await mallory.openChat();
		await expect(mallory.tile('Mallory (you)')).toBeVisible();
		await expect(mallory.page.getByRole('list', { name: 'Participants' }).getByRole('listitem')).toHaveCount(
			1,
		);
		await expect(mallory.messages()).not.toContainText('for those with the link');
	}
	const bob = await newPerson('Bob', small);
	await bob.enter(`${server.origin}/room/${room}${secret}`);
	await expectAllConnected([ada, bob]);
	await expect(ada.tile('Mallory')).toHaveCount(0);
});

test('somebody with another secret whom the server lets into the room gets nothing, and all are told', async ({
	startMiddle,
	newPerson,
	room,
}) => {
	const tags = new Map<string, string | null | undefined>();
	const middle = await startMiddle({
		peek: (input) => {
			const { room, tag } = input as { room: string; tag?: string | null };
			if (!tags.has(room)) tags.set(room, tag);
			return { ...input, tag: tags.get(room) ?? null };
		},
		join: (input) => ({ ...input, tag: tags.get(input.room) ?? null }),
	});
	const ada = await newPerson('Ada', small);
	await ada.enter(`${middle.origin}/room/${room}${secret}`);
	for (const [name, hash] of [
		['Mallory', ''],
		['Trudy', anotherSecret],
	] as const) {
		const intruder = await newPerson(name, small);
		await intruder.enter(`${middle.origin}/room/${room}${hash}`);
		await expectTold(ada, name);
		await ada.say(`not for ${name}`);
		await intruder.openChat();
		await expect(intruder.tile('Ada')).not.toHaveAttribute('data-connection', 'connected');
		await intruder.say('let me in');
		await expect(ada.messages()).not.toContainText('let me in');
		await expect(intruder.messages()).not.toContainText(`not for ${name}`);
		const seen = await intruder.page.evaluate(
			() => (window.parleyTestPeers ?? []).filter((peer) => peer.connectionState === 'connected').length,
		);
		expect(seen, 'peers connected').toBe(0);
		await intruder.page.close();
	}
});

test('a description of before, said again in place of a later one or after a reload, is not taken', async ({
	startMiddle,
	newPerson,
	room,
}) => {
	const meddler = replayDescriptions();
	const middle = await startMiddle(meddler);
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}${secret}`);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');

	// Both have offered once, and from here on all is replayed.
	await restartIce(ada, middle);
	expect(meddler.replayed).toBe(0);
	await restartIce(bob, middle);
	await expect.poll(() => meddler.replayed).toBeGreaterThan(0);
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');

	await bob.page.reload();
	await expectTold(ada, 'Bob');
	await expectTold(bob, 'Ada');
	middle.meddle({});
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
});

test('an attacker at swapped candidates is connected with nobody', async ({
	attacker,
	startMiddle,
	newPerson,
	room,
}) => {
	const offers = new Map<string, CertifiedDescription>();
	const traps = new Map<string, string[]>();
	const middle = await startMiddle({
		join(input) {
			for (const { incarnation, signal } of input.offers ?? []) {
				if (signal.kind === 'description') offers.set(`${input.incarnation} ${incarnation}`, signal);
			}
			return input;
		},
		async signal(input, client) {
			const { signal } = input;
			const [from, to] = [client.incarnation ?? '', input.incarnation];
			const name = `${from} ${to}`;
			if (signal.kind === 'description') {
				if (signal.type === 'offer') offers.set(name, signal);
				const offer = offers.get(`${to} ${from}`);
				if (signal.type === 'answer' && offer?.offer === signal.offer) {
					const leg = { facing: to, as: from, epoch: signal.epoch * 1_000 + signal.offer };
					traps.set(name, await attacker.lieInWait(leg, offer.sdp, signal.sdp));
				}
				return input;
			}
			const [candidate] = traps.get(name)?.splice(0, 1) ?? [];
			return candidate ? { ...input, signal: { ...signal, candidate } } : null;
		},
	});
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}${secret}`);
	await expect.poll(() => attacker.pathsChecked()).toBeGreaterThan(0);
	await ada.say('The mongoose sleeps at noon');
	await bob.openChat();
	await expect(bob.messages()).toContainText('The mongoose sleeps at noon');
	await expectNothingSeen(attacker);
	expect(middle.frames.join('\n')).not.toContain('mongoose');
});

test('a name that the server makes up is not the one on the tile', async ({
	startMiddle,
	newPerson,
	room,
}) => {
	const middle = await startMiddle(renameOthers((name) => (name === 'Bob' ? 'Mallory' : name)));
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}${secret}`);
	await expectAllConnected([ada, bob]);
	await expect(ada.tile('Mallory')).toHaveCount(0);
	await bob.say('it is me');
	await ada.openChat();
	await expect(ada.messages()).toContainText('it is me');
	await expect(ada.messages()).not.toContainText('Mallory');
});

test('without a secret, a pair that has met is not taken over', async ({
	attacker,
	startMiddle,
	newPerson,
	room,
}) => {
	const middle = await startMiddle();
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}`);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
	middle.meddle(answerInTheirPlace(attacker));
	await restartIce(ada, middle);
	await restartIce(bob, middle);
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');
	await expectNothingSeen(attacker);
});

test('without a secret, a server that stands between two who have just met is betrayed by the words they compare', async ({
	attacker,
	startMiddle,
	newPerson,
	room,
}) => {
	const middle = await startMiddle(standInForBoth(attacker, room));
	const ada = await newPerson('Ada', small);
	const bob = await newPerson('Bob', small);
	await meet([ada, bob], `${middle.origin}/room/${room}`);
	await expectAllConnected([ada, bob]);
	await expect
		.poll(async () => Object.values(await attacker.framesDecoded()).filter((frames) => frames > 2).length)
		.toBe(2);

	for (const person of [ada, bob]) await openSecurity(person);
	const four = /^[a-z]+( [a-z]+){3}$/;
	await expect(safetyWordsOf(ada, 'Bob')).toHaveText(four, { timeout: 20_000 });
	await expect(safetyWordsOf(bob, 'Ada')).toHaveText(four, { timeout: 20_000 });
	expect(await safetyWordsOf(ada, 'Bob').textContent()).not.toBe(
		await safetyWordsOf(bob, 'Ada').textContent(),
	);
});
