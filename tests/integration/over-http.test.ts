/** The client that browsers use, where a proxy refuses every WebSocket: what it leaves in the proxy's log, and what it makes of a bad network. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/lib/platform/platform';
import type { SignalingObstacle } from '../../src/lib/call/signaling/signaling';
import type { PeekEvent } from '../../src/lib/protocol';
import { systemClock } from '../../src/server/clock';
import { startRefusingProxy, type RefusingProxy } from '../support/faults/refusing-proxy';
import { startTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy';
import { seedFromEnvironment, seededRandom } from '../support/random';
import {
	candidate,
	offer,
	startServer,
	type TestServer,
	type TestServerOptions,
} from '../support/server-harness';
import { joinAsPerson, signalingTo, textOf, type SignalingPerson } from '../support/signaling-person';

const room = 'over-http';
const tag = 'AAAAAAAAAAAAAAAAAAAAAA';

const undo: (() => unknown)[] = [];
afterEach(async () => {
	for (const action of undo.splice(0).reverse()) await action();
});

type Meddles = NonNullable<Parameters<typeof startRefusingProxy>[1]>;

interface Way {
	server: TestServer;
	/** Refuses upgrades, and writes down what passes. */
	refusing: RefusingProxy;
	/** Stands before it and breaks. */
	network: TcpProxy;
}

async function barred(options?: TestServerOptions): Promise<Way> {
	const server = await startServer(options);
	const refusing = await startRefusingProxy(server);
	const network = await startTcpProxy({ port: Number(new URL(refusing.origin).port) });
	undo.push(
		() => server.stop(),
		() => refusing.close(),
		() => network.close(),
	);
	return { server, refusing, network };
}

function person(...about: Parameters<typeof joinAsPerson>): SignalingPerson {
	const joined = joinAsPerson(...about);
	undo.push(() => joined.close());
	return joined;
}

const self = async ({ id, incarnation }: SignalingPerson) => ({ id: await id, incarnation });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const heardOf = ({ heard }: SignalingPerson, type: string) => heard.filter((event) => event.type === type);

it('[H4] says nothing of a session in the address of any request, from the lobby to the end', async () => {
	const { server, refusing, network } = await barred();
	const bob = person(server.url, room, 'Bob', { tag });
	const seat = await self(bob);
	const offers = [{ to: seat.id, incarnation: seat.incarnation, signal: offer('v=0 gathered in the lobby') }];
	const ada = person(network.origin, room, 'Ada Lovelace', { tag, offers });
	const adaSeat = await self(ada);
	const seen: PeekEvent[] = [];
	ada.signaling.peek({ room, tag }, (event) => seen.push(event));
	await vi.waitFor(() => expect(seen.at(-1)?.count).toBe(2), 10_000);
	ada.tell(seat, 1);
	ada.session.sendUpdate({ name: 'Countess of Lovelace', hand: true });
	expect(
		await ada.session.sendRelay({ to: seat.id, incarnation: seat.incarnation, sealed: 'c2VhbGVk' }),
	).toBe(true);
	network.cut();
	bob.tell(adaSeat, 2);
	await vi.waitFor(() => expect(ada.received()).toEqual([textOf(2)]), 15_000);
	await ada.session.leave();
	await vi.waitFor(() => expect(heardOf(bob, 'participant-left')).toHaveLength(1), 5_000);

	const procedures = ['join', 'leave', 'peek', 'relay', 'signal', 'update'].map(
		(name) => `/trpc/room.${name}`,
	);
	const asked = new Set(refusing.addresses);
	// It beats when it has been there for long enough.
	asked.delete('/trpc/room.beat');
	expect([...asked].sort()).toEqual(['/readyz', '/trpc', ...procedures]);
	// [J6] There is room for offers in a body.
	expect(heardOf(bob, 'signal')).toMatchObject([{ signal: offers[0]?.signal }, { signal: candidate(1) }]);
});

it('[E2] [H3] over HTTP delivers every signal once and in order, however often its stream is cut', async () => {
	const seed = seedFromEnvironment();
	console.log(`SEED=${seed}`);
	const random = seededRandom(seed);
	const { server, refusing, network } = await barred();
	const ada = person(network.origin, room, 'Ada');
	const adaSeat = await self(ada);
	const bob = person(server.url, room, 'Bob');
	const bobSeat = await self(bob);
	const total = 100;
	for (const number of upTo(total)) {
		bob.tell(adaSeat, number);
		ada.tell(bobSeat, number);
		if (random.chance(0.08)) network.cut();
		if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(40)));
	}
	network.cut();
	const all = upTo(total).map(textOf);
	await vi.waitFor(() => expect(ada.received()).toEqual(all), 20_000);
	await vi.waitFor(() => expect(new Set(bob.received())).toEqual(new Set(all)), 20_000);
	// The seat is the same all along: nobody new came, nobody went, and nothing had to be told again from the start.
	expect(
		refusing.addresses.filter((address) => address.startsWith('/trpc/room.join')).length,
	).toBeGreaterThan(1);
	expect(heardOf(ada, 'welcome')).toHaveLength(1);
	expect(heardOf(bob, 'participant-joined').length + heardOf(bob, 'participant-left').length).toBe(0);
	expect([ada.ended, bob.ended]).toEqual([null, null]);
});

it('[K1] goes on watching a room from the lobby when its stream was cut', async () => {
	const { server, network } = await barred();
	const lobby = signalingTo(network.origin);
	undo.push(() => lobby.close());
	const seen: PeekEvent[] = [];
	lobby.peek({ room, tag }, (event) => seen.push(event));
	await vi.waitFor(() => expect(seen.at(-1)?.count).toBe(0), 10_000);
	network.cut();
	await person(server.url, room, 'Bob', { tag }).id;
	await vi.waitFor(() => expect(seen.at(-1)?.count).toBe(1), 15_000);
});

it('[L1] comes in a little later where too many joined just before', async () => {
	const { server, network } = await barred({ tunables: { joins: { perSecond: 2, burst: 1 } } });
	const people = ['Ada', 'Bob', 'Cleo'].map((name) => person(network.origin, room, name));
	const ids = await Promise.all(people.map(({ id }) => id));
	expect(new Set(ids).size).toBe(3);
	expect(people.map(({ ended }) => ended)).toEqual([null, null, null]);
	expect(await server.metrics()).toMatch(/parley_errors_total\{code="rate-limited"\} [1-9]/);
});

it('[P5] keeps its seat though its timers hardly ever run, as those of a hidden tab', async () => {
	const { server, refusing, network } = await barred();
	const bob = person(server.url, room, 'Bob', { tag });
	await bob.id;
	const throttledMs = 60_000;
	const clock: Clock = {
		...systemClock,
		after: (delayMs, action) => systemClock.after(Math.max(delayMs, throttledMs), action),
		every: (intervalMs, action) => systemClock.every(Math.max(intervalMs, throttledMs), action),
	};
	const ada = person(network.origin, room, 'Ada', { tag, clock });
	await ada.id;
	const beats = () => refusing.addresses.filter((address) => address === '/trpc/room.beat').length;
	const before = beats();
	// Longer than a session may be silent, and than its seat is kept.
	await vi.waitFor(() => expect(beats() - before).toBeGreaterThanOrEqual(6), 20_000);
	expect(bob.heard.map(({ type }) => type).slice(1)).toEqual(['participant-joined']);
	expect(heardOf(ada, 'welcome')).toHaveLength(1);
});

describe('what lets pages through and not calls', () => {
	const answer = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
		response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end('<h1>Sorry</h1>');
		return true;
	};
	const isCall = ({ url = '' }: IncomingMessage) => url.startsWith('/trpc/');
	const isStream = ({ headers }: IncomingMessage) => headers.accept === 'text/event-stream';

	it.each<[what: string, obstacle: SignalingObstacle, meddles: Meddles]>([
		[
			'forbids commands',
			'blocked',
			(asked, response) => isCall(asked) && !isStream(asked) && answer(response, 403),
		],
		['knows no POST', 'blocked', (asked, response) => asked.method === 'POST' && answer(response, 405)],
		['forbids streams', 'blocked', (asked, response) => isStream(asked) && answer(response, 403)],
		['wants a password', 'blocked', (asked, response) => isCall(asked) && answer(response, 401)],
		['hangs up', 'blocked', (asked, response) => isCall(asked) && Boolean(response.destroy())],
		['has a page for everything', 'intercepted', (_, response) => answer(response, 200)],
		[
			'sends everybody elsewhere',
			'intercepted',
			(_, response) => answer(response, 302, { Location: '/sign-in' }),
		],
		['holds streams back', 'buffered', isStream],
	])(
		'[H5] is said to be in the way where it %s, within 10 s, and no longer once it lets go',
		async (_, obstacle, meddles) => {
			let meddling = true;
			const server = await startServer();
			const proxy = await startRefusingProxy(server, (...asked) => meddling && meddles(...asked));
			undo.push(
				() => server.stop(),
				() => proxy.close(),
			);
			const ada = person(proxy.origin, room, 'Ada', { tag });
			await vi.waitFor(() => expect(ada.signaling.obstacle).toBe(obstacle), 10_000);
			expect(ada.signaling.state).toBe('reconnecting');
			expect(ada.heard).toEqual([]);
			meddling = false;
			await ada.id;
			await vi.waitFor(() => expect(ada.signaling.state).toBe('connected'), 5_000);
			expect(ada.signaling.obstacle).toBeNull();
		},
	);

	it('[H5] is said to be in the way in the middle of a session as well, and what it took is said again', async () => {
		let takesLarge = true;
		const server = await startServer();
		const proxy = await startRefusingProxy(
			server,
			(asked, response) =>
				!takesLarge && Number(asked.headers['content-length']) > 1_000 && answer(response, 413),
		);
		undo.push(
			() => server.stop(),
			() => proxy.close(),
		);
		const bob = person(server.url, room, 'Bob', { tag });
		const seat = await self(bob);
		const ada = person(proxy.origin, room, 'Ada', { tag });
		await ada.id;
		takesLarge = false;
		const signal = offer(`v=0 ${'a'.repeat(2_000)}`);
		ada.session.sendSignal({ to: seat.id, incarnation: seat.incarnation, signal });
		await vi.waitFor(() => expect(ada.signaling.obstacle).toBe('blocked'), 10_000);
		takesLarge = true;
		await vi.waitFor(() => expect(heardOf(bob, 'signal')).toMatchObject([{ signal }]), 10_000);
		await vi.waitFor(() => expect(ada.signaling.state).toBe('connected'), 5_000);
		expect(heardOf(bob, 'participant-left')).toEqual([]);
	});
});
