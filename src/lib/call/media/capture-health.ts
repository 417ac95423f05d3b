/**
 * Does a captured track still give anything? Judged by counts of what the device has delivered, one sample after another. Pure. Silence and
 * a covered lens are something: a live microphone delivers samples whatever it hears. A capture that died quietly, as happens on some
 * phones after a phone call, delivers nothing while its track says that it is live.
 */
import type { StatsReport } from '../quality/stats';

/** Short enough that the others are told within a second, counting the time the notice takes to reach them. */
export const healthIntervalMs = 200;
/** In the dark a camera may give only four frames a second; fewer than one in this time counts as none. */
const starvedAfterMs = 600;
/** This many samples in a row, because one late timer after a busy moment proves nothing. */
const starvedSamples = 3;
/** A newly opened device may need this long for its first frame. */
const startPatienceMs = 2_500;

export interface CaptureSample {
	trackId: string;
	/** Video frames, or any measure of sound that grows; `null` where the browser doesn't say. */
	delivered: number | null;
	atMs: number;
}

export interface CaptureHealth {
	trackId: string;
	delivered: number;
	/** Whether something has been delivered since the first sample of this track. */
	moved: boolean;
	/** When we last saw a delivery, or else took the first sample. */
	sinceMs: number;
	idleSamples: number;
}

/** `waiting`: nothing new, and too early to say. `unknown`: no evidence either way. */
export type Flow = 'unknown' | 'waiting' | 'flows' | 'starved';

export function judgeCapture(
	before: CaptureHealth | null,
	{ trackId, delivered, atMs }: CaptureSample,
): { health: CaptureHealth | null; flow: Flow } {
	if (delivered === null) return { health: null, flow: 'unknown' };
	// It is another track, or the count has started over.
	if (before?.trackId !== trackId || delivered < before.delivered) {
		const health = { trackId, delivered, moved: false, sinceMs: atMs, idleSamples: 0 };
		return { health, flow: 'waiting' };
	}
	if (delivered > before.delivered) {
		return { health: { trackId, delivered, moved: true, sinceMs: atMs, idleSamples: 0 }, flow: 'flows' };
	}
	const health = { ...before, idleSamples: before.idleSamples + 1 };
	const limitMs = health.moved ? starvedAfterMs : startPatienceMs;
	if (health.idleSamples >= starvedSamples && atMs - health.sinceMs >= limitMs) {
		return { health, flow: 'starved' };
	}
	return { health, flow: 'waiting' };
}

/** The members read here (W3C webrtc-stats, sections 8.3 and 8.7 to 8.9). Each may be missing in some browser. */
interface Stat extends RTCStats {
	trackIdentifier?: string;
	mediaSourceId?: string;
	frames?: number;
	totalSamplesDuration?: number;
	framesSent?: number;
	packetsSent?: number;
}

/**
 * How much of this track its device has delivered, by the report of a peer that sends it: frames, or seconds of sound; if the source isn't
 * counted, what was sent of it. `null` when the report doesn't mention it.
 */
export function deliveredIn(report: StatsReport, trackId: string): number | null {
	const stats: Stat[] = [];
	report.forEach((stat) => void stats.push(stat));
	const source = stats.find((stat) => stat.type === 'media-source' && stat.trackIdentifier === trackId);
	if (!source) return null;
	const counted = source.frames ?? source.totalSamplesDuration;
	if (counted !== undefined) return counted;
	const sent = stats.find((stat) => stat.type === 'outbound-rtp' && stat.mediaSourceId === source.id);
	return sent?.framesSent ?? sent?.packetsSent ?? null;
}
