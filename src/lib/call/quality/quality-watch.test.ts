import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { recorded, reportOf } from '../../../../tests/support/recorded-stats';
import { goodQuality } from './quality';
import {
	createQualityWatch,
	reportPatienceMs,
	sampleIntervalMs,
	type CallNumbers,
	type QualityPort,
} from './quality-watch';
import type { StatsReport } from './stats';

const publications = { microphone: true, camera: true, screen: false };

describe('a quality watch', () => {
	let clock: FakeClock;
	let others: ReturnType<QualityPort['others']>;
	let stats: QualityPort['stats'];
	let asked: string[];
	let changes: number;

	beforeEach(() => {
		clock = new FakeClock();
		others = [{ id: 'bob', connection: 'connected', publications }];
		asked = [];
		changes = 0;
		stats = playing(recorded('loss-receiving'));
	});

	/** The reports in turn, and the last one again and again. */
	function playing(reports: StatsReport[]): QualityPort['stats'] {
		let at = 0;
		return () => Promise.resolve(reports[Math.min(at++, reports.length - 1)]);
	}

	function watching() {
		const watch = createQualityWatch({
			clock,
			others: () => others,
			ours: () => publications,
			stats(id) {
				asked.push(id);
				return stats(id);
			},
			changed: () => void changes++,
		});
		watch.start();
		return watch;
	}

	it('tells once that a connection has become poor, and shows the same object until it changes', async () => {
		const watch = watching();
		await clock.advance(2 * sampleIntervalMs);
		expect(watch.of('bob', 'connected')).toEqual(goodQuality);
		await clock.advance(sampleIntervalMs);
		expect(changes).toBe(1);
		const poor = watch.of('bob', 'connected');
		expect(poor.receiving).toBe('poor');
		expect(watch.of('bob', 'connected')).toBe(poor);
	});

	it('does not wait for the next sample when the connection breaks, and starts afresh after it', async () => {
		const watch = watching();
		await clock.advance(3 * sampleIntervalMs);
		expect(watch.of('bob', 'reconnecting').cause).toBe('no-connection');
		others = [{ id: 'bob', connection: 'reconnecting', publications }];
		await clock.advance(sampleIntervalMs);
		expect(watch.of('bob', 'connected')).toEqual(goodQuality);
	});

	it('asks each peer once at a time, and again when an answer never comes', async () => {
		stats = () => new Promise(() => {});
		watching();
		await clock.advance(reportPatienceMs);
		expect(asked).toEqual(['bob']);
		await clock.advance(sampleIntervalMs);
		expect(asked).toEqual(['bob', 'bob']);
	});

	it('is not disturbed by a peer that is gone or refuses', async () => {
		others = ['bob', 'cleo', 'dan'].map((id) => ({ id, connection: 'connected', publications }));
		const played = playing(recorded('loss-receiving'));
		stats = (id) => {
			if (id === 'bob') return played(id);
			return id === 'cleo' ? Promise.resolve(undefined) : Promise.reject(new Error('closed'));
		};
		const watch = watching();
		await clock.advance(3 * sampleIntervalMs);
		expect(watch.of('bob', 'connected').receiving).toBe('poor');
		expect(watch.of('cleo', 'connected')).toEqual(goodQuality);
		expect(watch.of('dan', 'connected')).toEqual(goodQuality);
	});

	it('knows its own connection by the others', async () => {
		others = ['bob', 'cleo'].map((id) => ({ id, connection: 'connected', publications }));
		const plays = new Map(others.map(({ id }) => [id, playing(recorded('loss-receiving'))]));
		stats = async (id) => plays.get(id)?.(id);
		const watch = watching();
		await clock.advance(3 * sampleIntervalMs);
		expect(watch.own()).toEqual({ receiving: 'poor', sending: 'good', cause: 'loss-receiving' });
	});

	it('gives numbers at once and with every sample, until nobody listens', async () => {
		const watch = watching();
		await clock.advance(2 * sampleIntervalMs);
		const heard: CallNumbers[] = [];
		const stop = watch.watchNumbers((numbers) => heard.push(numbers));
		expect(heard).toHaveLength(1);
		expect(heard[0]?.get('bob')?.receiving.camera?.codec).toBe('VP8');
		await clock.advance(sampleIntervalMs);
		expect(heard).toHaveLength(2);
		others = [];
		await clock.advance(sampleIntervalMs);
		expect(heard.at(-1)?.size).toBe(0);
		stop();
		others = [{ id: 'bob', connection: 'connected', publications }];
		await clock.advance(3 * sampleIntervalMs);
		expect(heard).toHaveLength(3);
	});

	it('takes a peer that was replaced for a new one', async () => {
		const [first, second, third] = recorded('good');
		if (!first || !second || !third) throw new Error('recorded');
		const empty = reportOf([{ id: 't', type: 'transport', timestamp: 2_000_000_000_000 }]);
		stats = playing([second, third, empty]);
		const watch = watching();
		let numbers: CallNumbers = new Map();
		watch.watchNumbers((next) => (numbers = next));
		await clock.advance(2 * sampleIntervalMs);
		expect(numbers.size).toBe(1);
		await clock.advance(sampleIntervalMs);
		expect(numbers.size).toBe(0);
	});

	it('ends with the call, and ignores what still comes', async () => {
		let answer: (report: StatsReport) => void = () => {};
		stats = () => new Promise((resolve) => (answer = resolve));
		const watch = watching();
		await clock.advance(sampleIntervalMs);
		watch.stop();
		answer(recorded('good')[0] as StatsReport);
		await clock.advance(3 * sampleIntervalMs);
		expect(asked).toEqual(['bob']);
		expect(clock.pending).toBe(0);
		expect(watch.own()).toEqual(goodQuality);
	});
});
