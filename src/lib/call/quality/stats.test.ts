import { describe, expect, it } from 'vitest';
import { recorded, reportOf, type RecordedStat } from '../../../../tests/support/recorded-stats';
import { ratesBetween, type PeerRates } from './rates';
import { readSample, type StatsReport } from './stats';

function ratesOf([before, after]: StatsReport[]): PeerRates {
	if (!before || !after) throw new Error('two reports were asked for');
	const rates = ratesBetween(readSample(before), readSample(after));
	if (!rates) throw new Error('the reports are of one peer, in this order');
	return rates;
}

function stat(type: string, members: object = {}): RecordedStat {
	return { id: type, type, timestamp: 10_000, ...members };
}

describe('a recorded report', () => {
	it('gives each slot its rates, in both directions', () => {
		const { overMs, receiving, sending } = ratesOf(recorded('good'));
		expect(overMs).toBeGreaterThan(1_990);
		expect(receiving.microphone).toMatchObject({ codec: 'opus', packetLoss: 0, frames: 0 });
		expect(receiving.microphone?.bitrateBps).toBeCloseTo(25_000, -4);
		expect(receiving.camera).toMatchObject({
			codec: 'VP8',
			frameWidth: 640,
			frameHeight: 360,
			framesPerSecond: 20,
			frames: 40,
			freezes: 0,
		});
		expect(sending.camera).toMatchObject({
			codec: 'VP8',
			frameHeight: 360,
			packetLoss: 0,
			limitation: 'none',
		});
		expect(sending.camera?.reportAgeMs).toBeLessThan(1_500);
	});

	it('tells loss from them, as counted here', () => {
		expect(ratesOf(recorded('loss-receiving')).receiving.camera?.packetLoss).toBeCloseTo(0.13, 1);
	});

	it('tells loss to them, as they report it', () => {
		expect(ratesOf(recorded('loss-sending')).sending.camera?.packetLoss).toBeCloseTo(0.2, 1);
	});

	it('shows no picture, codec or jitter of a stream that has stopped', () => {
		expect(ratesOf(recorded('cameras-off')).receiving.camera).toMatchObject({
			bitrateBps: 0,
			frameWidth: null,
			framesPerSecond: null,
			codec: null,
			jitterMs: null,
		});
	});

	it('describes the path in use', () => {
		expect(ratesOf(recorded('slow-round-trip')).path).toMatchObject({ roundTripMs: 601, relayed: false });
		const relayed = recorded('good', ({ type }) =>
			type === 'local-candidate' ? { candidateType: 'relay', relayProtocol: 'tcp' } : {},
		);
		expect(ratesOf(relayed).path).toMatchObject({
			local: 'relay',
			remote: 'host',
			protocol: 'udp',
			relayProtocol: 'tcp',
			relayed: true,
		});
	});
});

describe('samples', () => {
	it('of a fresh peer, which counts from nothing, are not compared with those of the old one', () => {
		const [first, second] = recorded('good').map(readSample);
		if (!first || !second) throw new Error('recorded');
		expect(ratesBetween(second, first)).toBeNull();
		const fresh = { ...first, atMs: second.atMs + 2_000 };
		expect(ratesBetween(second, fresh)).toBeNull();
	});

	it('put the layers of a simulcast together and show the largest picture', () => {
		const layer = (id: string, members: object) =>
			stat('outbound-rtp', { id, mid: '1', kind: 'video', packetsSent: 10, ...members });
		const { sending } = readSample(
			reportOf([
				layer('a', { bytesSent: 100, frameHeight: 180, framesEncoded: 5 }),
				layer('b', { bytesSent: 400, frameHeight: 720, framesEncoded: 5 }),
				stat('remote-inbound-rtp', { localId: 'a', timestamp: 9_000, fractionLost: 0.5, jitter: 0.02 }),
			]),
		);
		expect(sending.camera).toMatchObject({ bytes: 500, packets: 20, frameHeight: 720 });
		expect(sending.camera?.reported).toEqual({ atMs: 9_000, packetLoss: 0.5, jitterMs: 20 });
	});

	it('find the slot by kind where a browser leaves mid out', () => {
		const { receiving } = readSample(
			reportOf([
				stat('inbound-rtp', { id: 'a', kind: 'audio', packetsReceived: 1 }),
				stat('inbound-rtp', { id: 'b', kind: 'video', packetsReceived: 2 }),
			]),
		);
		expect(receiving.microphone?.packets).toBe(1);
		expect(receiving.camera?.packets).toBe(2);
	});

	it('find the path where a browser marks the pair instead of naming it', () => {
		const pair = (id: string, members: object) =>
			stat('candidate-pair', { id, localCandidateId: 'l', remoteCandidateId: 'r', ...members });
		const { path } = readSample(
			reportOf([
				pair('a', { nominated: true, state: 'succeeded', currentRoundTripTime: 1 }),
				pair('b', { selected: true, nominated: true, state: 'succeeded', currentRoundTripTime: 0.05 }),
				stat('local-candidate', { id: 'l', candidateType: 'srflx', protocol: 'udp' }),
				stat('remote-candidate', { id: 'r', candidateType: 'relay' }),
			]),
		);
		expect(path).toMatchObject({ roundTripMs: 50, local: 'srflx', remote: 'relay', relayed: true });
	});

	it('of a peer that has no media and no path yet are empty', () => {
		expect(readSample(reportOf([stat('peer-connection')]))).toMatchObject({
			atMs: 10_000,
			receiving: { microphone: null, camera: null, screen: null, screenAudio: null },
			path: null,
		});
	});

	it('take back a loss that was only lateness', () => {
		const reports = [5, 3].map((packetsLost, index) =>
			reportOf([
				stat('inbound-rtp', {
					timestamp: 1_000 * index,
					mid: '0',
					kind: 'audio',
					packetsReceived: 50 * (index + 1),
					packetsLost,
				}),
			]),
		);
		expect(ratesOf(reports).receiving.microphone?.packetLoss).toBe(0);
	});

	it('do not hold a report of another time against a stream', () => {
		const reports = [0, 1].map((index) =>
			reportOf([
				stat('outbound-rtp', {
					timestamp: 60_000 + 2_000 * index,
					mid: '0',
					kind: 'audio',
					packetsSent: index,
				}),
				stat('remote-inbound-rtp', { localId: 'outbound-rtp', timestamp: 20_000, fractionLost: 1 }),
			]),
		);
		expect(ratesOf(reports).sending.microphone).toMatchObject({ packetLoss: null, reportAgeMs: 42_000 });
	});
});
