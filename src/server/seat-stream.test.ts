import type { TRPCError } from '@trpc/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../tests/support/fake-clock';
import { pageLoad } from '../../tests/support/page-load';
import type { JoinRequest, ServerEvent } from '../lib/protocol';
import type { Connection } from './connection';
import { createMemoryStore } from './memory-store';
import type { Metrics } from './metrics';
import { wireErrorOf } from './refusal';
import { createRejoinTokens } from './rejoin-token';
import type { RoomStore } from './room-store';
import { createRooms, type Rooms } from './rooms';
import { createSeatStream, type SeatListener } from './seat-stream';
import { defaultTunables } from './tunables';
import { createWake } from './wake';

const room = 'team-sync';
const ann = 'participant-ann';
const tokenLifetimeMs = 80_000;
const iceServersMs = 30_000;
const tokens = createRejoinTokens('a secret of the server', tokenLifetimeMs);
const publications = { microphone: false, camera: false, screen: false };

let clock: FakeClock;
let store: RoomStore;
let rooms: Rooms;
let stopping: boolean;
let resynchronised: number;
/** The most that was ever read of an outbox at once. */
let pageMax: number;

beforeEach(async () => {
	clock = new FakeClock();
	[stopping, resynchronised, pageMax] = [false, 0, 0];
	const memory = createMemoryStore({ events: 8, bytes: 100_000 });
	store = {
		...memory,
		async readOutbox(...asked) {
			const page = await memory.readOutbox(...asked);
			pageMax = Math.max(pageMax, page.entries?.length ?? 0);
			return page;
		},
	};
	rooms = createRooms({ store, clock, roomLimit: 12 });
	await join(ann);
});

const join = (id: string, lease = `lease of ${id}`) =>
	rooms.apply(room, {
		...{ type: 'join', id, lease, incarnation: pageLoad(id), offers: [] },
		member: { name: id, publications, hand: false },
	});
/** Whom events are about. */
const newsOf = (heard: { event: ServerEvent }[]) =>
	heard.map(({ event }) => ('participant' in event ? event.participant.id : undefined));

/** Ann's stream, read until it ends. */
function listen(
	options: {
		kind?: 'websocket' | 'http';
		lastEventId?: string;
		/** Of her token, from now on; she is a newcomer without. */
		expiresInMs?: number;
		renewsIceServers?: boolean;
	} = {},
) {
	const { kind = 'websocket', lastEventId, expiresInMs, renewsIceServers = true } = options;
	const wake = createWake();
	const abort = new AbortController();
	const state = { end: null as string | null, silent: false, isSlow: false, drained: () => {} };
	let drained = Promise.resolve();
	const connection = { kind, drained: () => drained } as unknown as Connection;
	const claims = { room, tag: null, id: ann, incarnation: pageLoad(ann), joinedAt: clock.epochMs() };
	const hear = createSeatStream({
		...{ store, tokens, clock, roomLimit: 12 },
		tunables: { ...defaultTunables, tokenLifetimeMs },
		iceServersMs: renewsIceServers ? iceServersMs : null,
		iceServersFor: (_caller, id) => [{ urls: ['turn:turn.example'], username: `${id} at ${clock.now()}` }],
		metrics: { resynchronised: () => resynchronised++ } as unknown as Metrics,
		isStopping: () => stopping,
	});
	const listener: SeatListener = {
		...{ connection, wake, signal: abort.signal, isSilent: () => state.silent },
		request: { room, tag: null, lastEventId } as JoinRequest,
		membership: { room, id: ann, lease: `lease of ${ann}` },
		claims: expiresInMs === undefined ? null : { ...claims, expiresAt: clock.epochMs() + expiresInMs },
	};
	const block = () => void (drained = new Promise((resolve) => (state.drained = resolve)));
	const heard: { id: string; event: ServerEvent }[] = [];
	store.listen(room, ann, wake.wake);
	clock.every(1_000, wake.wake);
	void (async () => {
		try {
			for await (const [id, event] of hear(listener)) {
				heard.push({ id, event });
				if (state.isSlow) block();
			}
			state.end = 'ended';
		} catch (error) {
			state.end = wireErrorOf(error as TRPCError).code;
		}
	})();
	return {
		...{ state, heard, wake, abort },
		types: () => heard.map(({ event }) => event.type),
		/** What was sent last is not on its way yet, until `state.drained` is called. */
		block,
	};
}

const positionOf = async () => (await store.snapshot(room, ann))?.position ?? '';

describe('one who comes', () => {
	it('[J1] [E4] is welcomed first, and hears everything that happens from then on, in its order', async () => {
		await join('bob');
		const { heard } = listen();
		await settle();
		const others = ['cat', 'dan', 'eve'];
		for (const id of others) await join(id);
		await rooms.apply(room, { type: 'leave', sender: { id: 'bob', lease: 'lease of bob' } });
		await settle();
		const welcome = heard[0]?.event;
		expect(welcome).toMatchObject({ type: 'welcome', resumed: false, self: { id: ann }, roomLimit: 12 });
		expect(welcome?.type === 'welcome' && welcome.participants.map(({ id }) => id)).toEqual(['bob']);
		expect(newsOf(heard.slice(1))).toEqual([...others, undefined]);
		expect(heard.at(-1)?.event).toMatchObject({ type: 'participant-left', reason: 'left' });
	});

	it('[E2] resumes with exactly the events after the last one, each once, and without a welcome', async () => {
		await join('bob');
		const at = await positionOf();
		for (const id of ['cat', 'dan', 'eve']) await join(id);
		const { heard, types } = listen({ lastEventId: at, expiresInMs: tokenLifetimeMs });
		await settle();
		expect(newsOf(heard.slice(0, 3))).toEqual(['cat', 'dan', 'eve']);
		// [E6] How old those are that it has is not known.
		expect(types().slice(3)).toEqual(['ice-servers']);
		expect(heard[3]?.id).toBe(heard[2]?.id);
	});

	it('[E3] is welcomed anew, as one who returns, where what it missed is gone', async () => {
		const { heard } = listen({ lastEventId: 'another.1', expiresInMs: tokenLifetimeMs });
		await settle();
		expect(heard.map(({ event }) => event)).toMatchObject([{ type: 'welcome', resumed: true }]);
		expect(resynchronised, 'nothing was lost on this connection').toBe(0);
	});
});

describe('a slow reader', () => {
	it('is given one event after the other as each is on its way, and two are taken from its outbox at a time', async () => {
		const { heard, block, state } = listen();
		await settle();
		block();
		state.isSlow = true;
		const others = Array.from({ length: 7 }, (_, n) => `p-${n}`);
		for (const id of others) await join(id);
		for (let given = 1; given <= others.length; given++) {
			await settle();
			expect(heard).toHaveLength(given);
			state.drained();
		}
		await settle();
		expect(newsOf(heard.slice(1))).toEqual(others);
		expect(pageMax).toBe(2);
	});

	it('[E3] is welcomed anew when its outbox has overflowed, which is counted', async () => {
		const { heard, block, state } = listen();
		await settle();
		block();
		for (let n = 1; n <= 11; n++) await join(`p-${n}`);
		state.drained();
		await settle();
		expect(heard).toHaveLength(2);
		const welcome = heard.at(-1)?.event;
		expect(welcome).toMatchObject({ type: 'welcome', resumed: true });
		expect(welcome?.type === 'welcome' && welcome.participants).toHaveLength(11);
		expect(resynchronised).toBe(1);
	});

	it('is sent nothing more once its connection has gone', async () => {
		const { types, block, abort, state } = listen();
		await settle();
		block();
		for (const id of ['bob', 'cat', 'dan']) await join(id);
		await settle();
		abort.abort();
		state.drained();
		await settle();
		expect(types()).toEqual(['welcome']);
		expect(state.end).toBe('ended');
	});
});

describe('in between', () => {
	it('[E6] ICE servers come anew each time before those it has end, and never where nothing in them ends', async () => {
		const { heard } = listen();
		const forever = listen({ renewsIceServers: false });
		const began = clock.now();
		await clock.advance(2 * iceServersMs + 1_000);
		const named = heard.flatMap(({ event }) => ('iceServers' in event ? event.iceServers : []));
		expect(named.map(({ username }) => username)).toEqual(
			[0, iceServersMs, 2 * iceServersMs].map((afterMs) => `${ann} at ${began + afterMs}`),
		);
		expect(forever.types()).not.toContain('ice-servers');
	});

	it('[T5] a new token comes at half of the life of the one it has, and names the same seat', async () => {
		const newcomer = listen({ renewsIceServers: false });
		await clock.advance(tokenLifetimeMs / 2 - 1_000);
		expect(newcomer.types()).toEqual(['welcome']);
		await clock.advance(tokenLifetimeMs / 2 + 1_000);
		expect(newcomer.types()).toEqual(['welcome', 'rejoin-token', 'rejoin-token']);
		const { event } = newcomer.heard[2] as { event: ServerEvent };
		expect(event.type === 'rejoin-token' && tokens.read(event.rejoinToken)).toMatchObject({
			...{ room, id: ann, incarnation: pageLoad(ann), expiresAt: clock.epochMs() + tokenLifetimeMs },
		});
	});

	it('[T5] one who resumes with an old token has a new one at once, and with a young one in its time', async () => {
		const lastEventId = await positionOf();
		const old = listen({ lastEventId, expiresInMs: tokenLifetimeMs / 2 });
		const young = listen({ lastEventId, expiresInMs: tokenLifetimeMs });
		await settle();
		expect([old.types(), young.types()]).toEqual([['ice-servers', 'rejoin-token'], ['ice-servers']]);
		expect(
			old.heard.map(({ id }) => id),
			'no place of its own in the order of events',
		).toEqual([...[lastEventId, lastEventId]]);
	});
});

describe('it ends', () => {
	it('[J7] with `taken-over` when another connection has the seat, and without a word when there is none', async () => {
		const taken = listen();
		await settle();
		await join(ann, 'another lease');
		await settle();
		expect(taken.state.end).toBe('taken-over');
		await join(ann);
		const left = listen();
		await settle();
		await rooms.apply(room, { type: 'leave', sender: { id: ann, lease: `lease of ${ann}` } });
		await settle();
		expect(left.state.end).toBe('ended');
	});

	it('[D1] when the server stops: over HTTP with the reason, over a WebSocket by its close code', async () => {
		const streams = [listen({ kind: 'http' }), listen()];
		await settle();
		stopping = true;
		for (const { wake } of streams) wake.wake();
		await settle();
		expect(streams.map(({ state }) => state.end)).toEqual(['server-stopping', 'ended']);
	});

	it('when nothing has been heard of the other end for too long, with what is left unsaid', async () => {
		const { state, wake, types } = listen({ kind: 'http' });
		await settle();
		state.silent = true;
		await join('bob');
		wake.wake();
		await settle();
		expect([state.end, types()]).toEqual(['ended', ['welcome']]);
	});
});
