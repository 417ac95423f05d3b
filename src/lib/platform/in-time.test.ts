import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock';
import { inTime } from './in-time';

function deferred<T>() {
	let resolve!: (value: T) => void;
	let reject!: (error: Error) => void;
	const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
	return { promise, resolve, reject };
}

describe('waiting that ends', () => {
	it('gives what comes in time, and leaves no timer behind', async () => {
		const clock = new FakeClock();
		expect(await inTime(clock, Promise.resolve('here'), 1_000)).toBe('here');
		await expect(inTime(clock, Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
		expect(clock.pending).toBe(0);
	});

	it('gives nothing when the time is over, and hands on what comes late once', async () => {
		const clock = new FakeClock();
		const { promise, resolve } = deferred<string>();
		const late: string[] = [];
		let given: unknown = 'nothing yet';
		void inTime(clock, promise, 1_000, (value) => late.push(value)).then((value) => (given = value));
		await clock.advance(999);
		expect(given).toBe('nothing yet');
		await clock.advance(1);
		expect(given).toBeUndefined();
		resolve('after all');
		await settle();
		expect(late).toEqual(['after all']);
	});

	it('lets nobody hear of a late rejection', async () => {
		const clock = new FakeClock();
		const { promise, reject } = deferred<string>();
		const waiting = inTime(clock, promise, 1_000);
		await clock.advance(1_000);
		reject(new Error('late'));
		await settle();
		expect(await waiting).toBeUndefined();
	});
});
