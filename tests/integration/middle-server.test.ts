/** The dishonest server of the end-to-end tests does what it is there for: before it, a client can't tell it from an honest one. */
import { afterEach, expect, it } from 'vitest';
import type { Participant, SignalInput } from '../../src/lib/protocol';
import { renameOthers, replayDescriptions, swapCandidates } from '../support/faults/meddlers';
import { startMiddleServer, type Meddler, type MiddleServer } from '../support/faults/middle-server';
import { connectWebSocket, enter, offer, startServer, type TestClient } from '../support/server-harness';

const undo: (() => unknown)[] = [];
afterEach(async () => {
	for (const action of undo.splice(0).reverse()) await action();
});

async function startMiddle(meddler?: Meddler) {
	const server = await startServer();
	undo.push(() => server.stop());
	const middle = await startMiddleServer(server, meddler);
	undo.push(() => middle.close());
	return { server, middle };
}

function connect({ origin }: MiddleServer): TestClient {
	const client = connectWebSocket({ port: Number(new URL(origin).port) });
	undo.push(() => client.close());
	return client;
}

/** Two people who came through the middle, and what the second is told. */
async function meet(middle: MiddleServer) {
	const [ada, bob] = [connect(middle), connect(middle)];
	const adas = await enter(ada, { name: 'Ada' });
	const bobs = await enter(bob, { name: 'Bob' });
	const address = ({ id, incarnation }: Participant) => ({ to: id, incarnation });
	return {
		...{ ada, bob, adas, bobs },
		toAda: address(adas.welcome.self),
		toBob: address(bobs.welcome.self),
	};
}

const described = (to: { to: string; incarnation: string }, number: number, sdp: string): SignalInput => ({
	...to,
	signal: { ...offer(sdp), offer: number } as SignalInput['signal'],
});

it('passes everything on where it does not meddle, requests for pages as well', async () => {
	const { server, middle } = await startMiddle();
	expect((await fetch(`${middle.origin}/healthz`)).status).toBe(200);
	const { ada, bob, bobs, adas, toBob } = await meet(middle);
	expect(bobs.welcome.participants).toMatchObject([{ name: 'Ada' }]);
	await ada.trpc.room.signal.mutate(described(toBob, 1, 'one'));
	expect(await bobs.next('signal')).toMatchObject({ signal: { sdp: 'one' } });
	await bob.trpc.room.leave.mutate();
	expect(await adas.next('participant-left')).toMatchObject({ id: bobs.welcome.self.id });
	expect(await server.metrics()).toContain('parley_');
});

it('knows whose connection it stands in, and speaks as the server and as the client', async () => {
	const { middle } = await startMiddle();
	const { adas, bobs, toBob } = await meet(middle);
	const [ada] = [...middle.clients].filter(({ id }) => id === adas.welcome.self.id);
	expect(ada).toMatchObject({ name: 'Ada', incarnation: adas.welcome.self.incarnation });
	ada?.signal(described(toBob, 1, 'never sent by Ada'));
	expect(await bobs.next('signal')).toMatchObject({
		from: adas.welcome.self.id,
		signal: { sdp: 'never sent by Ada' },
	});
	ada?.tell({ type: 'participant-left', id: bobs.welcome.self.id, reason: 'lost' });
	expect(await adas.next('participant-left')).toMatchObject({ id: bobs.welcome.self.id });
});

it('keeps what passes in order while it thinks, and swallows what it is told to', async () => {
	const { middle } = await startMiddle({
		async signal(input) {
			await new Promise(setImmediate);
			return input.signal.kind === 'description' && input.signal.sdp === 'two' ? null : input;
		},
	});
	const { ada, bobs, toBob } = await meet(middle);
	await Promise.all(
		['one', 'two', 'three'].map((sdp, index) =>
			ada.trpc.room.signal.mutate(described(toBob, index + 1, sdp)),
		),
	);
	expect(await bobs.next('signal')).toMatchObject({ signal: { sdp: 'one' } });
	expect(await bobs.next('signal')).toMatchObject({ signal: { sdp: 'three' } });
});

it('replays the first description in place of later ones, under their numbers', async () => {
	const meddler = replayDescriptions();
	const { middle } = await startMiddle(meddler);
	const { ada, bobs, toBob } = await meet(middle);
	for (const [number, sdp] of [
		[1, 'one'],
		[1, 'one again'],
		[2, 'two'],
	] as const) {
		await ada.trpc.room.signal.mutate(described(toBob, number, sdp));
	}
	const heard = [await bobs.next('signal'), await bobs.next('signal'), await bobs.next('signal')];
	expect(heard.map(({ signal }) => signal)).toMatchObject([
		{ offer: 1, sdp: 'one' },
		{ offer: 1, sdp: 'one again' },
		{ offer: 2, sdp: 'one' },
	]);
	expect(meddler.replayed).toBe(1);
});

it('swaps candidates, and names', async () => {
	const { middle } = await startMiddle({
		...swapCandidates((_, candidate) => `${candidate} elsewhere`),
		...renameOthers((name) => `not ${name}`),
	});
	const { ada, adas, bobs, toBob } = await meet(middle);
	expect(bobs.welcome).toMatchObject({ self: { name: 'Bob' }, participants: [{ name: 'not Ada' }] });
	expect(await adas.next('participant-joined')).toMatchObject({ participant: { name: 'not Bob' } });
	const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null };
	await ada.trpc.room.signal.mutate({ ...toBob, signal: { kind: 'candidate', epoch: 0, ...candidate } });
	expect(await bobs.next('signal')).toMatchObject({ signal: { candidate: 'candidate:1 elsewhere' } });
});
