import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { createMemoryStore } from './memory-store';
import { createRooms } from './rooms';

const command = (id: string, hand = false) => ({
	type: 'join' as const,
	id,
	lease: `lease of ${id}`,
	incarnation: `page of ${id}`,
	member: { name: id, publications: { microphone: false, camera: false, screen: false }, hand },
	offers: [],
});

it('[P1] frees away seats when their time has come, the earliest first, and leaves no timer behind', async () => {
	const clock = new FakeClock();
	const store = createMemoryStore({ events: 10, bytes: 10_000 });
	const rooms = createRooms({ store, clock, roomLimit: 3 });
	const idsIn = async () => (await store.read('room')).seats.map(({ participant }) => participant.id);
	const lose = (id: string, inMs: number) =>
		rooms.apply('room', { type: 'disconnect', id, lease: `lease of ${id}`, freeAt: clock.now() + inMs });

	for (const id of ['ann', 'bob', 'cleo']) await rooms.apply('room', command(id));
	await lose('ann', 5_000);
	await lose('bob', 3_000);
	await clock.advance(2_999);
	expect(await idsIn()).toEqual(['ann', 'bob', 'cleo']);
	await clock.advance(1);
	expect(await idsIn()).toEqual(['ann', 'cleo']);
	await rooms.apply('room', command('ann'));
	await clock.advance(10_000);
	expect(await idsIn()).toEqual(['ann', 'cleo']);
	expect(clock.pending).toBe(0);

	await lose('cleo', 5_000);
	rooms.close();
	expect(clock.pending).toBe(0);
});

it('[P3] frees an away seat in time though the clock was put back an hour, and dates what is shown by it', async () => {
	const clock = new FakeClock();
	const store = createMemoryStore({ events: 10, bytes: 10_000 });
	const rooms = createRooms({ store, clock, roomLimit: 3 });
	await rooms.apply('room', command('ann'));
	await rooms.apply('room', {
		...{ type: 'disconnect', id: 'ann', lease: 'lease of ann', freeAt: clock.now() + 8_000 },
	});
	clock.setForward(-3_600_000);
	await rooms.apply('room', command('bob', true));
	await clock.advance(8_000);
	const { seats } = await store.read('room');
	expect(seats.map(({ participant }) => participant.id)).toEqual(['bob']);
	const then = clock.epochMs() - 8_000;
	expect(seats[0]?.participant).toMatchObject({ joinedAt: then, handRaisedAt: then });
	rooms.close();
});
