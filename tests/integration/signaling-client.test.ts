/** The client's side of a session against a real server, through a network that is cut, stalls, refuses and restarts. */
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Session, Signaling } from '../../src/lib/call/signaling/signaling';
import { createTrpcSignaling } from '../../src/lib/call/signaling/trpc-signaling';
import type { MemberState, ServerEvent, WireError } from '../../src/lib/protocol';
import { FakeNetwork } from '../support/fake-platform';
import { startRefusingProxy } from '../support/faults/refusing-proxy';
import { startTcpProxy } from '../support/faults/tcp-proxy';
import { seededRandom, seedFromEnvironment } from '../support/random';
import { browserClock } from '../../src/lib/platform/browser-clock';
import { candidate, newIncarnation, startServer, type TestServer } from '../support/server-harness';

const room = 'signaling-client';

interface Client {
	signaling: Signaling;
	session: Session;
	network: FakeNetwork;
	incarnation: string;
	state: MemberState;
	events: ServerEvent[];
	ended: WireError[];
	resumed: number;
	id(): string;
	/** Numbers of the candidates received, in order. */
	numbers(): number[];
}

const undo: (() => unknown)[] = [];
afterEach(async () => {
	for (const action of undo.splice(0).reverse()) await action();
});

async function server(options?: Parameters<typeof startServer>[0]): Promise<TestServer> {
	const started = await startServer(options);
	undo.push(() => started.stop());
	return started;
}

async function proxyTo(target: { port: number }) {
	const proxy = await startTcpProxy(target);
	undo.push(() => proxy.close());
	return proxy;
}

async function client(origin: string, name: string): Promise<Client> {
	const network = new FakeNetwork();
	const signaling = createTrpcSignaling({
		clock: browserClock,
		network,
		randomBytes: (length) => randomBytes(length),
		WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
		fetch: (input, init) => fetch(input, init),
		origin,
	});
	undo.push(() => signaling.close());
	const incarnation = newIncarnation();
	const state: MemberState = {
		name,
		publications: { microphone: true, camera: false, screen: false },
		hand: false,
	};
	const made: Omit<Client, 'session'> = {
		signaling,
		network,
		incarnation,
		state,
		events: [],
		ended: [],
		resumed: 0,
		id() {
			const welcome = this.events.find((event) => event.type === 'welcome');
			return welcome?.self.id ?? '';
		},
		numbers() {
			return this.events.flatMap((event) =>
				event.type === 'signal' && event.signal.kind === 'candidate'
					? [Number(/candidate:(\d+)/.exec(event.signal.candidate)?.[1])]
					: [],
			);
		},
	};
	const session = signaling.join(
		{ room, tag: null },
		{ incarnation, state: () => made.state, offers: [], token: null },
		{
			event: (event) => made.events.push(event),
			ended: (error) => made.ended.push(error),
			resumed: () => (made.resumed += 1),
		},
	);
	const joined = Object.assign(made, { session });
	await vi.waitFor(() => expect(joined.id()).not.toBe(''), 10_000);
	return joined;
}

const to = (other: Client) => ({ to: other.id(), incarnation: other.incarnation });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('signaling client', () => {
	it('[E2] delivers every signal once and in order, however often its connection is cut', async () => {
		const seed = seedFromEnvironment();
		console.log(`SEED=${seed}`);
		const random = seededRandom(seed);
		const { port, url } = await server();
		const proxy = await proxyTo({ port });
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(url, 'Bob');
		const total = 200;
		for (let number = 0; number < total; number += 1) {
			bob.session.sendSignal({ ...to(ada), signal: candidate(number) });
			if (random.chance(0.05)) proxy.cut();
			if (random.chance(0.2)) await new Promise((resolve) => setTimeout(resolve, random.below(30)));
		}
		await vi.waitFor(() => expect(ada.numbers()).toEqual(upTo(total)), 15_000);
		expect(ada.ended).toEqual([]);
		expect(bob.events.filter((event) => event.type === 'participant-left')).toEqual([]);
	});

	it('sends what was said while the connection was away, and what is true by then', async () => {
		const { port, url } = await server();
		const proxy = await proxyTo({ port });
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(url, 'Bob');
		proxy.refuse(true);
		proxy.cut();
		await vi.waitFor(() => expect(ada.signaling.state).toBe('reconnecting'), 10_000);
		// More than a server takes in one batch.
		const total = 300;
		for (const number of upTo(total)) ada.session.sendSignal({ ...to(bob), signal: candidate(number) });
		ada.state = { ...ada.state, publications: { microphone: false, camera: true, screen: false } };
		ada.session.sendUpdate({ publications: ada.state.publications });
		proxy.refuse(false);
		ada.network.change('online');
		await vi.waitFor(() => expect(bob.numbers()).toEqual(upTo(total)), 10_000);
		await vi.waitFor(() => {
			const update = bob.events.findLast((event) => event.type === 'participant-updated');
			expect(update?.participant).toMatchObject({ presence: 'here', publications: ada.state.publications });
		}, 10_000);
		expect(ada.events.filter((event) => event.type === 'welcome')).toHaveLength(1);
		expect(ada.resumed).toBeGreaterThan(0);
	});

	it('[T1] comes back to a restarted server as who it was, and rebuilds the roster with the others', async () => {
		const first = await server();
		const proxy = await proxyTo(first);
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(proxy.origin, 'Bob');
		const ids = [ada.id(), bob.id()];
		const { port } = first;
		await first.stop();
		const second = await startServer({ environment: { PORT: String(port) } });
		undo.push(() => second.stop());
		for (const one of [ada, bob]) {
			await vi.waitFor(
				() => expect(one.events.filter((event) => event.type === 'welcome')).toHaveLength(2),
				15_000,
			);
		}
		const welcomes = [ada, bob].map((one) => one.events.findLast((event) => event.type === 'welcome'));
		expect(welcomes.map((welcome) => welcome?.self.id)).toEqual(ids);
		ada.session.sendSignal({ ...to(bob), signal: candidate(7) });
		await vi.waitFor(() => expect(bob.numbers()).toEqual([7]), 10_000);
	});

	it('notices a half-open connection by itself and resumes over a new one', async () => {
		const { port, url } = await server();
		const proxy = await proxyTo({ port });
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(url, 'Bob');
		proxy.stall();
		const stalledAt = Date.now();
		for (const number of upTo(3)) bob.session.sendSignal({ ...to(ada), signal: candidate(number) });
		await vi.waitFor(() => expect(ada.numbers()).toEqual(upTo(3)), 15_000);
		const noticedAfterMs = Date.now() - stalledAt;
		console.log(`half-open connection noticed and resumed after ${noticedAfterMs} ms`);
		expect(noticedAfterMs).toBeLessThan(10_000);
		expect(bob.events.filter((event) => event.type === 'participant-left')).toEqual([]);
	});

	it('notices it sooner where something suggests it, and keeps a connection that answers', async () => {
		const { port, url } = await server();
		const proxy = await proxyTo({ port });
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(url, 'Bob');
		const states: string[] = [];
		ada.signaling.onStateChange((state) => states.push(state));
		bob.signaling.onStateChange((state) => states.push(state));
		bob.signaling.check();
		proxy.stall();
		ada.signaling.check();
		bob.session.sendSignal({ ...to(ada), signal: candidate(1) });
		await vi.waitFor(() => expect(ada.numbers()).toEqual([1]), 4_000);
		expect(states).toEqual(['reconnecting', 'connected']);
	});

	it('goes over HTTP where the upgrade is refused, and mends that as well', async () => {
		const { port, url } = await server();
		const refusing = await startRefusingProxy({ port });
		undo.push(() => refusing.close());
		const proxy = await proxyTo({ port: Number(new URL(refusing.origin).port) });
		const ada = await client(proxy.origin, 'Ada');
		const bob = await client(url, 'Bob');
		bob.session.sendSignal({ ...to(ada), signal: candidate(0) });
		await vi.waitFor(() => expect(ada.numbers()).toEqual([0]), 10_000);
		proxy.cut();
		for (const number of [1, 2]) bob.session.sendSignal({ ...to(ada), signal: candidate(number) });
		await vi.waitFor(() => expect(ada.numbers()).toEqual([0, 1, 2]), 15_000);
		ada.session.sendSignal({ ...to(bob), signal: candidate(9) });
		await vi.waitFor(() => expect(bob.numbers()).toEqual([9]), 10_000);
		expect(refusing.refused).toBeGreaterThan(0);
	});

	it('[E5] frees the seat at once when it leaves, and says nothing more', async () => {
		const { url } = await server();
		const ada = await client(url, 'Ada');
		const bob = await client(url, 'Bob');
		await ada.session.leave();
		await vi.waitFor(() => {
			expect(bob.events.at(-1)).toEqual({ type: 'participant-left', id: ada.id(), reason: 'left' });
		}, 3_000);
		const heard = ada.events.length;
		bob.session.sendSignal({ ...to(ada), signal: candidate(1) });
		bob.session.sendUpdate({ hand: true });
		await bob.session.leave();
		expect(ada.events).toHaveLength(heard);
		expect(ada.ended).toEqual([]);
	});

	it('[J5] ends when another connection takes its seat over', async () => {
		const { url } = await server();
		const ada = await client(url, 'Ada');
		const welcome = ada.events.find((event) => event.type === 'welcome');
		const other = createTrpcSignaling({
			clock: browserClock,
			network: new FakeNetwork(),
			randomBytes: (length) => randomBytes(length),
			WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
			fetch: (input, init) => fetch(input, init),
			origin: url,
		});
		undo.push(() => other.close());
		other.join(
			{ room, tag: null },
			{
				incarnation: newIncarnation(),
				state: () => ada.state,
				offers: [],
				token: welcome?.rejoinToken ?? null,
			},
			{ event: () => {}, ended: () => {}, resumed: () => {} },
		);
		await vi.waitFor(() => expect(ada.ended).toEqual([{ code: 'taken-over' }]), 10_000);
	});
});
