import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { createTurns, sliceBytes, turnBytes, type Frame } from './turns';

/** Turns of the event loop, taken by hand, and limits as the test sets them. */
function setUp() {
	const clock = new FakeClock();
	const deferred: (() => void)[] = [];
	const turns = createTurns(clock, (run) => deferred.push(run));
	const handled: string[] = [];
	const frame = (text: string, parts: readonly Frame[] = [], bytes = sliceBytes): Frame => ({
		bytes,
		handle() {
			handled.push(text);
			return parts;
		},
	});
	function open(address: string) {
		const state = { mayGo: true, isHeld: false, holds: 0, asked: 0 };
		const line = turns.open(address, {
			mayGo() {
				state.asked += 1;
				return state.mayGo ? { ok: true } : { ok: false, retryAfterMs: 400 };
			},
			hold(held) {
				state.isHeld = held;
				state.holds += 1;
			},
		});
		const say = (...texts: string[]) => texts.forEach((text) => line.add(frame(text)));
		return { ...line, state, say };
	}
	/** What was handled in it. */
	function turn(): string[] {
		handled.length = 0;
		deferred.shift()?.();
		return [...handled];
	}
	return { clock, open, frame, turn, handled, isIdle: () => deferred.length === 0 };
}

it('handles the first frame of an address at once, and a slice of it in every turn after', () => {
	const { open, turn, handled, isIdle } = setUp();
	const [loud, quiet] = [open('loud'), open('quiet')];
	loud.say('loud 1', 'loud 2', 'loud 3');
	quiet.say('quiet 1');
	expect(handled).toEqual(['loud 1', 'quiet 1']);
	expect(turn()).toEqual(['loud 2']);
	quiet.say('quiet 2');
	expect(handled).toEqual(['loud 2', 'quiet 2']);
	expect(turn()).toEqual(['loud 3']);
	expect(turn()).toEqual([]);
	expect(isIdle()).toBe(true);
});

it('handles many short frames in one turn, and counts the shortest as more than they are long', () => {
	const { open, frame, turn } = setUp();
	const { add } = open('a');
	for (let n = 0; n < 100; n++) add(frame(`${n}`, [], 1));
	const [first, second] = [turn(), turn()];
	expect(first).toHaveLength(8);
	expect(second).toHaveLength(8);
});

it('keeps the order of a connection, lets those of one address take turns, and nobody goes ahead of those who wait', () => {
	const { open, turn, handled } = setUp();
	const [one, other] = [open('school'), open('school')];
	one.say('one 1', 'one 2', 'one 3');
	other.say('other 1', 'other 2');
	expect(handled).toEqual(['one 1']);
	const [first, second] = [turn(), turn()];
	const late = open('school');
	late.say('late');
	expect([...first, ...second, ...turn(), ...turn(), ...turn()]).toEqual([
		...['one 2', 'other 1', 'one 3', 'other 2'],
		'late',
	]);
});

it('handles what a frame consists of next, before what came after it', () => {
	const { open, frame, turn, handled } = setUp();
	const { add, say } = open('a');
	add(frame('batch', [frame('1'), frame('2')]));
	say('after');
	expect(handled).toEqual(['batch']);
	expect([turn(), turn(), turn()]).toEqual([['1'], ['2'], ['after']]);
	add(frame('x'));
	add(frame('waits', [frame('a'), frame('b')]));
	say('c');
	expect([turn(), turn(), turn(), turn(), turn()].flat()).toEqual(['x', 'waits', 'a', 'b', 'c']);
});

it('serves so much in a turn, however many addresses have something that waits, and the others first in the next', () => {
	const { open, turn } = setUp();
	const count = 3 * (turnBytes / sliceBytes);
	for (let n = 0; n < count; n++) open(`${n}`).say('at once', `${n}`);
	const [first, second, third] = [turn(), turn(), turn()];
	expect([first.length, second.length, third.length]).toEqual([count / 3, count / 3, count / 3]);
	expect(new Set([...first, ...second, ...third]).size).toBe(count);
});

it('reads no more of a connection while something of it waits', () => {
	const { open, turn } = setUp();
	const loud = open('loud');
	loud.say('1');
	expect(loud.state.holds).toBe(0);
	expect(loud.isWaiting()).toBe(false);
	loud.say('2', '3');
	expect(loud.state.isHeld).toBe(true);
	turn();
	expect(loud.isWaiting()).toBe(true);
	turn();
	expect(loud.state).toMatchObject({ isHeld: false, holds: 2 });
});

it('lets what its limits leave no room for wait, asks again later, and goes on with the others', async () => {
	const { clock, open, turn, handled, isIdle } = setUp();
	const [loud, modest] = [open('school'), open('school')];
	loud.state.mayGo = false;
	loud.say('loud 1', 'loud 2');
	modest.say('modest 1');
	expect(handled).toEqual(['modest 1']);
	turn();
	expect(isIdle()).toBe(true);
	for (let n = 0; n < 100; n++) {
		await clock.advance(100);
		while (!isIdle()) expect(turn()).toEqual([]);
	}
	// Told to ask again after 400 ms, in ten seconds.
	expect(loud.state.asked).toBeGreaterThan(20);
	expect(loud.state.asked).toBeLessThan(55);
	expect(loud.state.isHeld).toBe(true);
	loud.state.mayGo = true;
	await clock.advance(500);
	expect([turn(), turn()]).toEqual([['loud 1'], ['loud 2']]);
	expect(loud.state.isHeld).toBe(false);
});

it('handles what waits its turn before the end, and forgets what only its limits hold up', async () => {
	const { clock, open, turn, handled, isIdle } = setUp();
	const left = open('a');
	left.say('left 1', 'left 2', 'leave');
	left.end(() => handled.push('left ends'));
	expect([turn(), turn(), turn()].flat()).toEqual(['left 2', 'leave', 'left ends']);

	const late = open('b');
	late.state.mayGo = false;
	late.say('late 1');
	late.end(() => handled.push('late ends'));
	expect(handled.at(-1)).toBe('late ends');

	const [first, over] = [open('c'), open('c')];
	first.say('first');
	over.say('over');
	over.end(() => handled.push('over ends'));
	over.state.mayGo = false;
	expect(turn()).toEqual(['over ends']);

	open('d').end(() => handled.push('at once'));
	expect(handled.at(-1)).toBe('at once');
	await clock.advance(5_000);
	while (!isIdle()) expect(turn()).toEqual([]);
});

it('handles nothing of one that is cut, and hears of its end', async () => {
	const { clock, open, turn, handled, isIdle } = setUp();
	const [cut, late] = [open('a'), open('b')];
	cut.say('1', '2', '3');
	late.state.mayGo = false;
	late.say('late');
	cut.drop();
	late.drop();
	late.state.mayGo = true;
	expect([cut.state.isHeld, late.state.isHeld]).toEqual([false, false]);
	await clock.advance(5_000);
	while (!isIdle()) expect(turn()).toEqual([]);
	let ends = 0;
	for (const { end } of [cut, late]) end(() => (ends += 1));
	expect(ends).toBe(2);
	expect(handled).toEqual([]);
});
