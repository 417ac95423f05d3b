/**
 * An hour of a call of eight, in seconds: the real rules, sessions and store on a clock that is moved, and a fault every moment.
 * Everybody hears every event of their outbox once and in order, or a fresh welcome and then what follows it; afterwards
 * nothing is left. `SEED=…` runs one seed again.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TRPCError } from '@trpc/server';
import { expect, it } from 'vitest';
import { protocolVersion, type JoinRequest, type ServerEvent } from '../../src/lib/protocol';
import type { Connection } from '../../src/server/connection';
import { createLog } from '../../src/server/log';
import { createMemoryStore } from '../../src/server/memory-store';
import { unlimitedMemory } from '../../src/server/memory-budget';
import { createMetrics } from '../../src/server/metrics';
import { createBucket } from '../../src/server/rate-limit';
import { createRejoinTokens } from '../../src/server/rejoin-token';
import type { Outcome, RoomEvent } from '../../src/server/room';
import type { RoomStore } from '../../src/server/room-store';
import { createRooms } from '../../src/server/rooms';
import { createSessions } from '../../src/server/session';
import { defaultTunables } from '../../src/server/tunables';
import { FakeClock, settle } from '../support/fake-clock';
import { seedFromEnvironment, seededRandom, type Random } from '../support/random';
import { candidate } from '../support/server-harness';
import { pageLoad } from '../support/page-load';

const room = 'soak-room';
const people = 8;
const hourMs = 3_600_000;
const stepMs = 250;
const tunables = { ...defaultTunables, outboxEvents: 64 };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heapMegabytes(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** What the store was told to deliver to one page load of one participant, and how much of it they have had. */
interface Ledger {
	owed: RoomEvent[];
	/** Of all that was ever owed, how many the last snapshot included. */
	snapshotAt: number;
	appended: number;
	taken: number;
}

/** A store that keeps a second set of books, and counts who listens. */
function audited(store: RoomStore) {
	const ledgers = new Map<string, Ledger>();
	const audit = { ledgers, listeners: 0 };
	const counted = (stop: () => void) => {
		audit.listeners += 1;
		return () => {
			audit.listeners -= 1;
			stop();
		};
	};
	const watched: RoomStore = {
		...store,
		transact(name, rule) {
			let outcome: Outcome | undefined;
			const result = store.transact(name, (state) => (outcome = rule(state)));
			for (const id of outcome?.renewed ?? [])
				ledgers.set(id, { owed: [], snapshotAt: 0, appended: 0, taken: 0 });
			for (const { to, event } of outcome?.deliveries ?? []) {
				const ledger = ledgers.get(to);
				ledger?.owed.push(event);
				if (ledger) ledger.appended += 1;
			}
			return result;
		},
		snapshot(name, id) {
			const ledger = ledgers.get(id);
			if (ledger) ledger.snapshotAt = ledger.appended;
			return store.snapshot(name, id);
		},
		listen: (name, id, wake) => counted(store.listen(name, id, wake)),
		watch: (name, wake) => counted(store.watch(name, wake)),
	};
	return { store: watched, audit };
}

function startServer(clock: FakeClock) {
	const { store, audit } = audited(
		createMemoryStore({ events: tunables.outboxEvents, bytes: tunables.outboxBytes }),
	);
	const rooms = createRooms({ store, clock, roomLimit: people });
	const sessions = createSessions({
		budget: unlimitedMemory,
		...{ rooms, store, clock, tunables, roomLimit: people },
		tokens: createRejoinTokens('a secret of the soak test', tunables.tokenLifetimeMs),
		iceServersFor: () => [],
		iceServersMs: null,
		metrics: createMetrics(store, { processMetrics: false }),
		log: createLog('silent', 'salt'),
	});
	return { store, audit, rooms, sessions };
}
type Server = ReturnType<typeof startServer>;

const plenty = createBucket({ perSecond: 1e9, burst: 1e9 });
/** What was heard and should not have been. */
const failures: unknown[] = [];
const counts = { events: 0, welcomes: 0, faults: 0, restarts: 0, gaps: 0 };

/** One person at a browser, and what happens to them. */
function createPerson(
	name: string,
	kind: Connection['kind'],
	clock: FakeClock,
	random: Random,
	server: () => Server,
) {
	let pages = 0;
	let token: string | null = null;
	let id = '';
	let incarnation = '';
	let lastEventId: string | null = null;
	let connection: Connection | null = null;
	let end: (() => void) | null = null;
	let isSlow = false;
	let known = new Map<string, string>();
	/** Whose messages were dropped without a word so far, and of whom a gap has told since they were last heard. */
	const [untold, told] = [new Set<string>(), new Set<string>()];

	function newPage(): void {
		pages += 1;
		incarnation = pageLoad(`${name}-page-${pages}`);
		lastEventId = null;
	}
	newPage();

	function connect(): void {
		const abort = new AbortController();
		const request: JoinRequest = {
			...{ protocol: protocolVersion, room, tag: null, name, incarnation, offers: [], hand: false },
			publications: { microphone: true, camera: true, screen: false },
			...(token !== null && kind === 'websocket' ? { token } : {}),
			...(lastEventId === null ? {} : { lastEventId }),
		};
		let lostAt: number | null = null;
		const opened: Connection = {
			...{
				kind,
				address: '',
				networks: [],
				bearerToken: kind === 'http' ? token : null,
				membership: null,
				subscriptions: 0,
			},
			...{ messages: plenty, updates: plenty, joins: plenty, relayedBytes: plenty },
			heardAt: kind === 'websocket' ? () => lostAt ?? clock.now() : null,
			pageGoneAt: null,
			charge: () => {},
			handleError: () => {},
			async drained(signal) {
				while (isSlow && !signal.aborted) await new Promise<void>((resolve) => clock.after(50, resolve));
			},
		};
		connection = opened;
		end = () => {
			lostAt = clock.now();
			if (connection === opened) connection = null;
			// Half-open for a while: the server notices when it notices.
			clock.after(random.below(5_000), () => abort.abort());
		};
		const mine = incarnation;
		void listen(server(), opened, request, abort.signal, mine);
	}

	async function listen(
		on: Server,
		opened: Connection,
		request: JoinRequest,
		signal: AbortSignal,
		mine: string,
	): Promise<void> {
		try {
			for await (const [eventId, data] of on.sessions.join(opened, request, signal)) {
				// Sent, and lost on the way.
				if (connection !== opened || incarnation !== mine) continue;
				lastEventId = eventId;
				hear(on, data);
			}
		} catch (error) {
			// Refused or taken over: the next step connects again.
			if (!(error instanceof TRPCError)) failures.push(error);
		}
		if (connection === opened) connection = null;
	}

	function hear(on: Server, event: ServerEvent): void {
		counts.events += 1;
		if (event.type === 'welcome') {
			counts.welcomes += 1;
			({ rejoinToken: token } = event);
			({ id } = event.self);
			known = new Map(event.participants.map((other) => [other.id, other.incarnation]));
			const ledger = on.audit.ledgers.get(id) as Ledger;
			ledger.owed.splice(0, ledger.snapshotAt - ledger.taken);
			ledger.taken = ledger.snapshotAt;
			untold.clear();
			told.clear();
			return;
		}
		const ledger = on.audit.ledgers.get(id) as Ledger;
		if (event.type === 'gap') {
			counts.gaps += 1;
			told.add(event.from);
			untold.delete(event.from);
			return;
		}
		skipDropped(ledger, event);
		if ('from' in event) {
			if (untold.has(event.from) && !told.has(event.from)) throw new Error(`${name} was not told of a gap`);
			untold.delete(event.from);
			told.delete(event.from);
		}
		// The very object: not one like it, not one before or after it.
		if (ledger.owed[0] !== event) {
			throw new Error(`${name} heard ${JSON.stringify(event)} instead of ${JSON.stringify(ledger.owed[0])}`);
		}
		ledger.owed.shift();
		ledger.taken += 1;
		if (event.type === 'participant-left') known.delete(event.id);
		else if ('participant' in event) known.set(event.participant.id, event.participant.incarnation);
	}

	/** [E7] [E8] What was dropped before this event: what a gap stands for, and news that newer news replaced. */
	function skipDropped(ledger: Ledger, event: ServerEvent): void {
		for (;;) {
			const next = ledger.owed[0];
			if (!next || next === event) return;
			const following = ledger.owed.find((later) => later !== next && subjectOf(later) === subjectOf(next));
			const isOutdated =
				next.type === 'participant-updated' &&
				following?.type === 'participant-updated' &&
				following.participant.incarnation === next.participant.incarnation;
			if (!isOutdated && !('from' in next)) return;
			ledger.owed.shift();
			ledger.taken += 1;
			if ('from' in next) untold.add(next.from);
		}
	}

	function subjectOf(event: RoomEvent): string | null {
		if (event.type === 'participant-left') return event.id;
		return 'participant' in event ? event.participant.id : null;
	}

	const speak = (action: (connected: Connection) => Promise<void>) => {
		if (!connection) return;
		// Refusals are answers too: the seat was lost meanwhile, or the other has gone.
		void action(kind === 'http' ? { ...connection, bearerToken: token } : connection).catch(() => {});
	};

	return {
		name,
		kind,
		get isConnected() {
			return connection !== null;
		},
		/** What the store owes them and they have not had. */
		owed: () => (server().audit.ledgers.get(id)?.owed.length ?? 0) + untold.size,
		inconsistencies(): string[] {
			return connection && known.size !== people - 1 ? [`${name} sees ${known.size} others`] : [];
		},
		connect: () => connection ?? connect(),
		beat: () => speak((on) => server().sessions.beat(on)),
		act(): void {
			const others = [...known].map(([other, page]) => ({ id: other, incarnation: page }));
			const kinds = random.below(20);
			if (others.length > 0 && random.chance(0.01)) {
				// More than an outbox holds, to one of them.
				const { id: to, incarnation: page } = random.pick(others);
				for (let count = 0; count < 80; count++)
					speak((on) => server().sessions.signal(on, { to, incarnation: page, signal: candidate(count) }));
				return;
			}
			if (kinds < 12 && others.length > 0) {
				const { id: to, incarnation: page } = random.pick(others);
				const signal = candidate(random.below(1e6), 'x'.repeat(random.below(200)));
				speak((on) => server().sessions.signal(on, { to, incarnation: page, signal }));
			} else if (kinds < 14 && others.length > 0) {
				const { id: to, incarnation: page } = random.pick(others);
				speak((on) =>
					server().sessions.relay(on, { to, incarnation: page, sealed: 'A'.repeat(random.below(500)) }),
				);
			} else {
				speak((on) => server().sessions.update(on, { hand: random.chance(0.5) }));
			}
		},
		fault(): void {
			counts.faults += 1;
			const kinds = random.below(10);
			if (kinds < 4) end?.();
			else if (kinds < 6) {
				isSlow = true;
				clock.after(500 + random.below(6_000), () => (isSlow = false));
			} else if (kinds < 7) {
				end?.();
				newPage();
			} else if (kinds < 8) {
				// A second connection of the same page takes the seat over before the first is gone.
				const earlier = end;
				connect();
				earlier?.();
			} else if (kinds < 9) speak((on) => server().sessions.leave(on));
			else {
				end?.();
				connect();
			}
		},
		stop(): void {
			isSlow = false;
			end?.();
		},
	};
}

it(
	'[E1] [E2] [E3] [E4] an hour of faults: every event once and in order, and nothing left behind',
	{ timeout: 120_000 },
	async () => {
		const seed = seedFromEnvironment();
		const random = seededRandom(seed);
		const clock = new FakeClock();
		let server = startServer(clock);
		const everyone = Array.from({ length: people }, (_, index) =>
			createPerson(`person-${index}`, index < 6 ? 'websocket' : 'http', clock, random, () => server),
		);
		const began = Date.now();
		const endsAt = clock.now() + hourMs;
		let heapBefore = 0;
		let steps = 0;
		while (clock.now() < endsAt) {
			steps += 1;
			for (const person of everyone) {
				if (!person.isConnected && random.chance(0.15)) person.connect();
				if (random.chance(0.3)) person.act();
				if (random.chance(stepMs / 12_000)) person.fault();
				if (person.kind === 'http' && steps % 8 === 0 && random.chance(0.98)) person.beat();
			}
			// About five times in the hour, as a deployment or a crash does.
			if (random.chance(5 / (hourMs / stepMs))) {
				counts.restarts += 1;
				server.sessions.stop();
				server.rooms.close();
				server = startServer(clock);
				for (const person of everyone) person.stop();
			}
			await clock.advance(stepMs);
			if (steps === 1_000) heapBefore = heapMegabytes();
		}
		const heapAfter = heapMegabytes();

		// Quiet now: everyone comes back, and all that is owed is delivered.
		for (let step = 0; step < 200; step++) {
			for (const person of everyone) {
				person.connect();
				if (person.kind === 'http' && step % 8 === 0) person.beat();
			}
			await clock.advance(stepMs);
		}
		expect(everyone.flatMap((person) => person.inconsistencies())).toEqual([]);
		expect(everyone.map((person) => person.owed())).toEqual(everyone.map(() => 0));
		expect(failures).toEqual([]);
		expect(counts.gaps).toBeGreaterThan(0);

		for (const person of everyone) person.stop();
		await clock.advance(30_000);
		await settle();
		console.log(
			`seed ${seed}: ${counts.events} events, ${counts.welcomes} welcomes, ${counts.gaps} gaps, ${counts.faults} faults, ${counts.restarts} restarts ` +
				`in ${((Date.now() - began) / 1_000).toFixed(0)} s; heap ${heapBefore.toFixed(1)} → ${heapAfter.toFixed(1)} MB`,
		);
		expect(await server.store.count()).toEqual({ rooms: 0, participants: 0 });
		expect(server.audit.listeners).toBe(0);
		expect(clock.pending).toBe(0);
		expect(heapAfter - heapBefore).toBeLessThan(4);
	},
);
