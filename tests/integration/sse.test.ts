/** The same rooms without a WebSocket: HTTP for what is said, server-sent events for what is heard. */
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
	candidate,
	connectHttp,
	connectWebSocket,
	enter,
	join,
	joinInput,
	newIncarnation,
	refusalOf,
	startServer,
	wireErrorOf,
	type TestClient,
	type TestServer,
} from '../support/server-harness';

let server: TestServer;
const clients: TestClient[] = [];

beforeAll(async () => {
	server = await startServer({
		environment: { ROOM_LIMIT: '2' },
		tunables: { pingMs: 100, silenceMs: 400, httpSilenceMs: 600, goneAfterMs: 1_500 },
	});
});
afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => server.stop());

function connect(over: 'http' | 'websocket' = 'http'): TestClient {
	const client = over === 'http' ? connectHttp(server) : connectWebSocket(server);
	clients.push(client);
	return client;
}

/** Says "still here" as a client over HTTP must, until the test is over. */
function keepBeating(client: TestClient): void {
	const timer = setInterval(() => void client.trpc.room.beat.mutate().catch(() => {}), 150);
	onTestFinished(() => clearInterval(timer));
}

let rooms = 0;
const newRoom = () => `sse-${(rooms += 1)}`;

it('[H1] carries a session between one over HTTP and one over a WebSocket', async () => {
	const room = newRoom();
	const annClient = connect();
	const ann = await enter(annClient, { room, name: 'Ann' });
	keepBeating(annClient);
	const bobClient = connect('websocket');
	const bob = await enter(bobClient, { room, name: 'Bob' });
	expect((await ann.next('participant-joined')).participant).toEqual(bob.welcome.self);

	const { id, incarnation } = bob.welcome.self;
	for (const number of [1, 2, 3]) {
		await annClient.trpc.room.signal.mutate({ to: id, incarnation, signal: candidate(number) });
	}
	expect(await bob.next('signal')).toEqual({
		type: 'signal',
		from: ann.welcome.self.id,
		incarnation: ann.welcome.self.incarnation,
		signal: candidate(1),
	});
	const back = { to: ann.welcome.self.id, incarnation: ann.welcome.self.incarnation };
	await bobClient.trpc.room.relay.mutate({ ...back, sealed: 'aGVsbG8' });
	expect(await ann.next('relay')).toMatchObject({ sealed: 'aGVsbG8' });

	await annClient.trpc.room.update.mutate({ hand: true });
	expect((await bob.next('participant-updated')).participant.handRaisedAt).toBeTypeOf('number');
	await annClient.trpc.room.leave.mutate();
	expect(await bob.next('participant-left')).toMatchObject({ reason: 'left' });
	expect(await ann.ended).toBeNull();
});

it('[H2] resumes with the bearer token where the stream broke off', async () => {
	const room = newRoom();
	const client = connect();
	const incarnation = newIncarnation();
	const ann = await enter(client, { room, incarnation });
	const bobClient = connect('websocket');
	const bob = await enter(bobClient, { room });
	await ann.next('participant-joined');
	client.cut();
	expect((await bob.next('participant-updated')).participant.presence).toBe('away');
	const to = { to: ann.welcome.self.id, incarnation };
	await bobClient.trpc.room.signal.mutate({ ...to, signal: candidate(1) });

	const again = connect();
	again.token = client.token;
	const back = join(again, { room, incarnation, lastEventId: ann.heard.at(-1)?.id ?? null });
	expect((await back.next('signal')).signal).toEqual(candidate(1));
	expect(back.heard).toHaveLength(1);
	expect((await bob.next('participant-updated')).participant.presence).toBe('here');
});

it('[P5] a session that no longer beats goes away, though its stream is open', async () => {
	const room = newRoom();
	const client = connect();
	await enter(client, { room });
	const bob = await enter(connect('websocket'), { room });
	expect((await bob.next('participant-updated')).participant.presence).toBe('away');
	expect(await bob.next('participant-left')).toMatchObject({ reason: 'lost' });
	expect(await refusalOf(client.trpc.room.beat.mutate())).toEqual({ code: 'not-joined' });
});

it('[J7] an earlier page load is taken over and may no longer speak', async () => {
	const room = newRoom();
	const first = connect();
	const ann = await enter(first, { room });
	const second = connect();
	second.token = first.token;
	await enter(second, { room });
	expect(await ann.ended).toEqual({ code: 'taken-over' });
	expect(await refusalOf(first.trpc.room.update.mutate({ hand: true }))).toEqual({ code: 'taken-over' });
});

it('[T2] takes a token from the header, and refuses one in the address', async () => {
	const room = newRoom();
	const { welcome } = await enter(connect(), { room });
	expect(await join(connect(), { room, token: welcome.rejoinToken }).ended).toEqual({
		code: 'bad-input',
		field: 'token',
	});
	const forged = connect();
	forged.token = 'forged.token';
	expect(await join(forged, { room }).ended).toEqual({ code: 'token-refused' });
	expect(await refusalOf(forged.trpc.room.leave.mutate())).toEqual({ code: 'token-refused' });
	expect(await refusalOf(connect().trpc.room.leave.mutate())).toEqual({ code: 'not-joined' });
});

it('[J2] refuses over HTTP with the same codes', async () => {
	const room = newRoom();
	await enter(connect('websocket'), { room });
	await enter(connect('websocket'), { room });
	expect(await join(connect(), { room }).ended).toEqual({ code: 'room-full', limit: 2 });
	const badRoom = connect().trpc.room.join.subscribe;
	const error = await new Promise((resolve) => badRoom(joinInput({ room: 'No!' }), { onError: resolve }));
	expect(wireErrorOf(error)).toEqual({ code: 'bad-room-name' });
});
