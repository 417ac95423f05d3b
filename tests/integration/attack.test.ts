/**
 * The built server with its real limits, under one hostile client after the other. In a room beside it two people go on talking;
 * the server's memory comes back to where it was.
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { floods, joinCall, newAddress, openAttacker, openTcp } from '../support/attackers';
import { crowds, unreadAddresses } from '../support/crowds';
import { startFlooder, type Flooder } from '../support/flooder';
import { connectWebSocket, enter, offer } from '../support/server-harness';
import { startServerProcess, type ServerProcess } from '../support/server-process';
import { joinAsPerson, textOf, type SignalingPerson } from '../support/signaling-person';
import { pageLoad } from '../support/page-load';

let server: ServerProcess;
let flooder: Flooder;
let ann: SignalingPerson;
let bob: SignalingPerson;
let residentBefore = 0;

vi.setConfig({ testTimeout: 60_000 });

/** What a busy machine can keep, far above what is usual. `npm run bench -- flood` measures the times themselves. */
const slowestMs = 8_000;
const floodMs = 1_500;
/** The heap of a server that was flooded is not collected at once, and what it freed is not given back to the system. */
const residentGrowthMb = 160;
/** A server that kept what floods send would not live within this. */
const heapMb = 96;

beforeAll(async () => {
	server = await startServerProcess({
		LOG_LEVEL: 'warn',
		NODE_OPTIONS: `--max-old-space-size=${heapMb}`,
	});
	flooder = await startFlooder(server, 5);
	ann = joinAsPerson(server.origin, 'peaceful', 'Ann');
	bob = joinAsPerson(server.origin, 'peaceful', 'Bob');
	await ann.id;
	await relayUntil(AbortSignal.timeout(500));
	residentBefore = await resident();
}, 60_000);
afterAll(async () => {
	await flooder.end();
	ann.close();
	bob.close();
	await server.dispose();
});

async function metric(name: string): Promise<number> {
	const text = await (await fetch(`${server.origin}/metrics`)).text();
	const line = text.split('\n').find((candidateLine) => candidateLine.startsWith(`${name} `));
	return Number(line?.split(' ')[1] ?? 0);
}

const resident = async () => (await metric('process_resident_memory_bytes')) / 1024 / 1024;

let sent = 0;
/** Ann writes to Bob, one signal after the other. Returns the longest that one took to arrive, in milliseconds. */
async function relayUntil(stop: AbortSignal): Promise<number> {
	let slowest = 0;
	const recipient = { id: await bob.id, incarnation: bob.incarnation };
	while (!stop.aborted) {
		const began = performance.now();
		ann.tell(recipient, (sent += 1));
		await vi.waitFor(() => expect(bob.received()).toHaveLength(sent), { timeout: 15_000, interval: 5 });
		slowest = Math.max(slowest, performance.now() - began);
		await delay(20);
	}
	return slowest;
}

/** Nobody in the peaceful room noticed anything, and the server is as it was. */
async function expectPeace(slowest: number): Promise<void> {
	expect(slowest).toBeLessThan(slowestMs);
	expect(bob.received()).toEqual(Array.from({ length: sent }, (_, index) => textOf(index + 1)));
	for (const { heard, ended } of [ann, bob]) {
		expect(ended).toBeNull();
		expect(heard.filter(({ type }) => type === 'welcome')).toHaveLength(1);
		expect(heard.filter(({ type }) => type === 'participant-left')).toEqual([]);
	}
	await expect.poll(async () => (await resident()) - residentBefore).toBeLessThan(residentGrowthMb);
	expect(server.log).not.toContain('internal error');
}

/** What each flood must meet: the limit it breaks. */
const answers: Record<keyof typeof floods, RegExp> = {
	'well-formed calls': /closed 1008/,
	'batches of calls': /closed 1008/,
	'batches of too many calls': /closed 1008/,
	joins: /rate-limited/,
	subscriptions: /closed 1008/,
	'oversized frames': /closed 1009/,
	'malformed frames': /closed 1008/,
	'deeply nested frames': /closed 1008/,
	'large relayed messages': /rate-limited|closed 1008/,
	'forged tokens': /token-refused/,
	// `ws` itself ends whoever leaves too many pongs unread.
	pings: /closed 100[68]/,
	connections: /429/,
	'bodies over HTTP': /413/,
	'pages over HTTP': /429/,
};

describe.each(Object.keys(floods))('a flood of %s', (name) => {
	it('meets its limit, and the other room goes on', async () => {
		const stop = new AbortController();
		await flooder.start(name);
		const peace = relayUntil(stop.signal);
		const answered = async () =>
			[...(await flooder.report())].map(([what, count]) => `${what} × ${count}`).join(', ');
		await delay(floodMs);
		await expect.poll(answered, { timeout: 12_000 }).toMatch(answers[name] ?? /never/);
		stop.abort();
		await flooder.stop();
		await expectPeace(await peace);
	});
});

it('[E7] [L8] a reader that never reads costs a bounded memory, and is told of gaps when it reads at last', async () => {
	const before = await resident();
	const readers = await Promise.all(
		[1, 2].map(async (number) => {
			const reader = await openAttacker(server);
			const heard: string[] = [];
			reader.socket.on('message', (data: Buffer) => heard.push(data.toString()));
			const incarnation = pageLoad(`slow-page-${number}`);
			reader.socket.send(JSON.stringify(joinCall('slow-readers', incarnation)));
			const count = (type: string) => heard.filter((text) => text.includes(`"type":"${type}"`)).length;
			await expect.poll(() => count('welcome')).toBe(1);
			const to = /"self":\{"id":"([^"]+)"/.exec(heard.join(''))?.[1] ?? '';
			reader.socket.pause();
			return { socket: reader.socket, gaps: () => count('gap'), to, incarnation };
		}),
	);
	// Alive, as far as pongs tell.
	const pongs = setInterval(() => readers.forEach(({ socket }) => socket.pong()), 1_000);
	const stop = new AbortController();
	const peace = relayUntil(stop.signal);
	// 14 MB to each: more than the buffers of both ends can hide, and each writer sends no more than it may at once.
	const writers = await Promise.all(
		Array.from({ length: 8 }, async () => {
			const writer = connectWebSocket(server);
			await enter(writer, { room: 'slow-readers' });
			return writer;
		}),
	);
	const signal = offer('v'.repeat(40_000));
	await Promise.all(
		writers.map(async ({ trpc }) => {
			for (let count = 0; count < 90; count++) {
				const { to, incarnation } = readers[count % 2] as (typeof readers)[number];
				await trpc.room.signal.mutate({ to, incarnation, signal });
			}
		}),
	);
	await expect.poll(async () => (await resident()) - before).toBeLessThan(64);
	for (const { socket } of readers) socket.resume();
	for (const { gaps } of readers) await expect.poll(gaps, { timeout: 10_000 }).toBeGreaterThan(0);
	clearInterval(pongs);
	stop.abort();
	for (const { socket } of readers) socket.terminate();
	for (const writer of writers) await writer.close();
	await expectPeace(await peace);
});

it(
	'[L10] outboxes that nobody reads, of two addresses with eighty seats, cost a bounded memory, and nobody new comes in from there',
	{ timeout: 180_000 },
	async () => {
		const stop = new AbortController();
		await flooder.start('outboxes that nobody reads, filled from ten addresses');
		const peace = relayUntil(stop.signal);
		/** How another one from there, or from elsewhere, is answered. */
		const another = async (address?: string) => {
			const { socket, met, closed } = await openAttacker(server, address === undefined ? {} : { address });
			socket.send(JSON.stringify(joinCall(`late-${(late += 1)}`, pageLoad('late'))));
			await Promise.race([once(socket, 'message'), closed]);
			const answers = [...met.keys()];
			socket.terminate();
			return answers;
		};
		let late = 0;
		await expect
			.poll(() => another(unreadAddresses[0]), { timeout: 120_000, interval: 250 })
			.toContain('server-full');
		expect(await another()).toEqual([]);
		// As much again, to those who still hold a seat.
		await delay(floodMs);
		stop.abort();
		await flooder.stop();
		await expectPeace(await peace);
	},
);

/** Those that nobody reads are met above. */
const others = Object.keys(crowds).filter((name) => !name.startsWith('outboxes'));

describe.each(others)('many within their limits: %s', (name) => {
	it('are borne, and the other room goes on', async () => {
		const stop = new AbortController();
		await flooder.start(name);
		const peace = relayUntil(stop.signal);
		await delay(2 * floodMs);
		stop.abort();
		await flooder.stop();
		await expectPeace(await peace);
	});
});

it(
	'[L9] connections that say nothing, or half of what they want, are ended',
	{ timeout: 40_000 },
	async () => {
		const half = 'POST /trpc/room.update HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
		const upgrade = 'GET /trpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n';
		const sockets = await Promise.all(
			Array.from({ length: 300 }, (_, index) => openTcp(server, ['', half, upgrade][index % 3])),
		);
		let ended = 0;
		for (const socket of sockets) socket.resume().once('close', () => (ended += 1));
		const stop = new AbortController();
		const peace = relayUntil(stop.signal);
		await expect.poll(() => ended, { timeout: 30_000 }).toBe(sockets.length);
		stop.abort();
		await expectPeace(await peace);
	},
);

it('[L5] streams that are opened and abandoned are counted, and given back', async () => {
	const address = newAddress();
	const input = JSON.stringify({ room: 'watched-room' });
	const asking = [
		...['POST /trpc/room.peek HTTP/1.1', 'Host: x', `X-Forwarded-For: ${address}`],
		...['Content-Type: application/json', `Content-Length: ${input.length}`, '', input],
	].join('\r\n');
	const stop = new AbortController();
	const peace = relayUntil(stop.signal);
	const statuses = new Map<string, number>();
	const streams: Socket[] = [];
	while (streams.length < 600) {
		const some = Array.from({ length: 50 }, async () => {
			const socket = await openTcp(server, asking);
			const status = await new Promise<string>((resolve) =>
				socket.once('data', (data: Buffer) => resolve(data.toString().slice(9, 12))),
			);
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			return socket.pause();
		});
		streams.push(...(await Promise.all(some)));
	}
	expect(Object.fromEntries(statuses)).toEqual({ '200': 500, '429': 100 });
	expect(await metric('parley_connections{kind="sse"}')).toBe(500);
	for (const socket of streams) socket.destroy();
	await expect.poll(() => metric('parley_connections{kind="sse"}')).toBe(0);
	stop.abort();
	await expectPeace(await peace);
});

it('an upgrade that names no host, or another than it may, ends nothing but itself', async () => {
	const upgrade =
		'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13';
	for (const [line, host] of [
		['GET /trpc HTTP/1.1', 'a b['],
		['GET /trpc?connectionParams=1 HTTP/1.1', ':::'],
		['GET http://[/trpc HTTP/1.1', 'x'],
		['GET //[ HTTP/1.1', 'x'],
		['GET /%ff HTTP/1.1', 'x'],
	]) {
		const socket = await openTcp(server, `${line}\r\nHost: ${host}\r\n${upgrade}\r\n\r\n`);
		const answer = await new Promise<string>((resolve) => {
			socket.once('data', (data: Buffer) => resolve(data.toString()));
			socket.once('close', () => resolve('closed'));
		});
		expect(answer).toMatch(/^HTTP\/1.1 4|^closed/);
		socket.destroy();
	}
	await expectPeace(await relayUntil(AbortSignal.timeout(200)));
});

it('whoever attacked has left nothing behind', async () => {
	await expect.poll(() => metric('parley_rooms'), { timeout: 15_000 }).toBe(1);
	expect(await metric('parley_participants')).toBe(2);
	expect(await metric('parley_connections{kind="websocket"}')).toBe(2);
	console.log(`resident memory: ${residentBefore.toFixed(0)} → ${(await resident()).toFixed(0)} MB`);
});
