/**
 * Calls on little data: how much everything together may use, and how it is shared out. Voices come first, then shared screens, then faces.
 * Pure.
 */
import type { DataSaverPreference } from '../../preferences/preferences';
import type { VideoBudget } from './video-budget';

/** What a person with data saver on sends to all the others together, in bits a second with every header. The same holds for receiving. */
export const dataSaverBudgetBps = 400_000;

/** The overhead of one sound stream: 50 packets a second, each with the headers of IP, UDP, RTP and its encryption, some 58 bytes. */
const soundOverheadBps = 50 * 58 * 8;
/** Opus sounds good at the first rate, and can be understood at the second. */
const voice = { usualBps: 20_000, manyBps: 10_000, many: 7 };
/** Encoders overshoot, lost packets are sent again, and packets have headers. */
const pictureShare = 0.7;
const screenBps = { least: 30_000, most: 250_000 };
/** With less than this we show no face at all, rather than a blur. */
const faceLeastBps = 40_000;

export interface SaverShare {
	voiceBitrateMaxBps: number;
	/** For each camera picture; `null` where nothing is left for any. */
	camera: VideoBudget | null;
	screen: VideoBudget;
}

/**
 * What each stream may cost in one direction. With more than five others, our own shared screen goes beyond the budget: it never gets less
 * than it needs to be readable.
 * @param others how many others there are, each with a voice and a face
 * @param screens how many screen pictures there are: those we receive, or as many copies as we send of our own
 */
export function saverShare(others: number, screens: number): SaverShare {
	const voiceBitrateMaxBps = others < voice.many ? voice.usualBps : voice.manyBps;
	const left = Math.max(0, dataSaverBudgetBps - others * (voiceBitrateMaxBps + soundOverheadBps));
	const pictures = left * pictureShare;
	const eachScreen =
		screens > 0
			? Math.round(Math.min(screenBps.most, Math.max(screenBps.least, pictures / screens)))
			: screenBps.most;
	const eachFace = Math.max(0, pictures - screens * eachScreen) / Math.max(1, others);
	return {
		voiceBitrateMaxBps,
		camera: eachFace < faceLeastBps ? null : pictureFor(Math.round(eachFace)),
		screen: { shortSideMax: 720, framesPerSecondMax: 5, bitrateMaxBps: eachScreen },
	};
}

/** The largest and smoothest face that this bitrate can carry without visible blocks. */
function pictureFor(bitrateMaxBps: number): VideoBudget {
	if (bitrateMaxBps >= 200_000) return { shortSideMax: 360, framesPerSecondMax: 20, bitrateMaxBps };
	if (bitrateMaxBps >= 100_000) return { shortSideMax: 270, framesPerSecondMax: 15, bitrateMaxBps };
	return { shortSideMax: 180, framesPerSecondMax: 12, bitrateMaxBps };
}

/** Why data is saved. */
export type DataSaverReason = 'chosen' | 'system' | 'poor-line';

/** Data is saved once the connection has been poor for this long. */
export const poorLineMs = 10_000;

export interface LineMemory {
	poorSinceMs: number | null;
	/**
	 * Stays on for as long as we are on this network: with less data the connection looks good, and sending more would only spoil it again.
	 */
	saving: boolean;
}

export const freshLine: LineMemory = { poorSinceMs: null, saving: false };

export function watchLine(before: LineMemory, poor: boolean, nowMs: number): LineMemory {
	if (before.saving) return before;
	if (!poor) return before.poorSinceMs === null ? before : freshLine;
	const poorSinceMs = before.poorSinceMs ?? nowMs;
	if (nowMs - poorSinceMs >= poorLineMs) return { poorSinceMs, saving: true };
	return before.poorSinceMs === null ? { poorSinceMs, saving: false } : before;
}

/** `null` when it is off. */
export function dataSaverReason(
	preference: DataSaverPreference,
	systemAsks: boolean,
	line: LineMemory,
): DataSaverReason | null {
	if (preference === 'off') return null;
	if (preference === 'on') return 'chosen';
	if (systemAsks) return 'system';
	return line.saving ? 'poor-line' : null;
}
