import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { createSilence } from './silence';

const afterMs = 4_000;
const lookEveryMs = 2_000;

function create() {
	const clock = new FakeClock();
	const silence = createSilence(clock, afterMs, lookEveryMs);
	const found: number[] = [];
	const start = clock.now();
	clock.every(lookEveryMs, () => silence.look() && found.push(clock.now() - start));
	return { clock, silence, found };
}

it('is found at the first look after its time', async () => {
	const { clock, found } = create();
	await clock.advance(6_000);
	expect(found).toEqual([6_000]);
});

it('begins anew whenever something is heard', async () => {
	const { clock, silence, found } = create();
	for (let beat = 0; beat < 10; beat += 1) {
		await clock.advance(3_500);
		silence.hear();
	}
	expect(found).toEqual([]);
	expect(silence.heardAt).toBe(clock.now());
	await clock.advance(6_000);
	expect(found).toHaveLength(1);
});

it('is not found by a process that was held up for longer, before it has had the time to listen', async () => {
	const clock = new FakeClock();
	const silence = createSilence(clock, afterMs, lookEveryMs);
	// Timers that fell due meanwhile fire once, and only then is read what has come.
	for (let stall = 0; stall < 10; stall += 1) {
		await clock.advance(30_000);
		expect(silence.look()).toBe(false);
		silence.hear();
	}
	await clock.advance(30_000);
	expect([silence.look(), silence.look(), silence.look()]).toEqual([false, false, true]);
});
