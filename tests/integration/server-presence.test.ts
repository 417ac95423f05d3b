/** Connections that go and come back: resuming, reloading, taking over, being lost. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ServerEvent } from '../../src/lib/protocol';
import {
	candidate,
	connectWebSocket,
	enter,
	join,
	newIncarnation,
	refusalOf,
	startServer,
	type TestClient,
	type TestServer,
	type TestSession,
} from '../support/server-harness';

let server: TestServer;
const clients: TestClient[] = [];

beforeAll(async () => {
	server = await startServer({
		environment: { ROOM_LIMIT: '3' },
		tunables: { pingMs: 100, silenceMs: 400, goneAfterMs: 1_500, pageGoneMs: 600, outboxEvents: 20 },
	});
});
afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => server.stop());

function connect(options?: { autoPong?: boolean }): TestClient {
	const client = connectWebSocket(server, options);
	clients.push(client);
	return client;
}

let rooms = 0;
const newRoom = () => `presence-${(rooms += 1)}`;

/** Ann, who stays, and Bob, who is about to go; and a way to tell Bob something. */
async function meet(room: string, incarnation = newIncarnation()) {
	const annClient = connect();
	const ann = await enter(annClient, { room, name: 'Ann' });
	const bobClient = connect();
	const bob = await enter(bobClient, { room, name: 'Bob', incarnation });
	await ann.next('participant-joined');
	const { id } = bob.welcome.self;
	const tell = (number: number, to = incarnation) =>
		annClient.trpc.room.signal.mutate({ to: id, incarnation: to, signal: candidate(number) });
	return { ann, annClient, bob, bobClient, incarnation, id, token: bob.welcome.rejoinToken, tell };
}

async function awayOf(session: TestSession): Promise<void> {
	const { participant } = await session.next('participant-updated');
	expect(participant.presence).toBe('away');
}

const numbersIn = (events: ServerEvent[]) =>
	events.flatMap((event) =>
		event.type === 'signal' && event.signal.kind === 'candidate'
			? [Number(event.signal.candidate.split(/[: ]/)[1])]
			: [],
	);
const eventsOf = (session: TestSession) => session.heard.map(({ event }) => event);

it('[J4] [E2] resumes after a cut with nothing lost and nothing twice', async () => {
	const room = newRoom();
	const { ann, bob, bobClient, incarnation, id, token, tell } = await meet(room);
	for (const number of [1, 2, 3]) await tell(number);
	for (let count = 0; count < 3; count++) await bob.next('signal');
	bobClient.cut();
	await awayOf(ann);
	for (const number of [4, 5, 6]) await tell(number);

	const lastEventId = bob.heard.at(-1)?.id ?? null;
	const back = join(connect(), { room, name: 'Bob', incarnation, token, lastEventId });
	for (let count = 0; count < 3; count++) await back.next('signal');
	await tell(7);
	await back.next('signal');
	expect(numbersIn([...eventsOf(bob), ...eventsOf(back)])).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect(eventsOf(back).map(({ type }) => type)).not.toContain('welcome');
	expect((await ann.next('participant-updated')).participant).toMatchObject({ id, presence: 'here' });
	expect(eventsOf(ann).map(({ type }) => type)).not.toContain('participant-left');
});

it('[E2] sends again what was on its way when the connection went', async () => {
	const room = newRoom();
	const { bob, bobClient, incarnation, token, tell } = await meet(room);
	for (const number of [1, 2, 3]) await tell(number);
	await bob.next('signal');
	bobClient.cut();
	const firstSignal = bob.heard.find(({ event }) => event.type === 'signal');
	const back = join(connect(), { room, incarnation, token, lastEventId: firstSignal?.id ?? null });
	await back.next('signal');
	await back.next('signal');
	expect(numbersIn(eventsOf(back))).toEqual([2, 3]);
});

it('[E7] tells that some of what was missed is gone, and gives the rest', async () => {
	const room = newRoom();
	const { ann, bob, bobClient, incarnation, token, tell } = await meet(room);
	bobClient.cut();
	await awayOf(ann);
	for (let number = 1; number <= 25; number++) await tell(number);
	const lastEventId = bob.heard.at(-1)?.id ?? null;
	const back = join(connect(), { room, name: 'Bob', incarnation, token, lastEventId });
	const { id: from, incarnation: page } = ann.welcome.self;
	expect(await back.next('gap')).toEqual({ type: 'gap', from, incarnation: page });
	await tell(26);
	await expect.poll(() => numbersIn(eventsOf(back)).at(-1)).toBe(26);
	expect(numbersIn(eventsOf(back))).toEqual(Array.from({ length: 20 }, (_, index) => index + 7));
	expect(eventsOf(back).map(({ type }) => type)).not.toContain('welcome');
});

it('[E3] shows the room anew when too much news of it was missed', async () => {
	const room = newRoom();
	const { ann, bob, bobClient, incarnation, id, token, tell } = await meet(room);
	bobClient.cut();
	await awayOf(ann);
	const visitor = connect();
	for (let visit = 0; visit < 11; visit++) {
		const { ended } = await enter(visitor, { room, name: 'Cleo' });
		await visitor.trpc.room.leave.mutate();
		await ended;
	}
	const lastEventId = bob.heard.at(-1)?.id ?? null;
	const back = await enter(connect(), { room, incarnation, token, lastEventId });
	expect(back.welcome).toMatchObject({ resumed: true, self: { id, presence: 'here' } });
	expect(back.welcome.participants.map(({ name }) => name)).toEqual(['Ann']);
	await tell(26);
	await back.next('signal');
	expect(numbersIn(eventsOf(back))).toEqual([26]);
});

it('[J5] takes another page load for a reload: same id, nothing of the earlier page, told to the others', async () => {
	const room = newRoom();
	const { ann, bob, bobClient, id, token, tell } = await meet(room);
	await bobClient.close();
	await awayOf(ann);
	await tell(1);
	const incarnation = newIncarnation();
	const lastEventId = bob.heard.at(-1)?.id ?? null;
	const back = await enter(connect(), { room, name: 'Bob', incarnation, token, lastEventId });
	expect(back.welcome).toMatchObject({ resumed: true, self: { id, incarnation, presence: 'here' } });
	expect((await ann.next('participant-updated')).participant).toEqual(back.welcome.self);
	await tell(2, incarnation);
	await back.next('signal');
	expect(numbersIn(eventsOf(back))).toEqual([2]);
});

it('[J7] lets a second connection with the token take the seat over', async () => {
	const room = newRoom();
	const { ann, annClient, bob, bobClient, id, token } = await meet(room);
	const back = await enter(connect(), { room, name: 'Bob', token });
	expect(await bob.ended).toEqual({ code: 'taken-over' });
	expect(back.welcome.self.id).toBe(id);
	expect((await ann.next('participant-updated')).participant).toEqual(back.welcome.self);
	// The end of the earlier connection is no longer the participant's.
	await bobClient.close();
	await annClient.trpc.room.signal.mutate({
		to: id,
		incarnation: back.welcome.self.incarnation,
		signal: candidate(1),
	});
	await back.next('signal');
	expect(eventsOf(ann).map(({ type }) => type)).toEqual([
		'welcome',
		'participant-joined',
		'participant-updated',
	]);
});

it('[P1] [P3] a crash is seen at once, and after the grace the seat is free', async () => {
	const room = newRoom();
	const { ann, bobClient, id } = await meet(room);
	const cutAt = Date.now();
	bobClient.cut();
	await awayOf(ann);
	expect(Date.now() - cutAt).toBeLessThan(1_000);
	expect(await ann.next('participant-left')).toEqual({ type: 'participant-left', id, reason: 'lost' });
});

it('[P7] a page that says it goes is gone sooner, unless it is a reload', async () => {
	const room = newRoom();
	const { ann, bobClient, id, token } = await meet(room);
	bobClient.goAway();
	await awayOf(ann);
	const reloaded = connect();
	await enter(reloaded, { room, name: 'Bob', token });
	expect((await ann.next('participant-updated')).participant).toMatchObject({ id, presence: 'here' });

	const goneAt = Date.now();
	reloaded.goAway();
	await ann.next('participant-left');
	expect(Date.now() - goneAt).toBeGreaterThanOrEqual(550);
	expect(Date.now() - goneAt).toBeLessThan(1_400);
});

it('[J2] an away participant keeps the seat', async () => {
	const room = newRoom();
	const { ann, bobClient } = await meet(room);
	await enter(connect(), { room });
	bobClient.cut();
	await awayOf(ann);
	expect(await join(connect(), { room }).ended).toEqual({ code: 'room-full', limit: 3 });
	await ann.next('participant-left');
	await enter(connect(), { room });
});

it('[P4] a connection that is open and silent is cut, and its participant gone', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const bob = await enter(connect({ autoPong: false }), { room });
	await awayOf(ann);
	expect(await ann.next('participant-left')).toMatchObject({ id: bob.welcome.self.id, reason: 'lost' });
	expect(await server.metrics()).toContain('parley_connections_cut_total{reason="silent"}');
});

it('[P2] ending the subscription is going away', async () => {
	const room = newRoom();
	const { ann, bob } = await meet(room);
	bob.unsubscribe();
	await awayOf(ann);
});

it('[T3] the token brings the same id back after the grace, if there is a seat', async () => {
	const room = newRoom();
	const { ann, bobClient, id, token } = await meet(room);
	bobClient.cut();
	await ann.next('participant-left');
	const back = await enter(connect(), { room, name: 'Bob', token });
	expect(back.welcome).toMatchObject({ resumed: true, self: { id } });
	expect((await ann.next('participant-joined')).participant.id).toBe(id);

	const other = newRoom();
	const late = await meet(other);
	late.bobClient.cut();
	await late.ann.next('participant-left');
	await enter(connect(), { room: other });
	await enter(connect(), { room: other });
	expect(await join(connect(), { room: other, token: late.token }).ended).toEqual({
		code: 'room-full',
		limit: 3,
	});
});

it('[T1] refuses a token of another room, and one that was tampered with', async () => {
	const { token } = await meet(newRoom());
	const refused = { code: 'token-refused' };
	expect(await join(connect(), { room: newRoom(), token }).ended).toEqual(refused);
	expect(await join(connect(), { room: newRoom(), token: `${token}x` }).ended).toEqual(refused);
	expect(await join(connect(), { room: newRoom(), token: 'nonsense' }).ended).toEqual(refused);
});

it('[T3] a restarted server knows the tokens of the last one, and rebuilds the room from those who return', async () => {
	const first = await startServer();
	const room = newRoom();
	const ann = await enter(connectWebSocket(first), { room, name: 'Ann' });
	const bob = await enter(connectWebSocket(first), { room, name: 'Bob' });
	await first.stop();

	const second = await startServer();
	const client = connectWebSocket(second);
	const again = async (session: typeof ann, through = connectWebSocket(second)) => {
		const { name, incarnation } = session.welcome.self;
		const lastEventId = session.heard.at(-1)?.id ?? null;
		return enter(through, { room, name, incarnation, token: session.welcome.rejoinToken, lastEventId });
	};
	const annAgain = await again(ann, client);
	const bobAgain = await again(bob);
	expect(annAgain.welcome).toMatchObject({ resumed: true, self: { id: ann.welcome.self.id } });
	expect(bobAgain.welcome.participants.map(({ id }) => id)).toEqual([ann.welcome.self.id]);
	expect(annAgain.welcome.self.joinedAt).toBe(ann.welcome.self.joinedAt);
	expect(bobAgain.welcome.self.joinedAt).toBe(bob.welcome.self.joinedAt);
	await client.trpc.room.leave.mutate();
	expect(await refusalOf(client.trpc.room.update.mutate({ hand: true }))).toEqual({ code: 'not-joined' });
	await second.stop();
});
