import { describe, expect, it } from 'vitest';
import { recorded, type RecordedStat } from '../../../tests/support/recorded-stats';
import { ratesBetween } from '../call/quality/rates';
import { readSample, type StatsReport } from '../call/quality/stats';
import { numberRows } from './connection-numbers';

function rows([before, after]: StatsReport[]) {
	const rates = before && after && ratesBetween(readSample(before), readSample(after));
	if (!rates) throw new Error('recorded');
	return Object.fromEntries(
		numberRows(rates).map((row) => [row.name, 'both' in row ? row.both : [row.received, row.sent]]),
	);
}

describe('the table of one connection', () => {
	it('writes every number with its unit', () => {
		expect(rows(recorded('good'))).toEqual({
			Video: ['\u2066640 × 360\u2069, 20\u00a0fps', '\u2066640 × 360\u2069, 20\u00a0fps'],
			Codecs: ['Opus, VP8', 'Opus, VP8'],
			Bitrate: ['213 kbit/s', '233 kbit/s'],
			Lost: ['0%', '0%'],
			Jitter: ['1 ms', '1 ms'],
			Capacity: ['–', '3.6 Mbit/s'],
			'Round trip': '4 ms',
			Path: 'Direct, UDP',
		});
	});

	it('shows a screen only where one is shared', () => {
		const shared = recorded('good', ({ mid, type }) =>
			mid === '2' && type === 'inbound-rtp'
				? { frameWidth: 1920, frameHeight: 1080, framesPerSecond: 5 }
				: {},
		);
		expect(rows(shared)).not.toHaveProperty('Screen');
		const moving = recorded('good', ({ mid, type }, index) =>
			mid === '2' && type === 'inbound-rtp'
				? { frameWidth: 1920, frameHeight: 1080, framesPerSecond: 5, packetsReceived: index * 50 }
				: {},
		);
		expect(rows(moving)['Screen']).toEqual(['\u20661920 × 1080\u2069, 5\u00a0fps', 'none']);
	});

	it('says where nothing is sent and where nothing is known', () => {
		const quiet = rows(recorded('nothing-received'));
		expect(quiet['Video']?.[0]).toBe('none');
		expect(quiet['Codecs']?.[0]).toBe('none');
		expect(quiet['Lost']?.[0]).toBe('–');
	});

	it('tells whose relay it goes through', () => {
		const relay = (side: string, members: object) =>
			recorded('good', ({ type }: RecordedStat) =>
				type === `${side}-candidate` ? { candidateType: 'relay', ...members } : {},
			);
		expect(rows(relay('local', { relayProtocol: 'tls' }))['Path']).toBe('Through a relay, TLS');
		expect(rows(relay('remote', {}))['Path']).toBe('Through their relay');
	});
});
