/** The same rooms without a WebSocket: HTTP for what is said, server-sent events for what is heard. */
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { limits, type PeekEvent } from '../../src/lib/protocol';
import {
	candidate,
	connectHttp,
	connectWebSocket,
	enter,
	join,
	joinInput,
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
		environment: { ROOM_LIMIT: '2' },
		tunables: { pingMs: 100, silenceMs: 400, httpSilenceMs: 600, goneAfterMs: 1_500 },
	});
});
afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => server.stop());

function connect(over: 'http' | 'websocket' = 'http', headers: Record<string, string> = {}): TestClient {
	const client = over === 'http' ? connectHttp(server, { headers }) : connectWebSocket(server, { headers });
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

it('[J4] resumes from another address: the token alone says who it is', async () => {
	const room = newRoom();
	const client = connect('http', { 'x-forwarded-for': '203.0.113.7' });
	const incarnation = newIncarnation();
	const ann = await enter(client, { room, incarnation });
	client.cut();
	const again = connect('http', { 'x-forwarded-for': '2001:db8::7' });
	again.token = client.token;
	const back = await enter(again, { room, incarnation });
	expect(back.welcome).toMatchObject({ self: { id: ann.welcome.self.id }, resumed: true });
});

it('[P2] a join that is given up at any moment leaves nobody here and no stream open', async () => {
	const room = newRoom();
	for (let turns = 0; turns < 30; turns++) {
		const { unsubscribe } = join(connect('http', { 'x-forwarded-for': `203.0.113.${turns}` }), { room });
		for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
		unsubscribe();
	}
	await expect.poll(() => server.metrics()).toContain('parley_connections{kind="sse"} 0');
	const look = await new Promise<PeekEvent>((onData) =>
		connect('websocket').trpc.room.peek.subscribe({ room }, { onData }),
	);
	expect(look.seats).toEqual([]);
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

it('[T2] takes a token from the header, and refuses one in the input', async () => {
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

it('[M4] takes names of every script in their final form, over both ways, and tells them apart', async () => {
	const names = ['встреча-2024', '会议-2024', 'فريق-2024', '2024', '会'.repeat(limits.roomNameMax)];
	for (const room of names) {
		const ann = await enter(connect('websocket'), { room });
		const bob = await enter(connect(), { room });
		expect(ann.welcome.participants, room).toEqual([]);
		expect(bob.welcome.participants.map(({ id }) => id)).toEqual([ann.welcome.self.id]);
	}
	for (const room of [
		'Встреча-2024',
		'встреча 2024',
		'teаm-sync',
		'team#sync',
		'team%23sync',
		'cafe\u0301',
		'c++-course',
	]) {
		expect(await join(connect('websocket'), { room }).ended, room).toEqual({ code: 'bad-room-name' });
	}
});

it('[J2] refuses over HTTP with the same codes', async () => {
	const room = newRoom();
	await enter(connect('websocket'), { room });
	await enter(connect('websocket'), { room });
	expect(await join(connect(), { room }).ended).toEqual({ code: 'room-full', limit: 2 });
	expect(await join(connect(), { room: 'No!' }).ended).toEqual({ code: 'bad-room-name' });
	const publications = { microphone: true, camera: 'yes' as unknown as boolean, screen: false };
	expect(await join(connect(), { room, publications }).ended).toEqual({
		...{ code: 'bad-input', field: 'publications.camera' },
	});
	const to = { to: 'somebody', incarnation: newIncarnation() };
	const large = [{ ...to, signal: offer('v'.repeat(limits.sdpMax + 1)) }];
	expect(await join(connect(), { room, offers: large }).ended).toEqual({
		...{ code: 'too-large', field: 'offers.0.signal.sdp' },
	});
	const huge = [{ ...to, signal: offer('v'.repeat(limits.frameBytesMax)) }];
	expect(await join(connect(), { room, offers: huge }).ended).toEqual({ code: 'too-large' });
});

it('[J6] hands out the offers of a join directly after its news', async () => {
	const room = newRoom();
	const bob = await enter(connect('websocket'), { room });
	const { id, incarnation } = bob.welcome.self;
	const signal = offer('v=0');
	const ann = await enter(connect(), { room, offers: [{ to: id, incarnation, signal }] });
	await bob.next('signal');
	expect(bob.heard.slice(1).map(({ event }) => event)).toEqual([
		{ type: 'participant-joined', participant: ann.welcome.self },
		{ type: 'signal', from: ann.welcome.self.id, incarnation: ann.welcome.self.incarnation, signal },
	]);
});

it('[H4] refuses what is asked for in an address, whatever it is', async () => {
	const room = newRoom();
	const input = encodeURIComponent(JSON.stringify(joinInput({ room })));
	for (const path of ['room.join', 'room.peek', 'room.leave', 'room.join,room.join']) {
		for (const method of ['GET', 'PUT', 'DELETE']) {
			const response = await fetch(`${server.url}/trpc/${path}?input=${input}`, {
				...{ method, headers: { accept: 'text/event-stream' } },
			});
			expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
			expect(await response.json()).toMatchObject({ error: { data: { parley: { code: 'bad-input' } } } });
		}
	}
	// Nor is it read there when something else is posted.
	const posted = await fetch(`${server.url}/trpc/room.join?input=${input}`, {
		...{ method: 'POST', headers: { 'content-type': 'application/json' } },
	});
	expect(await posted.text()).toContain('"parley":{"code":"bad-input"}');
	const look = await new Promise<PeekEvent>((onData) =>
		connect('websocket').trpc.room.peek.subscribe({ room }, { onData }),
	);
	expect(look.count).toBe(0);
});

it('[L5] refuses a stream beyond those an address may have with status 429, however its path is written', async () => {
	const few = await startServer({ tunables: { connectionsPerAddress: 1 } });
	onTestFinished(() => few.stop());
	const ask = (path: string) =>
		fetch(`${few.url}/trpc/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
			body: JSON.stringify({ room: 'one-stream' }),
		});
	const first = await ask('room.peek');
	expect(first.status).toBe(200);
	for (const path of ['room.peek', 'room%2Epeek', 'room.join']) {
		const refused = await ask(path);
		expect([path, refused.status]).toEqual([path, 429]);
		expect(await refused.text()).toContain('"parley":{"code":"rate-limited"}');
	}
	expect(await few.metrics()).toContain('parley_errors_total{code="rate-limited"} 3\n');
	await first.body?.cancel();
	await expect.poll(async () => (await ask('room.peek')).status).toBe(200);
});
