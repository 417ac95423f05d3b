/** Rooms over a real WebSocket: joining, events, signals, updates, leaving. Rule ids are those of `docs/PROTOCOL.md`. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { protocolVersion, type JoinInput, type PeekEvent } from '../../src/lib/protocol';
import {
	candidate,
	connectWebSocket,
	enter,
	join,
	newIncarnation,
	offer,
	refusalOf,
	startServer,
	type TestClient,
	type TestServer,
} from '../support/server-harness';

let server: TestServer;
const clients: TestClient[] = [];

beforeAll(async () => {
	server = await startServer({
		environment: {
			ROOM_LIMIT: '3',
			STUN_URLS: 'stun:stun.example.org:3478',
			TURN_URLS: 'turn:turn.example.org:3478?transport=udp',
			TURN_SECRET: 'a secret shared with coturn',
		},
	});
});

afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await server.stop();
});

function connect(): TestClient {
	const client = connectWebSocket(server);
	clients.push(client);
	return client;
}

let rooms = 0;
const newRoom = () => `room-${(rooms += 1)}`;

it('[J1] welcomes with who I am, who is here, ICE servers, a token and the limit', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room, name: '  Ann \u200e ' });
	expect(ann.welcome).toMatchObject({
		protocolVersion,
		self: { name: 'Ann', presence: 'here', handRaisedAt: null },
		participants: [],
		roomLimit: 3,
		resumed: false,
	});
	expect(ann.welcome.iceServers).toEqual([
		{ urls: ['stun:stun.example.org:3478'] },
		{
			urls: ['turn:turn.example.org:3478?transport=udp'],
			username: expect.stringMatching(new RegExp(`^\\d{10}:${ann.welcome.self.id}$`)),
			credential: expect.any(String),
		},
	]);

	const bob = await enter(connect(), { room, name: 'Bob', hand: true });
	expect(bob.welcome.participants).toEqual([ann.welcome.self]);
	expect(bob.welcome.self.handRaisedAt).toBeTypeOf('number');
	expect((await ann.next('participant-joined')).participant).toEqual(bob.welcome.self);
});

it('[V1] [V2] refuses clients from before descriptions were proven, in a code that tells them to refresh', async () => {
	for (const protocol of [undefined, 0, 1])
		expect(await join(connect(), { room: newRoom(), protocol }).ended).toEqual({ code: 'client-too-old' });
});

it('[V2] refuses them so also where the rest of what they send is not valid any more', async () => {
	// As the first version sent it: a short random id for the page load, and offers that nobody signed.
	const signal = { kind: 'description', epoch: 0, offer: 1, type: 'offer', sdp: 'v=0' };
	const offers = [{ to: 'somebody', incarnation: 'q3Jm0S1aTt2Yw4bVx8KcLg', signal }];
	const first = { room: newRoom(), incarnation: 'q3Jm0S1aTt2Yw4bVx8KcLg', offers };
	for (const protocol of [undefined, 1]) {
		const input = { ...first, protocol } as unknown as Partial<JoinInput>;
		expect(await join(connect(), input).ended).toEqual({ code: 'client-too-old' });
	}
	expect(await join(connect(), { ...first, offers: [] }).ended).toMatchObject({ code: 'bad-input' });
});

it('[M3] takes no id that every object answers to', async () => {
	const client = connect();
	await enter(client, { room: newRoom() });
	const sealed = { incarnation: newIncarnation(), sealed: 'AAAA' };
	for (const to of ['constructor', '__proto__', 'hasOwnProperty'])
		expect(await refusalOf(client.trpc.room.relay.mutate({ to, ...sealed }))).toEqual({
			code: 'bad-input',
			field: 'to',
		});
});

it('[J2] refuses when the room is full, with its limit', async () => {
	const room = newRoom();
	for (const name of ['Ann', 'Bob', 'Cleo']) await enter(connect(), { room, name });
	expect(await join(connect(), { room, name: 'Dan' }).ended).toEqual({ code: 'room-full', limit: 3 });
});

it('[J3] lets two people have the same name', async () => {
	const room = newRoom();
	const one = await enter(connect(), { room, name: 'Sam' });
	const other = await enter(connect(), { room, name: 'Sam' });
	expect(other.welcome.participants.map(({ name }) => name)).toEqual(['Sam']);
	expect(other.welcome.self.id).not.toBe(one.welcome.self.id);
});

it('[J6] delivers offers made in the lobby right after the news of the join', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const { id, incarnation } = ann.welcome.self;
	const bob = await enter(connect(), {
		room,
		offers: [
			{ to: id, incarnation, signal: offer('v=0 for Ann') },
			{ to: id, incarnation: newIncarnation(), signal: offer('v=0 for an earlier Ann') },
			{ to: 'nobody-here', incarnation, signal: offer('v=0 for nobody') },
		],
	});
	await ann.next('signal');
	expect(ann.heard.slice(1).map(({ event }) => event)).toEqual([
		{ type: 'participant-joined', participant: bob.welcome.self },
		{
			type: 'signal',
			from: bob.welcome.self.id,
			incarnation: bob.welcome.self.incarnation,
			signal: offer('v=0 for Ann'),
		},
	]);
});

it('[J8] carries one session a connection, and [J9] another one after leaving', async () => {
	const client = connect();
	const first = await enter(client, { room: newRoom() });
	expect(await join(client, { room: newRoom() }).ended).toEqual({ code: 'already-joined' });
	await client.trpc.room.leave.mutate();
	expect(await first.ended).toBeNull();
	const second = await enter(client, { room: newRoom() });
	expect(second.welcome.self.id).not.toBe(first.welcome.self.id);
});

it('[S1] [S2] passes signals on in the order sent, stamped with their sender', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const client = connect();
	const bob = await enter(client, { room });
	const { id, incarnation } = ann.welcome.self;
	const numbers = Array.from({ length: 100 }, (_, index) => index);
	await Promise.all(
		numbers.map((number) =>
			client.trpc.room.signal.mutate({ to: id, incarnation, signal: candidate(number) }),
		),
	);
	const received = [];
	for (const _ of numbers) received.push(await ann.next('signal'));
	expect(received.map(({ signal }) => signal)).toEqual(numbers.map((number) => candidate(number)));
	expect(new Set(received.map(({ from }) => from))).toEqual(new Set([bob.welcome.self.id]));
	expect(received[0]?.incarnation).toBe(bob.welcome.self.incarnation);
});

it('[S3] drops what was meant for an earlier page load, and [S4] says when nobody has that id', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const client = connect();
	const bob = await enter(client, { room });
	const { id, incarnation } = ann.welcome.self;
	const signal = candidate(1);
	await client.trpc.room.signal.mutate({ to: id, incarnation: newIncarnation(), signal });
	await client.trpc.room.relay.mutate({ to: id, incarnation: newIncarnation(), sealed: 'c3RhbGU' });
	for (const to of ['nobody-here', bob.welcome.self.id]) {
		expect(await refusalOf(client.trpc.room.signal.mutate({ to, incarnation, signal }))).toEqual({
			code: 'no-such-participant',
		});
	}
	await client.trpc.room.relay.mutate({ to: id, incarnation, sealed: 'ZnJlc2g' });
	expect(await ann.next('relay')).toMatchObject({ from: bob.welcome.self.id, sealed: 'ZnJlc2g' });
	expect(ann.heard.map(({ event }) => event.type)).toEqual(['welcome', 'participant-joined', 'relay']);
});

it('[S5] takes commands from nobody who has not joined', async () => {
	const { trpc } = connect();
	const to = { to: 'anybody-at-all', incarnation: newIncarnation() };
	const refused = { code: 'not-joined' };
	expect(await refusalOf(trpc.room.signal.mutate({ ...to, signal: candidate(1) }))).toEqual(refused);
	expect(await refusalOf(trpc.room.relay.mutate({ ...to, sealed: '' }))).toEqual(refused);
	expect(await refusalOf(trpc.room.update.mutate({ hand: true }))).toEqual(refused);
	expect(await refusalOf(trpc.room.leave.mutate())).toEqual(refused);
});

it('[U1] tells the others what has changed, [U2] not the one who changed it, [U3] with the time a hand went up', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const client = connect();
	const bob = await enter(client, { room, name: 'Bob' });
	await client.trpc.room.update.mutate({ publications: { camera: false }, hand: true });
	const first = (await ann.next('participant-updated')).participant;
	expect(first).toEqual({
		...bob.welcome.self,
		publications: { microphone: true, camera: false, screen: false },
		handRaisedAt: expect.any(Number),
	});
	await client.trpc.room.update.mutate({ hand: true });
	await client.trpc.room.update.mutate({ name: 'Robert' });
	expect((await ann.next('participant-updated')).participant).toEqual({ ...first, name: 'Robert' });
	expect(bob.heard.map(({ event }) => event.type)).toEqual(['welcome']);
	const late = await enter(connect(), { room });
	expect(late.welcome.participants[1]).toEqual({ ...first, name: 'Robert' });
});

it('[P3] tells the others at once who has left on purpose', async () => {
	const room = newRoom();
	const ann = await enter(connect(), { room });
	const client = connect();
	const bob = await enter(client, { room });
	await client.trpc.room.leave.mutate();
	expect(await ann.next('participant-left')).toEqual({
		type: 'participant-left',
		id: bob.welcome.self.id,
		reason: 'left',
	});
});

it('[K1] [K2] shows the lobby how many are in, at once and at each change, without names', async () => {
	const room = newRoom();
	const seen: PeekEvent[] = [];
	let look = () => {};
	connect().trpc.room.peek.subscribe({ room }, { onData: (event) => void (seen.push(event), look()) });
	const counted = (count: number) =>
		new Promise<PeekEvent>((resolve) => {
			look = () => {
				const last = seen.at(-1);
				if (last?.count === count) resolve(last);
			};
			look();
		});
	expect(await counted(0)).toMatchObject({ limit: 3, seats: [] });
	const client = connect();
	const ann = await enter(client, { room, name: 'A name for those inside' });
	const { id, incarnation } = ann.welcome.self;
	expect((await counted(1)).seats).toEqual([{ id, incarnation }]);
	await client.trpc.room.update.mutate({ hand: true });
	await client.trpc.room.leave.mutate();
	await counted(0);
	expect(seen.map(({ count }) => count)).toEqual([0, 1, 0]);
	// [E9] With nobody in it there is nothing to relay.
	expect(seen.map(({ iceServers }) => iceServers.length)).toEqual([1, 2, 1]);
	expect(seen[1]?.iceServers[1]?.username).toMatch(/^\d{10}:[\w-]+\.lobby$/);
	expect(JSON.stringify(seen)).not.toContain('inside');
});
