/**
 * What is wrong with a connection right now, from the rates of its peer. Pure. A list of small detectors. Each has to hold for a while
 * before it counts, and to be gone for a while before it is dropped, so that no mark flickers.
 */
import type { Publications } from '../../protocol';
import type { Finding } from './quality';
import { reportFreshMs, type InboundRates, type OutboundRates, type PeerRates } from './rates';
import { slots } from '../transport/transport';

/** One peer at one moment. */
export interface Situation {
	rates: PeerRates;
	/** What they say they send. */
	theirs: Publications;
	/** What we say we send. */
	ours: Publications;
}

export interface Detector extends Finding {
	/** `active`: it counts already, and goes on counting until things are clearly better. */
	holds(situation: Situation, active: boolean): boolean;
}

/** How many samples in a row it takes until a detector counts, and until it no longer does. */
export const enterSamples = 2;
export const leaveSamples = 3;

const limits = {
	/** Retransmission and error correction hide less than this. */
	loss: { enter: 0.05, leave: 0.03 },
	/** Half of this is the one-way delay at which people begin to interrupt each other (ITU-T G.114). */
	roundTripMs: { enter: 500, leave: 400 },
	jitterMs: { enter: 100, leave: 60 },
	/** A picture of 320 × 180 needs about this much. */
	outgoingBps: { enter: 150_000, leave: 250_000 },
	frozenShare: { enter: 0.25, leave: 0.1 },
	cpuFramesPerSecond: { enter: 12, leave: 15 },
};

export const detectors: readonly Detector[] = [
	{
		cause: 'nothing-received',
		directions: ['receiving'],
		grade: 'lost',
		holds: ({ rates, theirs }) =>
			(theirs.microphone || theirs.camera || theirs.screen) && packetsOf(inbound(rates)) === 0,
	},
	{
		cause: 'nothing-arrives',
		directions: ['sending'],
		grade: 'lost',
		holds({ rates }) {
			// An end that we don't hear from sends no reports either, though it may well receive.
			if (packetsOf(inbound(rates)) === 0) return false;
			const ages = outbound(rates).flatMap(({ reportAgeMs }) => reportAgeMs ?? []);
			return (ages.length > 0 && Math.min(...ages) > reportFreshMs) || lossOf(outbound(rates)) > 0.95;
		},
	},
	{
		cause: 'loss-receiving',
		directions: ['receiving'],
		grade: 'poor',
		holds: ({ rates }, active) => above(lossOf(inbound(rates)), limits.loss, active),
	},
	{
		cause: 'loss-sending',
		directions: ['sending'],
		grade: 'poor',
		holds: ({ rates }, active) => above(lossOf(outbound(rates)), limits.loss, active),
	},
	{
		cause: 'low-bandwidth',
		directions: ['sending'],
		grade: 'poor',
		// Without video nothing probes the path, and the estimate is outdated.
		holds({ rates, ours }, active) {
			const available = rates.path?.availableOutgoingBps ?? null;
			const video = packetsOf(
				[rates.sending.camera, rates.sending.screen].filter((stream) => stream !== null),
			);
			if (available === null || video === 0 || !(ours.camera || ours.screen)) return false;
			return below(available, limits.outgoingBps, active);
		},
	},
	{
		cause: 'slow-round-trip',
		directions: ['receiving', 'sending'],
		grade: 'poor',
		holds: ({ rates }, active) => above(rates.path?.roundTripMs ?? 0, limits.roundTripMs, active),
	},
	{
		cause: 'jitter',
		directions: ['receiving'],
		grade: 'poor',
		holds: ({ rates }, active) => above(rates.receiving.microphone?.jitterMs ?? 0, limits.jitterMs, active),
	},
	{
		cause: 'cpu-limited',
		directions: ['sending'],
		grade: 'poor',
		// Being limited is no fault in itself: the encoder is meant to choose a slightly smaller picture.
		holds({ rates, ours }, active) {
			const camera = rates.sending.camera;
			if (!camera || !ours.camera || camera.packets === 0 || camera.limitation !== 'cpu') return false;
			return below(camera.framesPerSecond ?? 0, limits.cpuFramesPerSecond, active);
		},
	},
	{
		cause: 'frozen-video',
		directions: ['receiving'],
		grade: 'poor',
		// A shared screen stands still whenever nobody touches it.
		holds({ rates, theirs }, active) {
			const camera = rates.receiving.camera;
			if (!camera || !theirs.camera || camera.framesSoFar === 0) return false;
			return camera.frames === 0 || above(camera.frozenShare, limits.frozenShare, active);
		},
	},
];

/**
 * What we remember of one peer between samples, in the order of the detectors: which of them count, and for how many samples they have said
 * the opposite.
 */
export type QualityMemory = ReadonlyMap<Detector, { active: boolean; against: number }>;

export const noMemory: QualityMemory = new Map();

export function remember(memory: QualityMemory, situation: Situation): QualityMemory {
	return new Map(
		detectors.map((detector) => {
			const { active, against } = memory.get(detector) ?? { active: false, against: 0 };
			if (detector.holds(situation, active) === active) return [detector, { active, against: 0 }];
			const turned = against + 1 >= (active ? leaveSamples : enterSamples);
			return [detector, turned ? { active: !active, against: 0 } : { active, against: against + 1 }];
		}),
	);
}

/** The loss of all streams together, weighted by their packets; 0 if nothing is known. */
export function lossOf(streams: readonly (InboundRates | OutboundRates)[]): number {
	let lost = 0;
	let sent = 0;
	for (const { packetsExpected, packetLoss } of streams) {
		if (packetLoss === null) continue;
		lost += packetsExpected * packetLoss;
		sent += packetsExpected;
	}
	return sent > 0 ? lost / sent : 0;
}

export function inbound(rates: PeerRates): InboundRates[] {
	return slots.flatMap((slot) => rates.receiving[slot] ?? []);
}

/** The rates of the streams that send at present. */
export function outbound(rates: PeerRates): OutboundRates[] {
	return slots.flatMap((slot) => rates.sending[slot] ?? []).filter(({ packets }) => packets > 0);
}

function packetsOf(streams: readonly { packets: number }[]): number {
	return streams.reduce((sum, { packets }) => sum + packets, 0);
}

function above(value: number, { enter, leave }: { enter: number; leave: number }, active: boolean): boolean {
	return value >= (active ? leave : enter);
}

function below(value: number, { enter, leave }: { enter: number; leave: number }, active: boolean): boolean {
	return value < (active ? leave : enter);
}
