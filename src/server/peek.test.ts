import { setMaxListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { FakeClock, settle } from '../../tests/support/fake-clock';
import { pageLoad } from '../../tests/support/page-load';
import type { PeekEvent } from '../lib/protocol';
import type { Connection } from './connection';
import { createMemoryStore } from './memory-store';
import { createPeeks } from './peek';
import type { RoomState } from './room';
import { heldSeat, keptSeat, type Seat } from './seats';

const connection = { drained: () => Promise.resolve() } as unknown as Connection;

function open(iceServersMs: number | null = null) {
	const clock = new FakeClock();
	const store = createMemoryStore({ events: 100, bytes: 100_000 });
	const read = vi.spyOn(store, 'read');
	const iceServersFor = vi.fn((_caller: Connection, { isEmpty }: { isEmpty: boolean }) =>
		isEmpty ? [] : [{ urls: ['turn:turn.example.org'], username: `until ${clock.now()}` }],
	);
	const peeks = createPeeks({
		store,
		clock,
		iceServersFor,
		iceServersMs,
		peekIntervalMs: 250,
		roomLimit: 12,
	});
	const stop = new AbortController();
	setMaxListeners(1_000, stop.signal);
	function watch(): PeekEvent[] {
		const seen: PeekEvent[] = [];
		void (async () => {
			for await (const event of peeks.peek(connection, 'room', stop.signal)) seen.push(event);
		})();
		return seen;
	}
	const change = async (edit: (seats: readonly Seat[]) => readonly Seat[]) => {
		const rule = (state: RoomState) => ({
			...{ state: { seats: edit(state.seats) }, deliveries: [], renewed: [], refusal: null },
		});
		await store.transact('room', rule);
		await settle();
	};
	return { clock, store, read, watch, change, stop };
}

function seat(id: string, change: Partial<Seat['participant']> = {}): Seat {
	const publications = { microphone: true, camera: true, screen: false };
	const participant = {
		...{ id, incarnation: pageLoad(id), name: id, publications, handRaisedAt: null, joinedAt: 0 },
		...({ presence: 'here', ...change } as const),
	};
	return participant.presence === 'here' ? heldSeat(participant, 'lease') : keptSeat(participant, 5_000);
}

it('[K2] wakes nobody for what is not to be seen from outside, such as a raised hand', async () => {
	const { watch, change, read, clock } = open();
	const all = Array.from({ length: 480 }, watch);
	await settle();
	await change(() => [seat('ann')]);
	for (const seen of all) expect(seen.map(({ count }) => count)).toEqual([0, 1]);
	await clock.advance(1_000);

	read.mockClear();
	await change(() => [seat('ann', { handRaisedAt: 5 })]);
	await change(() => [seat('ann', { name: 'Anna' })]);
	await clock.advance(1_000);
	for (const seen of all) expect(seen).toHaveLength(2);
	// Looked at for all of them at once, not for each.
	expect(read.mock.calls.length).toBeLessThanOrEqual(2);
});

it('[K2] tells the first change at once, and what follows at most four times a second', async () => {
	const { watch, change, clock } = open();
	const seen = watch();
	await settle();
	await clock.advance(1_000);
	await change(() => [seat('p-0')]);
	expect(seen.at(-1)?.count).toBe(1);
	for (let count = 2; count <= 40; count++) {
		await change((seats) => [...seats, seat(`p-${count}`)]);
		await clock.advance(25);
	}
	await clock.advance(250);
	expect(seen.at(-1)?.count).toBe(40);
	expect(seen.length).toBeLessThanOrEqual(2 + 5);
});

it('[K1] shows one who comes later the room as it is, at once', async () => {
	const { watch, change, clock, stop } = open();
	watch();
	await settle();
	await change(() => [seat('ann')]);
	const late = watch();
	await settle();
	expect(late.map(({ count }) => count)).toEqual([1]);
	stop.abort();
	await settle();
	expect(clock.pending).toBe(0);
});

it('[E9] names a relay while somebody is in, and again before its credentials end', async () => {
	const { watch, change, clock } = open(300_000);
	const seen = watch();
	await settle();
	expect(seen[0]?.iceServers).toEqual([]);
	await clock.advance(900_000);
	expect(seen).toHaveLength(1);
	await change(() => [seat('ann')]);
	const began = clock.now();
	await clock.advance(620_000);
	expect(seen.slice(1).map(({ iceServers }) => iceServers[0]?.username)).toEqual(
		[0, 300_000, 600_000].map((after) => `until ${began + after}`),
	);
});
