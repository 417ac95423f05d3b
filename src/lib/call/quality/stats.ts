/**
 * What a peer's statistics say at one moment, narrowed to what is used and with units in the names (W3C webrtc-stats, section 8). Pure.
 * Most of it counts from the peer's beginning; `rates.ts` compares two samples.
 */
import { slots, type Slot } from '../transport/transport';

/** The part of `RTCStatsReport` that is read, so that a recorded one will do. */
export interface StatsReport {
	forEach(visit: (stat: RTCStats) => void): void;
}

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';
export type Limitation = 'none' | 'cpu' | 'bandwidth' | 'other';

export interface StreamSample {
	bytes: number;
	packets: number;
	/** All frames so far: decoded for what is received, encoded for what is sent. 0 for sound. */
	frames: number;
	framesPerSecond: number | null;
	frameWidth: number | null;
	frameHeight: number | null;
	/** As in `VP8` or `opus`; `null` until it is known. */
	codec: string | null;
}

export interface InboundSample extends StreamSample {
	packetsLost: number;
	jitterMs: number;
	freezes: number;
	freezeMs: number;
}

export interface OutboundSample extends StreamSample {
	limitation: Limitation;
	/** What the other end last reported on this stream; `null` before its first report. */
	reported: { atMs: number; packetLoss: number; jitterMs: number | null } | null;
}

export interface Path {
	roundTripMs: number | null;
	/** What the sender believes the path carries, all streams together. Says little while no video is sent. */
	availableOutgoingBps: number | null;
	local: CandidateType | null;
	remote: CandidateType | null;
	/** Between the two candidates. Between us and our own relay it may be another. */
	protocol: 'udp' | 'tcp' | null;
	relayProtocol: 'udp' | 'tcp' | 'tls' | null;
	relayed: boolean;
}

export interface PeerSample {
	/** The time of the report, in milliseconds since the epoch. */
	atMs: number;
	receiving: Record<Slot, InboundSample | null>;
	sending: Record<Slot, OutboundSample | null>;
	path: Path | null;
}

/** The members that are read here, out of several dictionaries. Each may be missing in some browser. */
export interface Stat extends RTCStats {
	mid?: string;
	kind?: string;
	codecId?: string;
	mimeType?: string;
	localId?: string;
	bytesReceived?: number;
	bytesSent?: number;
	packetsReceived?: number;
	packetsSent?: number;
	packetsLost?: number;
	fractionLost?: number;
	jitter?: number;
	framesDecoded?: number;
	framesEncoded?: number;
	framesPerSecond?: number;
	frameWidth?: number;
	frameHeight?: number;
	freezeCount?: number;
	totalFreezesDuration?: number;
	qualityLimitationReason?: Limitation;
	selectedCandidatePairId?: string;
	selected?: boolean;
	nominated?: boolean;
	state?: string;
	localCandidateId?: string;
	remoteCandidateId?: string;
	currentRoundTripTime?: number;
	availableOutgoingBitrate?: number;
	candidateType?: CandidateType;
	protocol?: 'udp' | 'tcp';
	relayProtocol?: 'udp' | 'tcp' | 'tls';
}

export function readSample(report: StatsReport): PeerSample {
	const byId = new Map<string, Stat>();
	const reported = new Map<string, Stat>();
	report.forEach((stat: Stat) => {
		byId.set(stat.id, stat);
		if (stat.type === 'remote-inbound-rtp' && stat.localId !== undefined) reported.set(stat.localId, stat);
	});
	const sample: PeerSample = { atMs: 0, receiving: noStreams(), sending: noStreams(), path: readPath(byId) };
	for (const stat of byId.values()) {
		// Reports of the other end carry the time at which they arrived.
		if (!stat.type.startsWith('remote-')) sample.atMs = Math.max(sample.atMs, stat.timestamp);
		const slot = slotOf(stat);
		if (stat.type === 'inbound-rtp') {
			sample.receiving[slot] = addInbound(sample.receiving[slot], readInbound(stat, byId));
		} else if (stat.type === 'outbound-rtp') {
			sample.sending[slot] = addOutbound(
				sample.sending[slot],
				readOutbound(stat, byId, reported.get(stat.id)),
			);
		}
	}
	return sample;
}

/**
 * The transceivers are made in the order of the slots, and every browser numbers them from 0 in `mid`. If a browser leaves `mid` out, the
 * kind decides, and a screen counts as a camera.
 */
function slotOf({ mid, kind }: Stat): Slot {
	return (mid !== undefined && slots[Number(mid)]) || (kind === 'audio' ? 'microphone' : 'camera');
}

function readInbound(stat: Stat, byId: ReadonlyMap<string, Stat>): InboundSample {
	return {
		...readStream(stat, byId),
		bytes: stat.bytesReceived ?? 0,
		packets: stat.packetsReceived ?? 0,
		frames: stat.framesDecoded ?? 0,
		packetsLost: stat.packetsLost ?? 0,
		jitterMs: inMs(stat.jitter) ?? 0,
		freezes: stat.freezeCount ?? 0,
		freezeMs: inMs(stat.totalFreezesDuration) ?? 0,
	};
}

function readOutbound(
	stat: Stat,
	byId: ReadonlyMap<string, Stat>,
	reported: Stat | undefined,
): OutboundSample {
	return {
		...readStream(stat, byId),
		bytes: stat.bytesSent ?? 0,
		packets: stat.packetsSent ?? 0,
		frames: stat.framesEncoded ?? 0,
		limitation: stat.qualityLimitationReason ?? 'none',
		reported: reported
			? {
					atMs: reported.timestamp,
					packetLoss: reported.fractionLost ?? 0,
					jitterMs: inMs(reported.jitter),
				}
			: null,
	};
}

function readStream(stat: Stat, byId: ReadonlyMap<string, Stat>) {
	return {
		framesPerSecond: stat.framesPerSecond ?? null,
		frameWidth: stat.frameWidth ?? null,
		frameHeight: stat.frameHeight ?? null,
		codec: byId.get(stat.codecId ?? '')?.mimeType?.split('/')[1] ?? null,
	};
}

/** Adds up the layers of a simulcast, or two generations of one stream, and shows the largest picture. */
function addStream<T extends StreamSample>(a: T, b: T): T {
	const larger = (b.frameHeight ?? 0) > (a.frameHeight ?? 0) ? b : a;
	return { ...larger, bytes: a.bytes + b.bytes, packets: a.packets + b.packets, frames: a.frames + b.frames };
}

function addInbound(a: InboundSample | null, b: InboundSample): InboundSample {
	if (!a) return b;
	return {
		...addStream(a, b),
		packetsLost: a.packetsLost + b.packetsLost,
		jitterMs: Math.max(a.jitterMs, b.jitterMs),
		freezes: a.freezes + b.freezes,
		freezeMs: a.freezeMs + b.freezeMs,
	};
}

function addOutbound(a: OutboundSample | null, b: OutboundSample): OutboundSample {
	if (!a) return b;
	const latest = (b.reported?.atMs ?? 0) > (a.reported?.atMs ?? 0) ? b : a;
	return { ...addStream(a, b), reported: latest.reported };
}

function readPath(byId: ReadonlyMap<string, Stat>): Path | null {
	const pair = selectedPair(byId);
	if (!pair) return null;
	const local = byId.get(pair.localCandidateId ?? '');
	const remote = byId.get(pair.remoteCandidateId ?? '');
	return {
		roundTripMs: inMs(pair.currentRoundTripTime),
		availableOutgoingBps: pair.availableOutgoingBitrate ?? null,
		local: local?.candidateType ?? null,
		remote: remote?.candidateType ?? null,
		protocol: local?.protocol ?? null,
		relayProtocol: local?.relayProtocol ?? null,
		relayed: local?.candidateType === 'relay' || remote?.candidateType === 'relay',
	};
}

/** Firefox has no `transport` statistics and marks the pair instead. */
function selectedPair(byId: ReadonlyMap<string, Stat>): Stat | undefined {
	const all = [...byId.values()];
	const chosen = all.find((stat) => stat.type === 'transport')?.selectedCandidatePairId;
	if (chosen !== undefined) return byId.get(chosen);
	const pairs = all.filter(({ type }) => type === 'candidate-pair');
	return (
		pairs.find(({ selected }) => selected) ??
		pairs.find(({ nominated, state }) => nominated && state === 'succeeded')
	);
}

function inMs(seconds: number | undefined): number | null {
	return seconds === undefined ? null : seconds * 1000;
}

export function noStreams(): Record<Slot, null> {
	return { microphone: null, camera: null, screen: null, screenAudio: null };
}
