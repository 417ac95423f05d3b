/** What a server does not put up with: sizes, rates, numbers, strangers. The sessions of the others go on. */
import { connect as connectTcp } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { limits, protocolVersion, type CertifiedSignal } from '../../src/lib/protocol';
import { defaultTunables } from '../../src/server/tunables';
import {
	candidate,
	connectWebSocket,
	enter,
	join,
	joinInput,
	offer,
	refusalOf,
	startServer,
	type TestClient,
	type TestServer,
	type TestServerOptions,
} from '../support/server-harness';
import { pageLoad } from '../support/page-load';

const running: TestServer[] = [];
const clients: TestClient[] = [];
afterEach(async () => {
	await Promise.all(clients.splice(0).map((client) => client.close()));
	await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(options?: TestServerOptions): Promise<TestServer> {
	const server = await startServer(options);
	running.push(server);
	return server;
}

function connect(
	server: TestServer,
	options?: { origin?: string; headers?: Record<string, string> },
): TestClient {
	const client = connectWebSocket(server, options);
	clients.push(client);
	return client;
}

/** A plain WebSocket, for saying what no tRPC client would. */
function openRaw(server: TestServer, headers: Record<string, string> = {}): Promise<WebSocket> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(`ws://127.0.0.1:${server.port}/trpc`, { headers });
		socket.on('open', () => resolve(socket));
		socket.on('error', reject);
	});
}

/** Limits by address need one: that of a client behind a proxy on this machine. */
const oneAddress = { 'x-forwarded-for': '203.0.113.7' };

const call = (id: unknown, path: string) => ({ id, method: 'mutation', params: { path } });

const answerTo = (socket: WebSocket, text: string | Buffer) =>
	new Promise<string>((resolve) => {
		socket.once('message', (data: Buffer) => resolve(data.toString()));
		socket.send(text);
	});

it('[X1] [X2] answers malformed input with a code and a field, never with what was sent, and the session goes on', async () => {
	const server = await start();
	const client = connect(server);
	const ann = await enter(client, { room: 'odd-input' });
	const to = { to: ann.welcome.self.id, incarnation: ann.welcome.self.incarnation };
	const { room } = client.trpc;
	const secret = 'something secret';

	const strange = { ...to, signal: { kind: secret } as unknown as CertifiedSignal };
	expect(await refusalOf(room.signal.mutate(strange))).toEqual({ code: 'bad-input', field: 'signal.kind' });
	expect(await refusalOf(room.update.mutate({ hand: secret as unknown as boolean }))).toEqual({
		code: 'bad-input',
		field: 'hand',
	});
	// [J10] Zero width, soft hyphen, Hangul filler, Braille blank: nobody would see who that is.
	for (const name of [' \u200b ', '\u00ad', '\u3164', '\u2800\u061c']) {
		expect(await refusalOf(room.update.mutate({ name }))).toEqual({ code: 'bad-participant-name' });
	}
	expect(await refusalOf(room.update.mutate({ name: 'n'.repeat(5_000) }))).toEqual({
		code: 'bad-participant-name',
	});
	expect(await join(connect(server), { room: 'No Room!' }).ended).toEqual({ code: 'bad-room-name' });
	const error: unknown = await room.signal.mutate(strange).catch((cause: unknown) => cause);
	expect(JSON.stringify(error)).not.toContain(secret);
	expect(JSON.stringify(error)).not.toMatch(/stack|node_modules/);

	const raw = await openRaw(server);
	for (const text of [`{${secret}`, `"${secret}"`, Buffer.from([1, 2, 3])]) {
		const answer = await answerTo(raw, text);
		expect(answer).toContain('"code":"bad-input"');
		expect(answer).not.toContain(secret);
	}
	const unknown = { id: 1, method: 'mutation', params: { path: `room.${secret}` } };
	expect(await answerTo(raw, JSON.stringify(unknown))).not.toContain(secret);
	raw.close();

	await room.update.mutate({ hand: true });
	expect(server.log()).not.toContain(secret);
});

it('[L2] refuses what is too large, and the session goes on', async () => {
	const server = await start();
	const client = connect(server);
	const ann = await enter(client, { room: 'too-large' });
	const to = { to: ann.welcome.self.id, incarnation: ann.welcome.self.incarnation };
	const { room } = client.trpc;
	expect(
		await refusalOf(room.signal.mutate({ ...to, signal: offer('v'.repeat(limits.sdpMax + 1)) })),
	).toEqual({ code: 'too-large', field: 'signal.sdp' });
	const long = candidate(1, 'c'.repeat(limits.candidateMax));
	expect(await refusalOf(room.signal.mutate({ ...to, signal: long }))).toMatchObject({ code: 'too-large' });
	const sealed = 'A'.repeat(limits.sealedMax + 1);
	expect(await refusalOf(room.relay.mutate({ ...to, sealed }))).toMatchObject({ code: 'too-large' });
	await room.update.mutate({ hand: true });
});

it('[L3] closes a connection whose frame is larger than any message may be', async () => {
	const server = await start();
	const raw = await openRaw(server);
	const closed = new Promise<number>((resolve) => raw.once('close', resolve));
	raw.send('x'.repeat(limits.frameBytesMax + 1));
	expect(await closed).toBe(1009);

	const response = await fetch(`${server.url}/trpc/room.update`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ name: 'x'.repeat(limits.frameBytesMax) }),
	});
	expect(response.status).toBe(413);
	expect(await response.json()).toMatchObject({ error: { data: { parley: { code: 'too-large' } } } });
});

it('[L1] refuses what comes too fast, says when to try again, and the session goes on', async () => {
	const server = await start({ tunables: { messages: { perSecond: 5, burst: 5 } } });
	const client = connect(server);
	await enter(client, { room: 'too-fast' });
	const calls = Array.from({ length: 10 }, () => client.trpc.room.update.mutate({ hand: true }));
	const refusals = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected');
	expect(refusals.length).toBeGreaterThanOrEqual(4);
	const refusal = await refusalOf(Promise.all(calls));
	expect(refusal.code).toBe('rate-limited');
	expect(refusal.retryAfterMs).toBeGreaterThan(0);
	expect(refusal.retryAfterMs).toBeLessThanOrEqual(200);
	await expect
		.poll(() =>
			client.trpc.room.update.mutate({ hand: false }).then(
				() => 'taken',
				() => 'refused',
			),
		)
		.toBe('taken');
	expect(await server.metrics()).toMatch(/parley_errors_total\{code="rate-limited"\} \d/);
});

it('[L1] counts joins and relayed bytes on their own', async () => {
	const server = await start({
		tunables: {
			joins: { perSecond: 0.001, burst: 2 },
			relayedBytes: { perSecond: 1, burst: 100 },
		},
	});
	const client = connect(server);
	for (const room of ['first', 'second']) {
		const session = await enter(client, { room });
		if (room === 'second') break;
		await client.trpc.room.leave.mutate();
		await session.ended;
	}
	const other = connect(server);
	const bob = await enter(other, { room: 'second' });
	const to = { to: bob.welcome.self.id, incarnation: bob.welcome.self.incarnation };
	await client.trpc.room.relay.mutate({ ...to, sealed: 'A'.repeat(80) });
	expect(await refusalOf(client.trpc.room.relay.mutate({ ...to, sealed: 'A'.repeat(80) }))).toMatchObject({
		code: 'rate-limited',
	});
	await client.trpc.room.leave.mutate();
	expect(await join(client, { room: 'third' }).ended).toMatchObject({ code: 'rate-limited' });
});

it('[L4] closes a connection that floods, whatever it says', async () => {
	const server = await start({ tunables: { frames: { perSecond: 1, burst: 20 } } });
	const raw = await openRaw(server);
	const closed = new Promise<number>((resolve) => raw.once('close', resolve));
	for (let count = 0; count < 50; count++) raw.send('not even JSON');
	expect(await closed).toBe(1008);
});

it('[L5] lets one address open only so many connections, and [L6] one connection so many subscriptions', async () => {
	const server = await start({ tunables: { connectionsPerAddress: 2, subscriptionsPerConnection: 1 } });
	const first = await openRaw(server, oneAddress);
	const client = connect(server, { headers: oneAddress });
	await enter(client, { room: 'crowd' });
	await expect(openRaw(server, oneAddress)).rejects.toThrow('429');
	const anotherAddress = { 'x-forwarded-for': '203.0.113.8' };
	(await openRaw(server, anotherAddress)).close();
	// From this machine and for nobody in particular: not counted.
	(await openRaw(server)).close();
	const refusal = await new Promise<{ data?: { parley?: { code: string } } | null | undefined }>((resolve) =>
		client.trpc.room.peek.subscribe({ room: 'crowd' }, { onError: resolve }),
	);
	expect(refusal.data?.parley?.code).toBe('rate-limited');
	first.close();
	await expect
		.poll(() =>
			openRaw(server, oneAddress).then(
				(socket) => socket.close(),
				() => 'refused',
			),
		)
		.toBeUndefined();
});

it('[L5] lets all addresses together open only so many, and refuses whoever opened most', async () => {
	const server = await start({ tunables: { arrivalsOfAll: { perSecond: 0.01, burst: 10 } } });
	for (let count = 0; count < 5; count++) (await openRaw(server, oneAddress)).close();
	await expect(openRaw(server, oneAddress)).rejects.toThrow('429');
	(await openRaw(server, { 'x-forwarded-for': '203.0.113.8' })).close();
});

it('[E7] a reader too slow for the outbox is told of a gap instead of filling memory', async () => {
	const frameBytes = { perSecond: 1, burst: 100 * 1024 * 1024 };
	// A paused socket answers no pings; on a busy machine this takes longer than a silent one is given.
	const server = await start({
		tunables: { outboxEvents: 50, sendBufferBytes: 20_000, frameBytes, silenceMs: 60_000 },
	});
	const client = connect(server);
	await enter(client, { room: 'slow-reader', name: 'Ann' });
	const slow = await openRaw(server);
	const heard: string[] = [];
	slow.on('message', (data: Buffer) => void heard.push(data.toString()));
	const input = {
		room: 'slow-reader',
		name: 'Bob',
		incarnation: pageLoad('slow-page'),
		protocol: protocolVersion,
		publications: { microphone: false, camera: false, screen: false },
	};
	slow.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'room.join', input } }));
	const welcomes = () => heard.filter((text) => text.includes('"type":"welcome"')).length;
	await expect.poll(welcomes).toBe(1);
	const to = /"self":\{"id":"([^"]+)"/.exec(heard.join(''))?.[1] ?? '';
	slow.pause();
	// More than the buffers of both ends can hide.
	for (let count = 0; count < 400; count++) {
		await client.trpc.room.signal.mutate({
			to,
			incarnation: input.incarnation,
			signal: offer('v'.repeat(40_000)),
		});
	}
	slow.resume();
	const gaps = () => heard.filter((text) => text.includes('"type":"gap"')).length;
	await expect.poll(gaps, { timeout: 10_000 }).toBeGreaterThan(0);
	expect(welcomes()).toBe(1);
	slow.close();
});

it('[L8] cuts a client that calls and never reads the answers', async () => {
	const unlimited = { perSecond: 1e9, burst: 1e9 };
	const server = await start({
		tunables: {
			...{ backlogBytes: 200_000, silenceMs: 60_000, frameBytes: unlimited, errors: unlimited },
			shared: { ...defaultTunables.shared, calls: { ofAddress: unlimited, ofAll: unlimited } },
		},
	});
	const deaf = await openRaw(server);
	const closed = new Promise((resolve) => deaf.once('close', resolve));
	deaf.on('error', () => {});
	deaf.pause();
	const calls = Array.from({ length: 256 }, (_, id) => call(`${id}`.padEnd(64, '.'), 'room.leave'));
	const text = JSON.stringify(calls);
	// More than the buffers of both ends can hide.
	for (let count = 0; count < 150; count++) deaf.send(text, () => {});
	await expect
		// A server that was busy for seconds may have let go of an idle connection just now.
		.poll(() => server.metrics().catch(() => ''), { timeout: 10_000 })
		.toContain('parley_connections_cut_total{reason="backlog"} 1');
	deaf.terminate();
	await closed;
});

it('[L7] [X2] never sends back an id that is not short, and counts it as an error', async () => {
	const server = await start({ tunables: { errors: { perSecond: 0.001, burst: 45 } } });
	const raw = await openRaw(server);
	const closed = new Promise<number>((resolve) => raw.once('close', resolve));
	for (const id of ['i'.repeat(65), 'i'.repeat(250_000), 1e300, { id: 1 }]) {
		const answer = await answerTo(raw, JSON.stringify(call(id, 'room.leave')));
		expect(answer.length).toBeLessThan(200);
		expect(JSON.parse(answer)).toMatchObject({
			id: null,
			error: { data: { parley: { code: 'bad-input' } } },
		});
	}
	// Four errors that name no procedure have cost forty.
	raw.send(JSON.stringify(call('i'.repeat(65), 'room.leave')));
	expect(await closed).toBe(1008);

	const client = await openRaw(server);
	const id = 'i'.repeat(64);
	expect(await answerTo(client, JSON.stringify(call(id, 'room.leave')))).toContain(`"id":"${id}"`);
	client.close();
});

/** How many of the calls that a connection has sent were answered, and with which codes. */
function tally(socket: WebSocket) {
	const codes = new Set<string>();
	const tallied = { answered: 0, codes };
	socket.on('message', (data: Buffer) => {
		tallied.answered += 1;
		codes.add(/"parley":\{"code":"([a-z-]+)"/.exec(data.toString())?.[1] ?? 'none');
	});
	return tallied;
}

it('[L1] lets an address wait for what it has used over all its connections, answers it all, and those of another at once', async () => {
	const calls = { ofAddress: { perSecond: 400, burst: 400 }, ofAll: { perSecond: 10_000, burst: 100_000 } };
	const server = await start({ tunables: { shared: { ...defaultTunables.shared, calls } } });
	const crowd = await Promise.all(Array.from({ length: 20 }, () => openRaw(server, oneAddress)));
	const tallies = crowd.map(tally);
	const answered = () => tallies.reduce((sum, each) => sum + each.answered, 0);
	for (const socket of crowd)
		for (let id = 0; id < 50; id++) socket.send(JSON.stringify(call(id, 'room.leave')));
	const other = await openRaw(server, { 'x-forwarded-for': '203.0.113.8' });
	for (let id = 0; id < 50; id++)
		expect(await answerTo(other, JSON.stringify(call(id, 'room.leave')))).toContain('not-joined');
	expect(answered()).toBeLessThan(600);
	await expect.poll(answered, { timeout: 20_000 }).toBe(1_000);
	expect(new Set(tallies.flatMap(({ codes }) => [...codes]))).toEqual(new Set(['not-joined']));
	for (const socket of [...crowd, other]) socket.close();
});

it('[L1] [P4] takes nobody for silent whom it does not read', async () => {
	const calls = { ofAddress: { perSecond: 0.001, burst: 200 }, ofAll: { perSecond: 1_000, burst: 10_000 } };
	const server = await start({
		tunables: { pingMs: 20, silenceMs: 40, shared: { ...defaultTunables.shared, calls } },
	});
	const loud = await openRaw(server, oneAddress);
	const { answered, codes } = tally(loud);
	let pings = 0;
	loud.on('ping', () => (pings += 1));
	for (let id = 0; id < 300; id++) loud.send(JSON.stringify(call(id, 'room.leave')));
	await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(20);
	expect(answered).toBeLessThan(300);
	expect([...codes]).toEqual(['not-joined']);
	expect(loud.readyState).toBe(WebSocket.OPEN);
	loud.terminate();
});

it('[L1] counts whom a call tells something, and what is answered with an error, as more calls', async () => {
	const calls = { ofAddress: { perSecond: 0.001, burst: 240 }, ofAll: { perSecond: 1_000, burst: 10_000 } };
	const server = await start({ tunables: { shared: { ...defaultTunables.shared, calls } } });
	/** How many of two hundred calls are answered before it has used all that one alone may, which is 120. */
	async function answeredOf(address: string, message: (count: number) => object, expected: number) {
		const socket = await openRaw(server, { 'x-forwarded-for': address });
		const input = joinInput({ room: 'told' });
		socket.send(JSON.stringify({ id: 0, method: 'subscription', params: { path: 'room.join', input } }));
		let answered = 0;
		socket.on('message', (data: Buffer) => {
			if (/"id":[1-9]/.test(data.toString())) answered += 1;
		});
		for (let id = 1; id <= 200; id++) socket.send(JSON.stringify({ id, ...message(id) }));
		await expect.poll(() => answered, { timeout: 10_000 }).toBeGreaterThan(expected / 2);
		socket.terminate();
		return answered;
	}
	const audience = Array.from({ length: 5 }, () => connect(server));
	for (const client of audience) await enter(client, { room: 'told' });
	const params = (id: number) => ({ path: 'room.update', input: { hand: id % 2 === 0 } });
	const raised = await answeredOf('203.0.113.7', (id) => ({ method: 'mutation', params: params(id) }), 24);
	expect(raised).toBeLessThan(40);
	const wrong = await answeredOf(
		'203.0.113.8',
		() => ({ method: 'mutation', params: { path: 'room.signal' } }),
		60,
	);
	expect(wrong).toBeLessThan(90);
});

it('[P6] hears one leave whose connection ends with what it said last', async () => {
	const server = await start();
	const watcher = connect(server);
	const session = await enter(watcher, { room: 'said-last' });
	const socket = await openRaw(server);
	const input = joinInput({ room: 'said-last' });
	socket.send(JSON.stringify({ id: 0, method: 'subscription', params: { path: 'room.join', input } }));
	for (let id = 1; id < 40; id++)
		socket.send(
			JSON.stringify({
				id,
				method: 'mutation',
				params: { path: 'room.update', input: { hand: id % 2 > 0 } },
			}),
		);
	socket.send(JSON.stringify(call(40, 'room.leave')));
	socket.close();
	expect(await session.next('participant-left')).toMatchObject({ reason: 'left' });
});

it('[L7] answers each call of a batch for itself, whatever is wrong with the others', async () => {
	const server = await start();
	const socket = await openRaw(server);
	const answers: string[] = [];
	socket.on('message', (data: Buffer) => answers.push(data.toString()));
	const batch = [call(1, 'room.leave'), call('i'.repeat(65), 'room.leave'), [call(2, 'room.leave')], null];
	socket.send(JSON.stringify([...batch, call(3, 'room.leave')]));
	await expect.poll(() => answers).toHaveLength(5);
	const codeOf = (text: string) => /"code":"([a-z-]+)"/.exec(text)?.[1];
	expect(answers.map((text) => `${/"id":(\w+)/.exec(text)?.[1]} ${codeOf(text)}`).sort()).toEqual([
		...['1 not-joined', '3 not-joined', 'null bad-input', 'null bad-input', 'null bad-input'],
	]);
	socket.close();
});

it('[L1] tells a room of so many changes of somebody, and no more', async () => {
	const server = await start({ tunables: { updates: { perSecond: 0.001, burst: 3 } } });
	const client = connect(server);
	await enter(client, { room: 'restless' });
	for (const hand of [true, false, true]) await client.trpc.room.update.mutate({ hand });
	await expect(client.trpc.room.update.mutate({ hand: false })).rejects.toMatchObject({
		data: { parley: { code: 'rate-limited' } },
	});
});

it('[L1] [L9] counts a batch over HTTP by its calls', async () => {
	const server = await start({
		tunables: {
			refusalDelayMs: 1,
			requests: { perSecond: 0.001, burst: 2.3 * defaultTunables.callsPerRequest },
		},
	});
	const batch = async (separator: string) => {
		const paths = Array.from({ length: defaultTunables.callsPerRequest }, () => 'room.leave').join(separator);
		const response = await fetch(`${server.url}/trpc/${paths}?batch=1`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...oneAddress },
			body: '{}',
		});
		await response.arrayBuffer();
		return response.status;
	};
	expect(await batch(',')).toBe(412);
	expect(await batch('%2C')).toBe(412);
	expect(await batch(',')).toBe(429);
	expect((await fetch(`${server.url}/healthz`, { headers: oneAddress })).status).toBe(200);
});

it('[L4] closes whoever sent most where an address sends too much, and not the others', async () => {
	const frames = { ofAddress: { perSecond: 1, burst: 1_000 }, ofAll: { perSecond: 1_000, burst: 100_000 } };
	const server = await start({ tunables: { shared: { ...defaultTunables.shared, frames } } });
	const [loud, quiet] = await Promise.all([openRaw(server, oneAddress), openRaw(server, oneAddress)]);
	const closed = new Promise<number>((resolve) => loud.once('close', resolve));
	for (let count = 0; count < 1_000; count++) loud.send('PING', () => {});
	expect(await closed).toBe(1008);
	for (let count = 0; count < 50; count++) expect(await answerTo(quiet, 'PING')).toBe('PONG');
	quiet.close();
});

it('[L9] counts health and metrics as well, apart from pages', async () => {
	const server = await start({
		tunables: {
			refusalDelayMs: 1,
			probes: { perSecond: 0.001, burst: 3 },
			requests: { perSecond: 0.001, burst: 1 },
		},
	});
	const statusOf = async (path: string) =>
		(await fetch(`${server.url}${path}`, { headers: oneAddress })).status;
	expect(await statusOf('/a-file.png')).toBe(404);
	expect(await statusOf('/a-file.png')).toBe(429);
	expect(await statusOf('/healthz')).toBe(200);
	expect(await statusOf('/readyz')).toBe(200);
	expect(await statusOf('/metrics')).toBe(403);
	expect(await statusOf('/healthz')).toBe(429);
	expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

it('[L10] takes no new seats while too much waits unread, and lets those be who have one', async () => {
	const server = await start({
		tunables: {
			...{ memory: { ofAddress: 400_000, ofAll: 4_000_000 }, silenceMs: 60_000, sendBufferBytes: 20_000 },
			frameBytes: { perSecond: 1e9, burst: 1e9 },
		},
	});
	const from = (address: string) => connect(server, { headers: { 'x-forwarded-for': address } });
	const writer = from('203.0.113.8');
	await enter(writer, { room: 'unread' });
	const reader = from('203.0.113.7');
	const { welcome } = await enter(reader, { room: 'unread' });
	reader.pause();
	const { id, incarnation } = welcome.self;
	// More than the buffers of both ends can hide.
	for (let count = 0; count < 300; count++) {
		await writer.trpc.room.signal.mutate({ to: id, incarnation, signal: offer('v'.repeat(40_000)) });
	}
	expect(await join(from('203.0.113.7'), { room: 'another' }).ended).toMatchObject({ code: 'server-full' });
	await enter(from('203.0.113.9'), { room: 'another' });
	expect(server.log()).toContain('too much waits unread');
	reader.resume();
	await expect
		.poll(() =>
			Promise.race([
				join(from('203.0.113.7'), { room: 'another' }).next('welcome'),
				new Promise((resolve) => setTimeout(resolve, 700)),
			]),
		)
		.toBeDefined();
});

it('[O1] turns away pages of other origins, at upgrades and over HTTP', async () => {
	const server = await start();
	const evil = { origin: 'https://evil.example' };
	await expect(openRaw(server, evil)).rejects.toThrow('403');
	await expect(openRaw(server, { origin: 'null' })).rejects.toThrow('403');
	(await openRaw(server, { origin: server.url })).close();

	const post = (headers: Record<string, string>) =>
		fetch(`${server.url}/trpc/room.leave`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
		});
	const refused = await post(evil);
	expect(refused.status).toBe(403);
	expect(await refused.json()).toMatchObject({ error: { data: { parley: { code: 'origin-refused' } } } });
	expect((await post({ origin: server.url })).status).toBe(412);
	const image = await fetch(`${server.url}/trpc/room.peek?input=%7B%7D`, {
		headers: { 'sec-fetch-site': 'cross-site' },
	});
	expect(image.status).toBe(403);
});

it('[O1] goes by ORIGIN alone where it is set', async () => {
	const server = await start({ environment: { ORIGIN: 'https://meet.example.org' } });
	(await openRaw(server, { origin: 'https://meet.example.org' })).close();
	await expect(openRaw(server, { origin: server.url })).rejects.toThrow('403');
});

it('[O1] says in the log what a proxy that hides the host makes of every page, and which setting mends it', async () => {
	const server = await start();
	const hidden = { origin: 'https://calls.example.org', headers: { host: 'backend:3000' } };
	await expect(openRaw(server, { origin: hidden.origin, ...hidden.headers })).rejects.toThrow('403');
	await fetch(`${server.url}/trpc/room.leave`, { method: 'POST', headers: { origin: hidden.origin } });
	const told = server
		.log()
		.split('\n')
		.filter((line) => line.includes('origin refused'))
		.map((line) => JSON.parse(line) as object);
	expect(told).toMatchObject([
		{ level: 40, origin: hidden.origin, host: 'backend:3000', setting: 'ORIGIN' },
		{ level: 40, origin: hidden.origin, host: `127.0.0.1:${server.port}`, setting: 'ORIGIN' },
	]);
});

it('takes upgrades for nothing but /trpc, and says so on a plain request there', async () => {
	const server = await start();
	const elsewhere = new WebSocket(`ws://127.0.0.1:${server.port}/elsewhere`);
	await expect(
		new Promise((_, reject) => {
			elsewhere.on('error', reject);
		}),
	).rejects.toThrow('404');
	expect((await fetch(`${server.url}/trpc`)).status).toBe(426);
});

it('survives an upgrade whose sender vanishes half way', async () => {
	const server = await start({ tunables: { connectionsPerAddress: 1 } });
	for (let count = 0; count < 5; count++) {
		const socket = connectTcp(server.port, '127.0.0.1');
		await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
		socket.write(
			'GET /trpc HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
		);
		socket.resetAndDestroy();
	}
	await expect
		.poll(() =>
			openRaw(server, oneAddress).then(
				(socket) => socket.close(),
				() => 'refused',
			),
		)
		.toBeUndefined();
});
