/**
 * What every room store must do, whatever it keeps rooms in. Run against each; the rule ids are those of
 * `docs/PROTOCOL.md`.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { emptyRoom, type Outcome, type RoomEvent, type RoomState } from '../../src/server/room';
import { heldSeat, keptSeat, type Seat } from '../../src/server/seats';
import type { RoomStore } from '../../src/server/room-store';

export interface StoreUnderTest {
	store: RoomStore;
	close(): Promise<void>;
}

/** `open` makes an empty store whose outboxes hold at most `outboxEvents` events. */
export function describeStoreContract(
	name: string,
	open: (limits: { outboxEvents: number; outboxBytes: number }) => Promise<StoreUnderTest>,
): void {
	describe(`a room store: ${name}`, () => {
		let opened: StoreUnderTest | undefined;
		afterEach(async () => {
			await opened?.close();
			opened = undefined;
		});

		async function openStore(outboxEvents = 100, outboxBytes = 100_000): Promise<RoomStore> {
			opened = await open({ outboxEvents, outboxBytes });
			return opened.store;
		}

		async function openWith(...ids: string[]): Promise<RoomStore> {
			const store = await openStore();
			await store.transact('room', () => seated(...ids));
			return store;
		}

		async function positionOf(store: RoomStore, id: string): Promise<string> {
			const snapshot = await store.snapshot('room', id);
			if (!snapshot) throw new Error(`${id} has no seat`);
			return snapshot.position;
		}

		it('shows a room nobody is in as empty', async () => {
			const store = await openStore();
			expect(await store.read('room')).toEqual(emptyRoom);
			expect(await store.snapshot('room', 'ann-ann-ann')).toBeNull();
			expect(await store.readOutbox('room', 'ann-ann-ann', null, 10)).toEqual({
				lease: undefined,
				entries: null,
			});
		});

		it('gives a rule the state the last one left, and returns what the rule decided', async () => {
			const store = await openWith('ann-ann-ann');
			const seen: RoomState[] = [];
			const outcome = await store.transact('room', (state) => {
				seen.push(state);
				return { ...seated('ann-ann-ann', 'bob-bob-bob'), refusal: { code: 'room-full', limit: 2 } };
			});
			expect(seen.at(-1)).toEqual(seated('ann-ann-ann').state);
			expect(outcome.refusal).toEqual({ code: 'room-full', limit: 2 });
			expect((await store.read('room')).seats.map(({ participant }) => participant.id)).toEqual([
				'ann-ann-ann',
				'bob-bob-bob',
			]);
		});

		it('keeps rooms apart', async () => {
			const store = await openWith('ann-ann-ann');
			expect(await store.read('other')).toEqual(emptyRoom);
		});

		it('loses no update when many transactions are under way at once', async () => {
			const store = await openStore();
			const ids = Array.from({ length: 20 }, (_, index) => `participant-${index}`);
			await Promise.all(
				ids.map((id) =>
					store.transact('room', (state) => ({
						...nothing(state),
						state: { seats: [...state.seats, seat(id)] },
						renewed: [id],
					})),
				),
			);
			const { seats } = await store.read('room');
			expect(seats.map(({ participant }) => participant.id).sort()).toEqual(ids.sort());
		});

		it('changes nothing when a rule throws', async () => {
			const store = await openWith('ann-ann-ann');
			const failing = store.transact('room', () => {
				throw new Error('a bug');
			});
			await expect(failing).rejects.toThrow('a bug');
			expect(await store.read('room')).toEqual(seated('ann-ann-ann').state);
		});

		it('[E1] keeps the events of an outbox in the order of the calls, under ids that never repeat', async () => {
			const store = await openWith('ann-ann-ann', 'bob-bob-bob');
			const start = await positionOf(store, 'ann-ann-ann');
			const texts = Array.from({ length: 30 }, (_, index) => `text-${index}`);
			await Promise.all(texts.map((text) => store.transact('room', deliver('ann-ann-ann', text))));
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', start, 100);
			expect(entries?.map(({ event }) => textOf(event))).toEqual(texts);
			expect(new Set(entries?.map(({ id }) => id)).size).toBe(30);
		});

		it('[E2] gives exactly what follows an event, a page at a time', async () => {
			const store = await openWith('ann-ann-ann');
			const start = await positionOf(store, 'ann-ann-ann');
			for (const text of ['a', 'b', 'c', 'd']) await store.transact('room', deliver('ann-ann-ann', text));
			const first = await store.readOutbox('room', 'ann-ann-ann', start, 2);
			expect(first.entries?.map(({ event }) => textOf(event))).toEqual(['a', 'b']);
			const second = await store.readOutbox('room', 'ann-ann-ann', first.entries?.at(-1)?.id ?? null, 10);
			expect(second.entries?.map(({ event }) => textOf(event))).toEqual(['c', 'd']);
			const end = await store.readOutbox('room', 'ann-ann-ann', second.entries?.at(-1)?.id ?? null, 10);
			expect(end.entries).toEqual([]);
		});

		it('[E7] drops the oldest of the one who sends too many, and tells that there was more', async () => {
			const store = await openStore(4);
			await store.transact('room', () => seated('ann-ann-ann'));
			const start = await positionOf(store, 'ann-ann-ann');
			await store.transact('room', deliver('ann-ann-ann', 'honest', 'bob-bob-bob'));
			for (const text of ['a', 'b', 'c', 'd', 'e'])
				await store.transact('room', deliver('ann-ann-ann', text));
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', start, 10);
			expect(entries?.map(({ event }) => textOf(event))).toEqual(['honest', 'gap of somebody', 'd', 'e']);

			// Who reads on from the gap, or was beyond it, is told no more than that.
			const after = async (index: number) => {
				const page = await store.readOutbox('room', 'ann-ann-ann', entries?.[index]?.id ?? null, 10);
				return page.entries?.map(({ event }) => textOf(event));
			};
			expect(await after(1)).toEqual(['d', 'e']);
			await store.transact('room', deliver('ann-ann-ann', 'f'));
			expect(await after(1)).toEqual(['gap of somebody', 'e', 'f']);
			expect(await after(2)).toEqual(['e', 'f']);
		});

		it('[E7] drops the oldest of the one who sends too much', async () => {
			const store = await openStore(100, 20_000);
			await store.transact('room', () => seated('ann-ann-ann'));
			const start = await positionOf(store, 'ann-ann-ann');
			for (let count = 0; count < 10; count++)
				await store.transact('room', deliver('ann-ann-ann', `${count}`, 'bob-bob-bob'));
			for (const text of ['x', 'y', 'z'])
				await store.transact('room', deliver('ann-ann-ann', text.repeat(8_000)));
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', start, 100);
			const heard = entries?.map(({ event }) => textOf(event)?.slice(0, 3));
			expect(heard).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'gap', 'yyy', 'zzz']);
		});

		it('[E7] loses no honest signal to three who flood', async () => {
			const store = await openStore(512, 512 * 1024);
			await store.transact('room', () => seated('ann-ann-ann'));
			const start = await positionOf(store, 'ann-ann-ann');
			for (let count = 0; count < 2_000; count++) {
				const flooder = `flooder-${count % 3}`;
				await store.transact('room', deliver('ann-ann-ann', 'x'.repeat(count % 2_000), flooder));
				if (count % 40 === 0)
					await store.transact('room', deliver('ann-ann-ann', `honest ${count}`, 'bob-bob-bob'));
			}
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', start, 1_000);
			const texts = entries?.map(({ event }) => textOf(event) ?? '') ?? [];
			expect(texts.filter((text) => text.startsWith('honest'))).toHaveLength(50);
			expect(new Set(texts.filter((text) => text.startsWith('gap'))).size).toBe(3);
			expect(texts.filter((text) => text.startsWith('gap'))).toHaveLength(3);
		});

		it('[E8] keeps of a participant the first news of their page load and the latest, and drops none for signals', async () => {
			const store = await openStore(12);
			await store.transact('room', () => seated('ann-ann-ann'));
			const start = await positionOf(store, 'ann-ann-ann');
			const joined = { type: 'participant-joined', participant: seat('bob-bob-bob').participant } as const;
			await store.transact('room', tell('ann-ann-ann', joined));
			for (let count = 0; count < 50; count++) {
				const participant = { ...joined.participant, name: `Bob ${count}` };
				await store.transact('room', tell('ann-ann-ann', { type: 'participant-updated', participant }));
				await store.transact('room', deliver('ann-ann-ann', `${count}`));
			}
			const left = { type: 'participant-left', id: 'cleo-cleo', reason: 'left' } as const;
			await store.transact('room', tell('ann-ann-ann', left));
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', start, 100);
			const events = entries?.map(({ event }) => event) ?? [];
			expect(events).toContainEqual(joined);
			expect(events).toContainEqual(left);
			const updates = events.filter(({ type }) => type === 'participant-updated');
			expect(updates).toMatchObject([{ participant: { name: 'Bob 49' } }]);
			// A new page load is news that its signals wait for.
			const reloaded = { ...joined.participant, incarnation: 'another page load' };
			for (const name of ['Bob', 'Bobby', 'Robert'])
				await store.transact(
					'room',
					tell('ann-ann-ann', { type: 'participant-updated', participant: { ...reloaded, name } }),
				);
			const page = await store.readOutbox('room', 'ann-ann-ann', entries?.at(-1)?.id ?? null, 100);
			expect(page.entries?.map(({ event }) => event)).toMatchObject([
				{ participant: { name: 'Bob' } },
				{ participant: { name: 'Robert' } },
			]);
		});

		it('[E3] says so when an outbox no longer holds all news of the room', async () => {
			const store = await openStore(3);
			await store.transact('room', () => seated('ann-ann-ann'));
			const start = await positionOf(store, 'ann-ann-ann');
			for (const id of ['a', 'b', 'c', 'd'])
				await store.transact('room', tell('ann-ann-ann', { type: 'participant-left', id, reason: 'left' }));
			expect((await store.readOutbox('room', 'ann-ann-ann', start, 10)).entries).toBeNull();
			const now = await positionOf(store, 'ann-ann-ann');
			expect((await store.readOutbox('room', 'ann-ann-ann', now, 10)).entries).toEqual([]);
		});

		it('[E3] knows positions it never gave out for what they are', async () => {
			const store = await openWith('ann-ann-ann', 'bob-bob-bob');
			const start = await positionOf(store, 'ann-ann-ann');
			const strange = [
				'',
				'0',
				'nonsense',
				`${start}.1`,
				`${start}9999`,
				await positionOf(store, 'bob-bob-bob'),
			];
			for (const position of strange) {
				expect((await store.readOutbox('room', 'ann-ann-ann', position, 10)).entries).toBeNull();
			}
		});

		it('[J5] starts an outbox anew when told so: earlier positions are void and earlier events gone', async () => {
			const store = await openWith('ann-ann-ann');
			const start = await positionOf(store, 'ann-ann-ann');
			await store.transact('room', deliver('ann-ann-ann', 'for the earlier page'));
			await store.transact('room', (state) => ({ ...nothing(state), renewed: ['ann-ann-ann'] }));
			expect((await store.readOutbox('room', 'ann-ann-ann', start, 10)).entries).toBeNull();
			const anew = await positionOf(store, 'ann-ann-ann');
			expect((await store.readOutbox('room', 'ann-ann-ann', anew, 10)).entries).toEqual([]);
		});

		it('starts an outbox anew before the deliveries of the same outcome', async () => {
			const store = await openStore();
			await store.transact('room', () => ({
				...seated('ann-ann-ann'),
				deliveries: [{ to: 'ann-ann-ann', event: relay('first') }],
			}));
			const position = await positionOf(store, 'ann-ann-ann');
			await store.transact('room', deliver('ann-ann-ann', 'second'));
			const { entries } = await store.readOutbox('room', 'ann-ann-ann', position, 10);
			expect(entries?.map(({ event }) => textOf(event))).toEqual(['second']);
		});

		it('[E4] a snapshot and the events after its position are the whole truth', async () => {
			const store = await openWith('ann-ann-ann');
			await store.transact('room', deliver('ann-ann-ann', 'before'));
			const snapshot = await store.snapshot('room', 'ann-ann-ann');
			await store.transact('room', deliver('ann-ann-ann', 'after'));
			const page = await store.readOutbox('room', 'ann-ann-ann', snapshot?.position ?? null, 10);
			expect(page.entries?.map(({ event }) => textOf(event))).toEqual(['after']);
		});

		it('drops what is sent to somebody without a seat, and forgets the outbox of one who goes', async () => {
			const store = await openWith('ann-ann-ann', 'bob-bob-bob');
			await store.transact('room', deliver('nobody-here', 'lost'));
			await store.transact('room', (state) => ({
				...nothing(state),
				state: { seats: state.seats.filter(({ participant }) => participant.id !== 'ann-ann-ann') },
			}));
			expect(await store.snapshot('room', 'ann-ann-ann')).toBeNull();
			expect(await store.snapshot('room', 'nobody-here')).toBeNull();
		});

		it('tells whose connection holds a seat together with its events', async () => {
			const store = await openWith('ann-ann-ann');
			expect((await store.readOutbox('room', 'ann-ann-ann', null, 1)).lease).toBe('lease of ann-ann-ann');
			await store.transact('room', (state) => ({
				...nothing(state),
				state: { seats: state.seats.map(({ participant }) => keptSeat(participant, 5)) },
			}));
			expect((await store.readOutbox('room', 'ann-ann-ann', null, 1)).lease).toBeNull();
		});

		it('[E4] wakes a listener for events, for a change of hands and for the end of the seat', async () => {
			const store = await openWith('ann-ann-ann', 'bob-bob-bob');
			const alarm = createAlarm();
			const stop = store.listen('room', 'ann-ann-ann', alarm.ring);

			await store.transact('room', deliver('ann-ann-ann', 'hello'));
			await alarm.rung();
			await store.transact('room', (state) => ({
				...nothing(state),
				state: { seats: state.seats.map(({ participant }) => heldSeat(participant, 'another')) },
			}));
			await alarm.rung();
			await store.transact('room', (state) => ({ ...nothing(state), state: emptyRoom }));
			await alarm.rung();

			stop();
			stop();
			await store.transact('room', () => seated('ann-ann-ann'));
			expect(alarm.count()).toBe(0);
		});

		it('wakes those who watch a room when its seats change, and those of no other room', async () => {
			const store = await openStore();
			const here = createAlarm();
			const elsewhere = createAlarm();
			const stop = store.watch('room', here.ring);
			store.watch('other', elsewhere.ring);
			await store.transact('room', () => seated('ann-ann-ann'));
			await here.rung();
			await store.transact('room', (state) => ({ ...nothing(state), state: emptyRoom }));
			await here.rung();
			stop();
			expect(elsewhere.count()).toBe(0);
		});

		it('counts rooms with somebody in them', async () => {
			const store = await openWith('ann-ann-ann', 'bob-bob-bob');
			await store.transact('other', () => seated('cleo-cleo'));
			expect(await store.count()).toEqual({ rooms: 2, participants: 3 });
			await store.transact('other', (state) => ({ ...nothing(state), state: emptyRoom }));
			expect(await store.count()).toEqual({ rooms: 1, participants: 2 });
		});
	});
}

function seat(id: string): Seat {
	const participant: Seat['participant'] = {
		id,
		incarnation: `page-load-of-${id}`,
		name: id,
		publications: { microphone: true, camera: true, screen: false },
		handRaisedAt: null,
		presence: 'here',
		joinedAt: 0,
	};
	return heldSeat(participant, `lease of ${id}`);
}

function seated(...ids: string[]): Outcome {
	return { state: { seats: ids.map(seat) }, deliveries: [], renewed: ids, refusal: null };
}

function nothing(state: RoomState): Outcome {
	return { state, deliveries: [], renewed: [], refusal: null };
}

function relay(text: string, from = 'somebody'): RoomEvent {
	return { type: 'relay', from, incarnation: 'some-page', sealed: text };
}

function deliver(to: string, text: string, from?: string): (state: RoomState) => Outcome {
	return tell(to, relay(text, from));
}

function tell(to: string, event: RoomEvent): (state: RoomState) => Outcome {
	return (state) => ({ ...nothing(state), deliveries: [{ to, event }] });
}

function textOf(event: RoomEvent): string | undefined {
	if (event.type === 'gap') return `gap of ${event.from}`;
	return event.type === 'relay' ? event.sealed : undefined;
}

/** Rings may come late, and more often than needed; `rung` waits for one and forgets the rest. */
function createAlarm() {
	let rings = 0;
	let resolve = () => {};
	return {
		ring() {
			rings += 1;
			resolve();
		},
		count: () => rings,
		async rung() {
			if (rings === 0) await new Promise<void>((done) => (resolve = done));
			rings = 0;
		},
	};
}
