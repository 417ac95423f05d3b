/**
 * Who is speaking, from samples of loudness. Two thresholds prevent flicker, a second loud sample is needed because of clicks, and a hold
 * time covers the pauses between words. Pure; the caller decides where the levels come from.
 */

/** Linear levels, 0 to 1, like `audioLevel` in WebRTC statistics: quiet speech is about 0.03, a still room 0.003. */
export const speakingFrom = 0.02;
export const quietBelow = 0.01;
/** A keystroke, or a cup put down, is shorter than this. */
export const onsetMs = 150;
/** Pauses inside a sentence are shorter than this. */
export const holdMs = 900;

export interface Speaker {
	speaking: boolean;
	/** Since when it has been loud without a break; `null` while it isn't. In milliseconds of the caller's clock. */
	loudSinceMs: number | null;
	/** When it was last above the lower threshold. */
	heardAtMs: number;
}

export const silentSpeaker: Speaker = { speaking: false, loudSinceMs: null, heardAtMs: -Infinity };

/** The state after one more sample. Samples may come at any pace; about five a second look right. */
export function hear(before: Speaker, level: number, nowMs: number): Speaker {
	const loudSinceMs = level >= speakingFrom ? (before.loudSinceMs ?? nowMs) : null;
	const heardAtMs = level >= quietBelow ? nowMs : before.heardAtMs;
	const speaking = before.speaking
		? nowMs - heardAtMs < holdMs
		: loudSinceMs !== null && nowMs - loudSinceMs >= onsetMs;
	return { speaking, loudSinceMs, heardAtMs };
}

/**
 * The same for everyone at once. A participant without a sample this time (no track, muted, gone) is forgotten, so that they are shown
 * silent at once.
 */
export function hearAll<Id>(
	before: ReadonlyMap<Id, Speaker>,
	levels: ReadonlyMap<Id, number>,
	nowMs: number,
): Map<Id, Speaker> {
	const after = new Map<Id, Speaker>();
	for (const [id, level] of levels) after.set(id, hear(before.get(id) ?? silentSpeaker, level, nowMs));
	return after;
}
