import { describe, expect, it } from 'vitest';
import { recorded, type RecordedStat } from '../../../../tests/support/recorded-stats';
import { goodQuality, type ConnectionQuality, type QualityCause } from './quality';
import {
	noMemory,
	detectors,
	enterSamples,
	leaveSamples,
	remember,
	type Situation,
} from './quality-detectors';
import { gradeConnection, gradeOwn } from './quality-grades';
import { ratesBetween } from './rates';
import { readSample, type StatsReport } from './stats';

const talking = { microphone: true, camera: true, screen: false };
const soundOnly = { microphone: true, camera: false, screen: false };

function situations(reports: StatsReport[], theirs = talking, ours = talking): Situation[] {
	const samples = reports.map(readSample);
	return samples.slice(1).map((sample, index) => {
		const before = samples[index];
		const rates = before && ratesBetween(before, sample);
		if (!rates) throw new Error('the reports are of one peer, in this order');
		return { rates, theirs, ours };
	});
}

function found(reports: StatsReport[], theirs = talking, ours = talking): QualityCause[] {
	const all = situations(reports, theirs, ours);
	return detectors.filter(({ holds }) => all.every((one) => holds(one, false))).map(({ cause }) => cause);
}

function graded(all: Situation[]): ConnectionQuality {
	return gradeConnection('connected', all.reduce(remember, noMemory));
}

const isCamera = ({ mid }: RecordedStat) => mid === '1';

describe('detectors, on recorded samples', () => {
	it('find nothing in a good call', () => {
		expect(found(recorded('good'))).toEqual([]);
		expect(graded(situations(recorded('good')))).toEqual(goodQuality);
	});

	it('find nothing when the cameras are off', () => {
		expect(found(recorded('cameras-off'), soundOnly, soundOnly)).toEqual([]);
	});

	it('find packets from them that are lost', () => {
		expect(graded(situations(recorded('loss-receiving')))).toEqual({
			receiving: 'poor',
			sending: 'good',
			cause: 'loss-receiving',
		});
	});

	it('find packets to them that are lost', () => {
		expect(graded(situations(recorded('loss-sending')))).toEqual({
			receiving: 'good',
			sending: 'poor',
			cause: 'loss-sending',
		});
	});

	it('find a round trip at which nobody can talk', () => {
		expect(graded(situations(recorded('slow-round-trip')))).toEqual({
			receiving: 'poor',
			sending: 'poor',
			cause: 'slow-round-trip',
		});
	});

	it('find a path that is too narrow, and name it before what follows from it', () => {
		expect(found(recorded('low-bandwidth'))).toContain('low-bandwidth');
		expect(graded(situations(recorded('low-bandwidth'))).cause).toBe('low-bandwidth');
	});

	it('do not trust the estimate of a path that carries no video', () => {
		expect(found(recorded('low-bandwidth'), soundOnly, soundOnly)).not.toContain('low-bandwidth');
	});

	it('find that nothing comes from somebody who sends', () => {
		expect(graded(situations(recorded('nothing-received')))).toEqual({
			receiving: 'lost',
			sending: 'good',
			cause: 'nothing-received',
		});
	});

	it('expect nothing from somebody who sends nothing', () => {
		const silent = { microphone: false, camera: false, screen: false };
		expect(found(recorded('nothing-received'), silent)).toEqual([]);
	});
});

describe('detectors, on samples changed into a fault', () => {
	it('find a picture that stands still while the sound goes on', () => {
		const frozen = recorded('good', (stat) =>
			stat.type === 'inbound-rtp' && isCamera(stat) ? { framesDecoded: 230 } : {},
		);
		expect(found(frozen)).toEqual(['frozen-video']);
		expect(found(frozen, soundOnly)).toEqual([]);
	});

	it('do not call a picture frozen that has not begun', () => {
		const starting = recorded('good', (stat) => (isCamera(stat) ? { framesDecoded: 0 } : {}));
		expect(found(starting)).toEqual([]);
	});

	it('find sound that comes too unevenly', () => {
		const uneven = recorded('good', ({ type, mid }) =>
			type === 'inbound-rtp' && mid === '0' ? { jitter: 0.12 } : {},
		);
		expect(found(uneven)).toEqual(['jitter']);
	});

	it('find that they report nothing of what we send', () => {
		const unheard = recorded('good', ({ type, timestamp }) =>
			type === 'remote-inbound-rtp' ? { timestamp: timestamp - 20_000 } : {},
		);
		expect(found(unheard)).toEqual(['nothing-arrives']);
		expect(graded(situations(unheard)).sending).toBe('lost');
	});

	it('find that they report all of it lost', () => {
		const gone = recorded('good', ({ type }) => (type === 'remote-inbound-rtp' ? { fractionLost: 1 } : {}));
		expect(found(gone)).toEqual(['nothing-arrives', 'loss-sending']);
	});

	it('say nothing about what arrives at an end that is silent altogether', () => {
		const silent = recorded('nothing-received', ({ type, timestamp }) =>
			type === 'remote-inbound-rtp' ? { timestamp: timestamp - 20_000 } : {},
		);
		expect(found(silent)).not.toContain('nothing-arrives');
	});

	it('find a device too busy to make pictures, not one that makes them smaller', () => {
		const limited = (framesPerSecond: number) =>
			recorded('good', (stat) =>
				stat.type === 'outbound-rtp' && isCamera(stat)
					? { qualityLimitationReason: 'cpu', framesPerSecond }
					: {},
			);
		expect(found(limited(6))).toEqual(['cpu-limited']);
		expect(found(limited(20))).toEqual([]);
	});
});

describe('a mark', () => {
	const [good] = situations(recorded('good')) as [Situation];
	const [bad] = situations(recorded('loss-receiving')) as [Situation];
	const after = (...all: Situation[]) => graded(all).receiving;

	it('does not come for one bad sample', () => {
		expect(after(good, bad, good, bad, good, bad)).toBe('good');
		expect(after(good, ...Array<Situation>(enterSamples).fill(bad))).toBe('poor');
	});

	it('does not go for a few good ones', () => {
		const poor = Array<Situation>(enterSamples).fill(bad);
		expect(after(...poor, good, good, bad, good, good)).toBe('poor');
		expect(after(...poor, ...Array<Situation>(leaveSamples).fill(good))).toBe('good');
	});

	it('stays while things are only a little better', () => {
		const loss = detectors.find(({ cause }) => cause === 'loss-receiving');
		const [slight] = situations(
			recorded('good', ({ type, mid }, index) =>
				type === 'inbound-rtp' && (mid === '0' || mid === '1') ? { packetsLost: index * 3 } : {},
			),
		) as [Situation];
		expect(loss?.holds(slight, false)).toBe(false);
		expect(loss?.holds(slight, true)).toBe(true);
	});

	it('comes at once when the connection breaks, and not while it is first made', () => {
		expect(gradeConnection('reconnecting', noMemory)).toEqual({
			receiving: 'lost',
			sending: 'lost',
			cause: 'no-connection',
		});
		expect(gradeConnection('failed', noMemory).receiving).toBe('lost');
		expect(gradeConnection('connecting', noMemory)).toEqual(goodQuality);
	});
});

describe('is it me?', () => {
	const poorSending: ConnectionQuality = { receiving: 'good', sending: 'poor', cause: 'loss-sending' };
	const lost: ConnectionQuality = { receiving: 'lost', sending: 'lost', cause: 'no-connection' };

	it('yes, when most of the others suffer in the same direction', () => {
		expect(gradeOwn([poorSending, goodQuality, poorSending])).toEqual(poorSending);
		expect(gradeOwn([lost, lost, goodQuality])).toEqual(lost);
	});

	it('no, when it is one of them, or half', () => {
		expect(gradeOwn([poorSending, goodQuality])).toEqual(goodQuality);
		expect(gradeOwn([lost, goodQuality, goodQuality])).toEqual(goodQuality);
	});

	it('no, when they suffer in different directions', () => {
		const poorReceiving: ConnectionQuality = { receiving: 'poor', sending: 'good', cause: 'jitter' };
		expect(gradeOwn([poorSending, poorReceiving])).toEqual(goodQuality);
	});

	it('can not be told with one other', () => {
		expect(gradeOwn([lost])).toEqual(goodQuality);
		expect(gradeOwn([])).toEqual(goodQuality);
	});

	it('yes, whenever this device is too busy', () => {
		const busy: ConnectionQuality = { receiving: 'good', sending: 'poor', cause: 'cpu-limited' };
		expect(gradeOwn([busy])).toEqual(busy);
	});

	it('names the reason that most have', () => {
		expect(gradeOwn([{ ...poorSending, cause: 'low-bandwidth' }, poorSending, poorSending]).cause).toBe(
			'loss-sending',
		);
	});
});
