/**
 * Statistics as Chromium gave them in a real call over a bad link, every 2 s, trimmed to what is read
 * (`src/lib/call/quality/quality-samples`), and a way to change them into faults that are hard to make.
 */
import camerasOff from '../../src/lib/call/quality/quality-samples/cameras-off.json';
import good from '../../src/lib/call/quality/quality-samples/good.json';
import lossReceiving from '../../src/lib/call/quality/quality-samples/loss-receiving.json';
import lossSending from '../../src/lib/call/quality/quality-samples/loss-sending.json';
import lowBandwidth from '../../src/lib/call/quality/quality-samples/low-bandwidth.json';
import nothingReceived from '../../src/lib/call/quality/quality-samples/nothing-received.json';
import slowRoundTrip from '../../src/lib/call/quality/quality-samples/slow-round-trip.json';
import type { StatsReport } from '../../src/lib/call/quality/stats';

export type RecordedStat = Record<string, unknown> & { id: string; type: string; timestamp: number };

const recordings = {
	'cameras-off': camerasOff,
	good,
	'loss-receiving': lossReceiving,
	'loss-sending': lossSending,
	'low-bandwidth': lowBandwidth,
	'nothing-received': nothingReceived,
	'slow-round-trip': slowRoundTrip,
};

/** Three reports, 2 s apart. `edit` changes each statistic of each report; `index` is the report's. */
export function recorded(
	name: keyof typeof recordings,
	edit: (stat: RecordedStat, index: number) => object = () => ({}),
): StatsReport[] {
	return recordings[name].samples.map((report, index) =>
		reportOf(report.map((stat: RecordedStat) => ({ ...stat, ...edit(stat, index) }))),
	);
}

export function reportOf(stats: RecordedStat[]): StatsReport {
	return { forEach: (visit) => stats.forEach((stat) => visit(stat as unknown as RTCStats)) };
}
