import { describe, expect, it } from 'vitest';
import { recorded, reportOf, type RecordedStat } from '../../../../tests/support/recorded-stats';
import { readArrivals } from './arrivals';

function stat(type: string, members: object = {}): RecordedStat {
	return { id: type, type, timestamp: 10_000, ...members };
}

describe('arrivals', () => {
	it('count every packet that comes over the transport, so that reports and messages are signs of life too', () => {
		const report = reportOf([
			stat('transport', { packetsReceived: 40 }),
			stat('inbound-rtp', { packetsReceived: 30 }),
			stat('candidate-pair', { bytesReceived: 5_000 }),
		]);
		expect(readArrivals(report).count).toBe(40);
	});

	it('are told by the parts where a browser does not count by transport, and stand still with them', () => {
		const before = recorded('good').map((report) => readArrivals(report).count);
		expect(before).toEqual([...before].sort((a, b) => a - b));
		expect(new Set(before).size).toBe(before.length);
		const silent = { bytesReceived: 5_000, packetsReceived: 30 };
		const counts = [1, 2].map((timestamp) =>
			readArrivals(
				reportOf([
					stat('inbound-rtp', { ...silent, timestamp }),
					stat('candidate-pair', { ...silent, timestamp }),
				]),
			),
		);
		expect(counts[1]).toEqual(counts[0]);
	});

	it('come with the round trip and the estimate of the path in use, and of no other', () => {
		const report = reportOf([
			stat('candidate-pair', { id: 'used', currentRoundTripTime: 0.2, availableOutgoingBitrate: 800_000 }),
			stat('transport', { selectedCandidatePairId: 'used' }),
			stat('candidate-pair', {
				...{ id: 'spare', nominated: true, state: 'succeeded' },
				currentRoundTripTime: 0.001,
			}),
		]);
		expect(
			readArrivals(reportOf([stat('candidate-pair', { selected: true, currentRoundTripTime: 0.1 })]))
				.roundTripMs,
		).toBe(100);
		expect(readArrivals(report)).toMatchObject({ roundTripMs: 200, availableOutgoingBps: 800_000 });
		expect(readArrivals(reportOf([]))).toEqual({ count: 0, roundTripMs: null, availableOutgoingBps: null });
	});
});
