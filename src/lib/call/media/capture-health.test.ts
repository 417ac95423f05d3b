import { describe, expect, it } from 'vitest';
import { deliveredIn, judgeCapture, type CaptureHealth, type Flow } from './capture-health';

/** Judges counts taken at these moments, as `[atMs, delivered]`, of one track unless a third says which. */
function judgeAll(samples: [atMs: number, delivered: number | null, trackId?: string][]): Flow[] {
	let health: CaptureHealth | null = null;
	return samples.map(([atMs, delivered, trackId = 'track']) => {
		const judged = judgeCapture(health, { atMs, delivered, trackId });
		health = judged.health;
		return judged.flow;
	});
}

function every(stepMs: number, counts: (number | null)[]): [number, number | null][] {
	return counts.map((count, index) => [index * stepMs, count]);
}

describe('a capture', () => {
	it('flows as soon as its count rises, and starves when three samples in a row show no more', () => {
		const flows = judgeAll(every(200, [5, 9, 13, 13, 13, 13, 13, 14]));
		expect(flows).toEqual(['waiting', 'flows', 'flows', 'waiting', 'waiting', 'starved', 'starved', 'flows']);
	});

	it('of four frames a second, as cameras give in the dark, is not starved', () => {
		const counts = Array.from({ length: 40 }, (_, index) => Math.floor((index * 200) / 250));
		expect(judgeAll(every(200, counts)).slice(2)).not.toContain('starved');
	});

	it('is given two and a half seconds for its first frame', () => {
		const flows = judgeAll(
			every(
				200,
				Array.from({ length: 15 }, () => 0),
			),
		);
		expect(flows.slice(0, 13).every((flow) => flow === 'waiting')).toBe(true);
		expect(flows.slice(13)).toEqual(['starved', 'starved']);
	});

	it('is not starved by one late sample after the page stood still', () => {
		expect(judgeAll([...every(200, [1, 2, 3]), [60_000, 3], [60_200, 3]]).slice(2)).not.toContain('starved');
	});

	it('begins anew with another track, and with a count that begins anew', () => {
		const samples: [number, number, string][] = [
			[0, 5, 'a'],
			[200, 6, 'a'],
			[400, 6, 'b'],
			[600, 2, 'b'],
		];
		expect(judgeAll(samples)).toEqual(['waiting', 'flows', 'waiting', 'waiting']);
	});

	it('of which nothing is counted is unknown, and what was before does not count after', () => {
		expect(judgeAll(every(200, [1, 2, null, 2, 2, 2, 2]))).toEqual([
			...['waiting', 'flows', 'unknown', 'waiting', 'waiting', 'waiting', 'waiting'],
		]);
	});
});

describe('the report of a peer', () => {
	const report = (stats: object[]) => ({
		forEach: (visit: (stat: RTCStats) => void) => stats.forEach((stat) => visit(stat as RTCStats)),
	});

	it('tells frames of a camera and seconds of sound of a microphone', () => {
		const both = report([
			{ id: 'SA', type: 'media-source', trackIdentifier: 'mic', totalSamplesDuration: 1.5 },
			{ id: 'SV', type: 'media-source', trackIdentifier: 'cam', frames: 30 },
		]);
		expect([deliveredIn(both, 'mic'), deliveredIn(both, 'cam'), deliveredIn(both, 'other')]).toEqual([
			1.5,
			30,
			null,
		]);
	});

	it('tells what was sent where the source is not counted', () => {
		const stats = [
			{ id: 'SA', type: 'media-source', trackIdentifier: 'mic' },
			{ id: 'SV', type: 'media-source', trackIdentifier: 'cam' },
			{ id: 'OA', type: 'outbound-rtp', mediaSourceId: 'SA', packetsSent: 70 },
			{ id: 'OV', type: 'outbound-rtp', mediaSourceId: 'SV', framesSent: 12, packetsSent: 90 },
		];
		expect([deliveredIn(report(stats), 'mic'), deliveredIn(report(stats), 'cam')]).toEqual([70, 12]);
		expect(deliveredIn(report(stats.slice(0, 2)), 'cam')).toBeNull();
	});
});
