import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createSaidNames, type SaidNames } from './said-names';

const bob = { id: 'participant-bob', incarnation: 'bob-1' };
const cat = { id: 'participant-cat', incarnation: 'cat-1' };

let clock: FakeClock;
let ownName: string;
let open: Set<string>;
let sent: [by: string, to: string, name: string, revision: number][];
let changes: number;
let names: SaidNames;

beforeEach(() => {
	clock = new FakeClock();
	ownName = 'Ann';
	open = new Set();
	sent = [];
	changes = 0;
	const note = (by: string, to: string, text: string) => {
		const { name, revision } = JSON.parse(text);
		sent.push([by, to, name, revision]);
		return true;
	};
	names = createSaidNames({
		clock,
		ownName: () => ownName,
		sendDirect: (to, text) => open.has(to) && note('direct', to, text),
		sendRelay: (to, text) => Promise.resolve(note('relay', to.id, text)),
		changed: () => changes++,
	});
	names.setParticipants([bob, cat]);
});

const hear = (from: string, name: string, revision: number) =>
	void names.rows.name.handle(from, { type: 'name', name, revision });

describe('our name', () => {
	it('[C11] is said over each channel as it opens, and by the relay where none does', async () => {
		open.add(bob.id);
		names.setChannel(bob, true);
		expect(sent).toEqual([['direct', bob.id, 'Ann', 1]]);
		await clock.advance(3_000);
		expect(sent.slice(1)).toEqual([['relay', cat.id, 'Ann', 1]]);
	});

	it('[C11] is said again when it is another one', () => {
		open.add(bob.id);
		names.setChannel(bob, true);
		names.tell();
		ownName = 'Anna';
		names.tell();
		expect(sent.filter(([, to]) => to === bob.id)).toEqual([
			['direct', bob.id, 'Ann', 1],
			['direct', bob.id, 'Anna', 2],
		]);
	});
});

describe('their names', () => {
	it('[C11] are what they last said, whatever comes again later', () => {
		expect(names.of(bob)).toBeUndefined();
		hear(bob.id, 'Bob', 1);
		hear(bob.id, 'Robert', 3);
		hear(bob.id, 'Bob', 1);
		hear(bob.id, 'Bobby', 2);
		expect(names.of(bob)).toBe('Robert');
		expect(changes).toBe(2);
	});

	it('are of one page load, and of nobody who is not here', () => {
		hear(bob.id, 'Bob', 7);
		hear('participant-dan', 'Dan', 1);
		const reloaded = { ...bob, incarnation: 'bob-2' };
		names.setParticipants([reloaded, cat]);
		expect(names.of(bob)).toBeUndefined();
		expect(names.of(reloaded)).toBeUndefined();
		expect(names.of({ id: 'participant-dan', incarnation: 'dan-1' })).toBeUndefined();
		hear(bob.id, 'Bob again', 1);
		expect(names.of(reloaded)).toBe('Bob again');
	});
});

it('leaves no timer behind', () => {
	names.close();
	expect(clock.pending).toBe(0);
});
