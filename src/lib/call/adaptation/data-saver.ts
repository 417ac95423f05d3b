/**
 * Calls on little data: what everything together may cost, and who gets it. Voices first, then shared screens, then faces. Pure.
 */
import type { DataSaverPreference } from '../../preferences/preferences';
import type { VideoBudget } from './video-budget';

/** What a person with data saver on sends to all the others together, in bits a second with every header; and so for receiving. */
export const dataSaverBudgetBps = 400_000;

/** Of sound, beside its payload: 50 packets a second, each with the headers of IP, UDP, RTP and its encryption, some 58 bytes. */
const soundOverheadBps = 50 * 58 * 8;
/** Opus speaks well at the first and is understood at the second. */
const voice = { usualBps: 20_000, manyBps: 10_000, many: 7 };
/** Encoders overshoot, lost packets are sent again, and packets have headers. */
const pictureShare = 0.7;
const screenBps = { least: 30_000, most: 250_000 };
/** With less, no face is shown rather than a smear. */
const faceLeastBps = 40_000;

export interface SaverShare {
	voiceBitrateMaxBps: number;
	/** Of each picture; `null` where nothing is left for any. */
	camera: VideoBudget | null;
	screen: VideoBudget;
}

/**
 * What each stream may cost in one direction. Above five others a screen that one shares oneself costs more than the budget has:
 * its share is never less than it takes to be seen.
 * @param others how many voices, and faces, there are
 * @param screens how many pictures of screens: those received, or of one's own as many as are sent
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

/** The largest and smoothest face that this much makes without blocks. */
function pictureFor(bitrateMaxBps: number): VideoBudget {
	if (bitrateMaxBps >= 200_000) return { shortSideMax: 360, framesPerSecondMax: 20, bitrateMaxBps };
	if (bitrateMaxBps >= 100_000) return { shortSideMax: 270, framesPerSecondMax: 15, bitrateMaxBps };
	return { shortSideMax: 180, framesPerSecondMax: 12, bitrateMaxBps };
}

/** Why it is on. */
export type DataSaverReason = 'chosen' | 'system' | 'poor-line';

/** A line that is poor for so long is saved on. */
export const poorLineMs = 10_000;

export interface LineMemory {
	poorSinceMs: number | null;
	/** On for the rest of this network: on less the line looks well, and more would only spoil it again. */
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
