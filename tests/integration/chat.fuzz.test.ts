/**
 * Chat on a bad day: people write while channels open and close, the relay delays, reorders, repeats, refuses and loses,
 * signaling comes and goes, and pages are reloaded; and one of them may keep to no rule at all. When it is over, everyone who
 * does has the same conversation, with all in it that they wrote.
 *
 * Each schedule has a seed, named when it fails; `SEED=<seed> npx vitest run chat.fuzz` runs it again, first of all.
 */
import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../src/lib/call/chat/chat-state';
import { createPageIdentity, createSignatureChecker } from '../../src/lib/e2ee/page-identity';
import { limits } from '../../src/lib/protocol';
import { createChatWorld, fakeCrypto, type ChatWorld, type Crypto } from '../support/chat-world';
import { fakeHash, type FakeIdentity } from '../support/fake-identity';
import { attacks, createHostile } from '../support/hostile-chat';
import { isOneSeed, seededRandom, seedFromEnvironment } from '../support/random';

const schedules = { honest: 240, hostile: 2_500, signed: 120 };
const steps = { honest: 60, hostile: 30 };

/** What everyone must agree on. */
const shown = (entries: readonly ChatEntry[]) =>
	entries.map(({ id, authorName, text, sentAt }) => [id, authorName, text, sentAt]);

/** What people and networks do by themselves. */
function stepOf(world: ChatWorld): void {
	const { random } = world;
	const [a, b] = [random.pick(world.people), random.pick([...world.members.values()])];
	const what = random.next();
	if (what < 0.45) {
		for (let n = random.pick([1, 1, 1, 2, 15]); n > 0; n--) {
			const length = random.chance(0.1) ? limits.messageTextMax - 60 : 0;
			const written = world.written.get(a.end.incarnation)?.length ?? 0;
			world.write(a, `${a.end.incarnation} says ${written}${'語'.repeat(length)}`);
		}
	} else if (what < 0.8) {
		if (a !== b) world.setChannel(a, b, random.chance(0.5), random.chance(0.5));
	} else if (what < 0.95) world.setSignaling(a, random.chance(0.6));
	else {
		world.leave(a);
		world.load(a.end.id);
	}
}

async function run(seed: number, isHostile: boolean, crypto: Crypto = fakeCrypto): Promise<void> {
	const random = seededRandom(seed);
	const world = createChatWorld(random, crypto);
	const ids = ['person-ann', 'person-bob', 'person-cat'];
	for (const id of isHostile ? ids.slice(0, 2) : ids.slice(0, 2 + random.below(2))) world.load(id);
	const hostile = isHostile ? createHostile(world, 'person-mallory') : null;
	for (let n = 0; n < (isHostile ? steps.hostile : steps.honest); n++) {
		if (!hostile || random.chance(0.5)) stepOf(world);
		else if (random.chance(0.04)) hostile.reload();
		else await hostile.attack(random.pick(attacks));
		await world.advance(random.pick([0, 10, 100, 1_000, 5_000]));
	}

	if (hostile && random.chance(0.3)) world.leave(hostile.member);
	const channels = random.pick(['open', 'closed', 'as-they-are', 'as-they-are'] as const);
	await world.restore(channels);
	world.load('person-dan');
	if (channels === 'open') world.connect('person-dan');
	await world.advance(60_000);

	const [first, ...others] = world.people.map(({ chat }) => chat.entries);
	for (const entries of others) expect(shown(entries)).toEqual(shown(first ?? []));

	const shownIds = (first ?? []).map(({ id }) => id);
	expect(new Set(shownIds).size, 'messages shown once').toBe(shownIds.length);
	for (const { end, chat } of world.people) {
		const mine = (first ?? []).filter(({ stream }) => stream === end.incarnation).map(({ text }) => text);
		expect(mine, `all that ${end.id} wrote, in order`).toEqual(world.written.get(end.incarnation));
		expect(chat.entries.filter(({ state }) => state === 'waiting')).toEqual([]);
		expect(chat.entries.filter((entry) => entry.mine !== (entry.stream === end.incarnation))).toEqual([]);
	}
	for (const { stream, text } of first ?? []) {
		const said = world.written.get(stream);
		if (said) expect(said, 'words in their mouths').toContain(text);
		else expect(isHostile, `a stream that nobody has: ${stream}`).toBe(true);
	}

	const before = world.traffic;
	await world.advance(120_000);
	expect(world.traffic - before, 'messages with nothing left to say').toBe(0);
	world.close();
	expect(world.clock.pending, 'timers left').toBe(0);
}

async function runAll(count: number, run: (seed: number) => Promise<void>): Promise<void> {
	const seed = seedFromEnvironment();
	for (let n = 0; n < (isOneSeed ? 1 : count); n++) {
		try {
			await run(seed + n);
		} catch (error) {
			throw new Error(`SEED=${seed + n} fails`, { cause: error });
		}
	}
}

/** Real keys, made beforehand: a schedule can't wait for them. */
async function realCrypto(): Promise<Crypto> {
	const { subtle } = globalThis.crypto;
	const keys: FakeIdentity[] = await Promise.all(
		Array.from({ length: 60 }, () => createPageIdentity(subtle)),
	);
	let next = 0;
	return {
		identity: () => keys[next++ % keys.length] as FakeIdentity,
		check: createSignatureChecker(subtle),
		hash: fakeHash,
	};
}

describe('chat', () => {
	const seed = seedFromEnvironment();

	it(
		`is the same for everyone after any ${schedules.honest} schedules from seed ${seed}`,
		{ timeout: 120_000 },
		() => runAll(schedules.honest, (seed) => run(seed, false)),
	);

	it(
		`is the same for everyone but one who keeps to no rule, and holds all that they wrote, after any ${schedules.hostile}`,
		{ timeout: 900_000 },
		() => runAll(schedules.hostile, (seed) => run(seed, true)),
	);

	it(`and after any ${schedules.signed} with real signatures`, { timeout: 900_000 }, () =>
		runAll(schedules.signed, async (seed) => run(seed, true, await realCrypto())),
	);
});
