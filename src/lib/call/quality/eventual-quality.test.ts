import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { recorded } from '../../../../tests/support/recorded-stats';
import { createEventualQuality } from './eventual-quality';
import { goodQuality } from './quality';
import * as part from './quality-watch';
import { sampleIntervalMs, type CallNumbers } from './quality-watch';

const publications = { microphone: true, camera: true, screen: false };

function world(failures: number) {
	const clock = new FakeClock();
	const reports = recorded('loss-receiving');
	let attempts = 0;
	let at = 0;
	const quality = createEventualQuality({
		clock,
		load: () => (attempts++ < failures ? Promise.reject(new Error('offline')) : Promise.resolve(part)),
		others: () => [{ id: 'bob', connection: 'connected', publications }],
		ours: () => publications,
		stats: () => Promise.resolve(reports[Math.min(at++, reports.length - 1)]),
		changed: () => {},
	});
	return { clock, quality, attempts: () => attempts };
}

describe('the quality of a connection before what judges it has been loaded', () => {
	it('is told by the state of the connection alone', () => {
		const { quality } = world(0);
		expect(quality.of('bob', 'connecting')).toBe(goodQuality);
		expect(quality.of('bob', 'connected')).toBe(goodQuality);
		expect(quality.of('bob', 'reconnecting')).toMatchObject({ receiving: 'lost', cause: 'no-connection' });
		expect(quality.own()).toBe(goodQuality);
	});

	it('is not loaded before a call is on, and judged once that has come, however often it fails before', async () => {
		const { clock, quality, attempts } = world(2);
		await clock.advance(60_000);
		expect(attempts()).toBe(0);
		quality.start();
		await clock.advance(1_000 + 2_000);
		expect(attempts()).toBe(3);
		await clock.advance(3 * sampleIntervalMs);
		expect(quality.of('bob', 'connected').receiving).toBe('poor');
	});

	it('has numbers for whoever asked before, until they no longer want them', async () => {
		const { clock, quality } = world(1);
		const heard: CallNumbers[] = [];
		const unheard: CallNumbers[] = [];
		const stop = quality.watchNumbers((numbers) => heard.push(numbers));
		quality.watchNumbers((numbers) => unheard.push(numbers))();
		quality.start();
		await clock.advance(1_000 + 2 * sampleIntervalMs);
		expect(heard.at(0)?.size).toBe(0);
		expect(heard.at(-1)?.size).toBe(1);
		expect(unheard).toHaveLength(1);
		stop();
		const count = heard.length;
		await clock.advance(2 * sampleIntervalMs);
		expect(heard).toHaveLength(count);
	});

	it('stays unjudged where the call has ended before', async () => {
		const { clock, quality } = world(1);
		quality.start();
		quality.stop();
		await clock.advance(60_000);
		expect(quality.of('bob', 'connected')).toBe(goodQuality);
		quality.close();
		expect(clock.pending).toBe(0);
	});
});
