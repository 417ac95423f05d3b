/**
 * Chat on a bad day: people write while channels open and close, the relay delays, reorders, repeats, refuses and loses,
 * signaling comes and goes, and pages are reloaded. When it is over, everyone has the same conversation.
 *
 * Each schedule has a seed, named when it fails; `SEED=<seed> npx vitest run chat.fuzz` runs it again, first of all.
 */
import { describe, expect, it } from 'vitest';
import { createChatSync, type ChatSync } from '../../src/lib/call/chat-sync';
import type { ChatEntry } from '../../src/lib/call/snapshot';
import type { RemoteEnd } from '../../src/lib/call/transport';
import { limits, peerMessageBytesMax } from '../../src/lib/protocol';
import { FakeClock } from '../support/fake-clock';
import { seededRandom, seedFromEnvironment } from '../support/random';
import { pageLoad } from '../support/page-load';

const schedules = 240;
const steps = 60;

interface Person {
	end: RemoteEnd;
	chat: ChatSync;
	signalingUp: boolean;
	/** Who this person's client knows to be here. */
	roster: RemoteEnd[];
	/** Those to whom a channel is open, as this side sees it. */
	channels: Set<string>;
	/** Relayed texts the server keeps while signaling is down. */
	outbox: (() => void)[];
}

function createWorld(seed: number) {
	const random = seededRandom(seed);
	/** A server that loses relayed texts it has accepted, which a real one does only before a fresh welcome. */
	const relayLies = random.chance(0.4);
	const clock = new FakeClock();
	const people = new Map<string, Person>();
	/** Every message by the stream it was written in. */
	const written = new Map<string, string[]>();
	/** Counts the channels a pair has had: what is under way when one closes is lost. */
	const generations = new Map<string, number>();
	let faults = true;
	let streams = 0;
	let traffic = 0;

	const pairOf = (a: string, b: string) => [a, b].sort().join();
	const generation = (a: string, b: string) => generations.get(pairOf(a, b)) ?? 0;
	const knows = (a: Person, b: Person) =>
		a.roster.some(({ incarnation }) => incarnation === b.end.incarnation);

	function count(text: string): void {
		traffic++;
		expect(Buffer.byteLength(text), 'bytes of a peer message').toBeLessThanOrEqual(peerMessageBytesMax);
	}

	function arrive(from: Person, to: string, text: string): void {
		const person = people.get(to);
		if (person && knows(person, from)) person.chat.handleText(from.end.id, text);
	}

	function sendDirect(from: Person, to: string, text: string): boolean {
		if (!from.channels.has(to)) return false;
		count(text);
		const sentIn = generation(from.end.id, to);
		// One fixed delay: a data channel keeps its order.
		clock.after(40, () => {
			if (generation(from.end.id, to) === sentIn) arrive(from, to, text);
		});
		return true;
	}

	async function sendRelay(from: Person, to: RemoteEnd, text: string): Promise<boolean> {
		const takesMs = random.below(200);
		await new Promise<void>((resolve) => clock.after(takesMs, resolve));
		if (!from.signalingUp || (faults && random.chance(0.2))) return false;
		count(text);
		const copies = faults ? random.pick(relayLies ? [0, 1, 1, 1, 2] : [1, 1, 2]) : 1;
		for (let copy = 0; copy < copies; copy++) {
			clock.after(random.below(faults ? 4_000 : 100), () => {
				const person = people.get(to.id);
				if (person?.end.incarnation !== to.incarnation) return;
				if (person.signalingUp) arrive(from, to.id, text);
				else person.outbox.push(() => arrive(from, to.id, text));
			});
		}
		return true;
	}

	function load(id: string): void {
		const end = { id, incarnation: pageLoad(`stream-${String(streams++).padStart(4, '0')}`) };
		const person: Person = {
			end,
			signalingUp: true,
			roster: [],
			channels: new Set(),
			outbox: [],
			chat: createChatSync({
				clock,
				incarnation: end.incarnation,
				self: () => ({ id, name: `Name of ${id}` }),
				sendDirect: (to, text) => sendDirect(person, to, text),
				sendRelay: (to, text) => sendRelay(person, to, text),
				onChange: () => {},
				onNews: () => {},
			}),
		};
		people.set(id, person);
		written.set(end.incarnation, []);
		for (const other of people.values()) if (other.signalingUp) hear(other);
		person.chat.signalingResumed();
	}

	/** Brings one person's roster up to date, as the server's events do. */
	function hear(person: Person): void {
		person.roster = [...people.values()].filter((other) => other !== person).map(({ end }) => end);
		person.chat.setParticipants(person.roster);
	}

	function setChannel(a: Person, b: Person, open: boolean): void {
		if (open && !(knows(a, b) && knows(b, a))) return;
		if (open === a.channels.has(b.end.id)) return;
		generations.set(pairOf(a.end.id, b.end.id), generation(a.end.id, b.end.id) + 1);
		for (const [one, other] of [
			[a, b],
			[b, a],
		] as const) {
			// prettier-ignore
			if (open) one.channels.add(other.end.id);
			else one.channels.delete(other.end.id);
			one.chat.setChannel(other.end.id, open);
		}
	}

	function leave(person: Person): void {
		for (const other of people.values()) if (other !== person) setChannel(person, other, false);
		person.chat.close();
		people.delete(person.end.id);
	}

	function setSignaling(person: Person, up: boolean): void {
		if (person.signalingUp === up) return;
		person.signalingUp = up;
		if (!up) {
			person.chat.signalingLost();
			return;
		}
		const kept = person.outbox.splice(0);
		// A server that was restarted has kept nothing, and says so with a fresh welcome.
		if (!faults || random.chance(0.7)) for (const deliver of kept) deliver();
		hear(person);
		person.chat.signalingResumed();
	}

	function write(person: Person): void {
		const mine = written.get(person.end.incarnation) ?? [];
		const length = random.chance(0.1) ? limits.messageTextMax - 40 : 0;
		const text = `${person.end.incarnation} says ${mine.length}${'語'.repeat(length)}`;
		expect(person.chat.send(text)).toEqual({ ok: true });
		mine.push(text);
	}

	function anyone(): Person {
		return random.pick([...people.values()]);
	}

	function step(): void {
		const [a, b] = [anyone(), anyone()];
		const what = random.next();
		if (what < 0.45) for (let n = random.pick([1, 1, 1, 2, 15]); n > 0; n--) write(a);
		else if (what < 0.8) {
			if (a !== b) setChannel(a, b, random.chance(0.5));
		} else if (what < 0.95) setSignaling(a, random.chance(0.6));
		else {
			leave(a);
			load(a.end.id);
		}
	}

	return {
		random,
		clock,
		people,
		written,
		load,
		step,
		get traffic() {
			return traffic;
		},
		/**
		 * Nothing fails any more. What is down comes up; after a lying relay everything does so afresh, for nobody could
		 * know what it lost. `channels`: all open, all closed, or left as they are.
		 */
		async restore(channels: 'open' | 'closed' | 'as-they-are') {
			faults = false;
			for (const person of people.values()) {
				if (relayLies) setSignaling(person, false);
				setSignaling(person, true);
			}
			await clock.advance(10_000);
			for (const a of people.values()) {
				for (const b of people.values()) {
					if (a !== b && channels !== 'as-they-are') setChannel(a, b, channels === 'open');
				}
			}
			await clock.advance(90_000);
		},
		setChannelsOf(id: string) {
			for (const other of people.values()) {
				const person = people.get(id);
				if (person && person !== other) setChannel(person, other, true);
			}
		},
		close() {
			for (const person of [...people.values()]) leave(person);
		},
	};
}

/** What everyone must agree on. */
const shown = (entries: readonly ChatEntry[]) =>
	entries.map(({ id, authorId, authorName, text, sentAt }) => [id, authorId, authorName, text, sentAt]);

async function run(seed: number): Promise<void> {
	const world = createWorld(seed);
	const { random, clock, people } = world;
	for (const id of ['person-ann', 'person-bob', 'person-cat'].slice(0, 2 + random.below(2))) world.load(id);
	for (let n = 0; n < steps; n++) {
		world.step();
		await clock.advance(random.pick([0, 10, 100, 1_000, 5_000]));
	}

	const channels = random.pick(['open', 'closed', 'as-they-are', 'as-they-are'] as const);
	await world.restore(channels);
	world.load('person-dan');
	if (channels === 'open') world.setChannelsOf('person-dan');
	await clock.advance(60_000);

	const [first, ...others] = [...people.values()].map(({ chat }) => chat.entries);
	for (const entries of others) expect(shown(entries)).toEqual(shown(first ?? []));

	const ids = (first ?? []).map(({ id }) => id);
	expect(new Set(ids).size, 'messages shown once').toBe(ids.length);
	for (const { end, chat } of people.values()) {
		const mine = chat.entries
			.filter(({ id }) => id.startsWith(`${end.incarnation}.`))
			.map(({ text }) => text);
		expect(mine, `all that ${end.id} wrote, in order`).toEqual(world.written.get(end.incarnation));
		expect(chat.entries.filter(({ state }) => state === 'waiting')).toEqual([]);
	}
	const all = new Set([...world.written.values()].flat());
	expect((first ?? []).filter(({ text }) => !all.has(text))).toEqual([]);

	const before = world.traffic;
	await clock.advance(120_000);
	expect(world.traffic - before, 'messages with nothing left to say').toBe(0);
	world.close();
	expect(clock.pending, 'timers left').toBe(0);
}

describe('chat', () => {
	const seed = seedFromEnvironment();

	it(
		`is the same for everyone after any ${schedules} schedules from seed ${seed}`,
		{ timeout: 120_000 },
		async () => {
			for (let n = 0; n < schedules; n++) {
				try {
					await run(seed + n);
				} catch (error) {
					throw new Error(`SEED=${seed + n} fails`, { cause: error });
				}
			}
		},
	);
});
