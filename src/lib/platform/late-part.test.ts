import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock';
import { createLatePart } from './late-part';

function world(outcomes: (string | null)[]) {
	const clock = new FakeClock();
	const happened: string[] = [];
	let attempts = 0;
	const part = createLatePart({
		clock,
		load() {
			const outcome = outcomes[attempts++];
			return outcome ? Promise.resolve(outcome) : Promise.reject(new Error('offline'));
		},
		loaded: (what) => happened.push(what),
		failed: () => happened.push('failed'),
	});
	return { clock, happened, part, attempts: () => attempts };
}

describe('a part that is loaded late', () => {
	it('is loaded when it is wanted, and once', async () => {
		const { part, happened, attempts } = world(['there']);
		expect(attempts()).toBe(0);
		await Promise.all([part.load(), part.load()]);
		await part.load();
		expect(happened).toEqual(['there']);
		expect(attempts()).toBe(1);
	});

	it('is tried again by itself until it is there, and its failure told once', async () => {
		const { clock, part, happened, attempts } = world([null, null, null, 'there']);
		await part.load();
		expect(happened).toEqual(['failed']);
		await clock.advance(1_000);
		expect(attempts()).toBe(2);
		await clock.advance(2_000);
		await clock.advance(4_000);
		expect(happened).toEqual(['failed', 'there']);
		expect(clock.pending).toBe(0);
	});

	it('is tried at once by whoever wants it, instead of later', async () => {
		const { clock, part, happened, attempts } = world([null, 'there']);
		await part.load();
		await part.load();
		expect(happened).toEqual(['failed', 'there']);
		await clock.advance(60_000);
		expect(attempts()).toBe(2);
	});

	it('is never there once it is no longer wanted', async () => {
		const late = world(['there']);
		const loading = late.part.load();
		late.part.close();
		await loading;
		const failing = world([null, 'there']);
		await failing.part.load();
		failing.part.close();
		await failing.clock.advance(60_000);
		expect([...late.happened, ...failing.happened]).toEqual(['failed']);
		expect(failing.clock.pending).toBe(0);
	});
});
