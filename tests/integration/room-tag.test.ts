/** A room is found by its name and its tag, and people move from one tag to another. Rule ids are those of `docs/PROTOCOL.md`. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PeekEvent } from '../../src/lib/protocol';
import {
	connectHttp,
	connectWebSocket,
	enter,
	join,
	newIncarnation,
	refusalOf,
	startServer,
	wireErrorOf,
	type TestClient,
	type TestServer,
} from '../support/server-harness';

const before = 'AAAAAAAAAAAAAAAAAAAAAA';
const after = 'BBBBBBBBBBBBBBBBBBBBBQ';
const over = [
	['a WebSocket', connectWebSocket],
	['HTTP', connectHttp],
] as const;

let server: TestServer;
const clients: TestClient[] = [];

beforeAll(async () => {
	server = await startServer({ environment: { ROOM_LIMIT: '2' } });
});
afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => server.stop());

function connect(how: (to: TestServer) => TestClient = connectWebSocket): TestClient {
	const client = how(server);
	clients.push(client);
	return client;
}

let rooms = 0;
const newRoom = () => `tagged-${(rooms += 1)}`;

/** The first look at a room from outside. */
function peek(room: string, tag?: string): Promise<PeekEvent> {
	return new Promise((resolve, reject) => {
		const subscription = connect().trpc.room.peek.subscribe(
			{ room, tag },
			{
				onData(event) {
					subscription.unsubscribe();
					resolve(event);
				},
				onError: reject,
			},
		);
	});
}

it('[M1] whoever has only the name, or another tag, is in another room', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room, tag: before });
	const outsider = await enter(connect(), { room });
	const stranger = await enter(connect(), { room, tag: after });
	for (const { welcome } of [outsider, stranger]) expect(welcome.participants).toEqual([]);
	expect((await peek(room, before)).seats.map(({ id }) => id)).toEqual([ann.welcome.self.id]);
	expect((await peek(room)).seats.map(({ id }) => id)).toEqual([outsider.welcome.self.id]);

	const bob = await enter(connect(), { room, tag: before });
	expect(bob.welcome.participants).toEqual([ann.welcome.self]);
	await ann.next('participant-joined');
	expect(ann.heard).toHaveLength(2);
});

it('[M1] who fills the room of the bare name takes no seat of the one with a tag', async () => {
	const room = newRoom();
	for (const name of ['Eve', 'Mallory']) await enter(connect(), { room, name });
	expect(await join(connect(), { room }).ended).toEqual({ code: 'room-full', limit: 2 });
	await enter(connect(), { room, tag: before });
});

it('[M2] takes a tag in one spelling only', async () => {
	const bad = [
		'',
		'A',
		`${before}A`,
		before.slice(1),
		'AAAAAAAAAAAAAAAAAAAAAB',
		'AAAAAAAAAA#AAAAAAAAAAA',
		16 as never,
	];
	for (const tag of bad) {
		expect(await join(connect(), { room: newRoom(), tag }).ended).toEqual({
			code: 'bad-input',
			field: 'tag',
		});
	}
	const refusal = await peek(newRoom(), 'A').catch(wireErrorOf);
	expect(refusal).toEqual({ code: 'bad-input', field: 'tag' });
});

it('logs neither a room’s name nor its tag', async () => {
	const room = newRoom();
	await enter(connect(), { room, tag: before });
	expect(server.log()).toContain('"outcome":"new"');
	expect(server.log()).not.toContain(room);
	expect(server.log()).not.toContain(before);
});

for (const [kind, open] of over) {
	it(`[T4] a token takes its participant along to another tag over ${kind}, and the seat before is free`, async () => {
		const room = newRoom();
		const incarnation = newIncarnation();
		const client = connect(open);
		const ann = await enter(client, { room, tag: before, incarnation });
		const bob = await enter(connect(), { room, tag: before });
		await ann.next('participant-joined');
		// Away, as on a connection that broke while people moved.
		client.cut();
		expect((await bob.next('participant-updated')).participant.presence).toBe('away');

		const again = connect(open);
		again.token = client.token;
		const token = kind === 'HTTP' ? {} : { token: ann.welcome.rejoinToken };
		const moved = await enter(again, { room, tag: after, incarnation, ...token });
		expect(moved.welcome.self).toEqual(ann.welcome.self);
		expect(moved.welcome.participants).toEqual([]);
		expect(await bob.next('participant-left')).toEqual({
			type: 'participant-left',
			id: ann.welcome.self.id,
			reason: 'moved',
		});
		// What is said from now on is said where they are.
		await again.trpc.room.update.mutate({ hand: true });
		expect((await peek(room, after)).count).toBe(1);
		expect((await peek(room, before)).count).toBe(1);
	});

	it(`[T4] [J9] moves on one connection over ${kind}, by leaving and joining with the token`, async () => {
		const room = newRoom();
		const incarnation = newIncarnation();
		const client = connect(open);
		const ann = await enter(client, { room, tag: before, incarnation });
		await client.trpc.room.leave.mutate();
		expect(await ann.ended).toBeNull();
		const token = kind === 'HTTP' ? {} : { token: ann.welcome.rejoinToken };
		const moved = await enter(client, { room, tag: after, incarnation, ...token });
		expect(moved.welcome.self).toEqual(ann.welcome.self);
		await client.trpc.room.leave.mutate();
		expect(await moved.ended).toBeNull();
	});
}

it('[T4] a seat held elsewhere is freed as its participant moves, and its connection ends', async () => {
	const room = newRoom();
	const incarnation = newIncarnation();
	const ann = await enter(connect(), { room, tag: before, incarnation });
	const bob = await enter(connect(), { room, tag: before });
	const moved = await enter(connect(), { room, tag: after, incarnation, token: ann.welcome.rejoinToken });
	expect(moved.welcome.self.id).toBe(ann.welcome.self.id);
	expect((await bob.next('participant-left')).reason).toBe('moved');
	expect(await ann.ended).toBeNull();
});

it('[T4] a room with no seat left refuses those who would move, and they keep the seat they have', async () => {
	const room = newRoom();
	for (const name of ['Cleo', 'Dan']) await enter(connect(), { room, tag: after, name });
	const client = connect();
	const ann = await enter(client, { room, tag: before });
	expect(await join(connect(), { room, tag: after, token: ann.welcome.rejoinToken }).ended).toEqual({
		code: 'room-full',
		limit: 2,
	});
	await client.trpc.room.update.mutate({ hand: true });
});

it('[T1] a token for a room of another name is refused, whatever the tag', async () => {
	const ann = await enter(connect(), { room: newRoom(), tag: before });
	const token = ann.welcome.rejoinToken;
	expect(await join(connect(), { room: newRoom(), tag: before, token }).ended).toEqual({
		code: 'token-refused',
	});
});

it('[S4] nobody is reached from a room of the same name and another tag', async () => {
	const room = newRoom();
	const { self } = (await enter(connect(), { room, tag: before })).welcome;
	const client = connect();
	await enter(client, { room, tag: after });
	const sealed = { to: self.id, incarnation: self.incarnation, sealed: 'AAAA' };
	expect(await refusalOf(client.trpc.room.relay.mutate(sealed))).toEqual({ code: 'no-such-participant' });
});
