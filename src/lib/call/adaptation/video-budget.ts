/**
 * How large, how smooth and how costly a picture to each participant may be. In a mesh every picture is encoded once for each of the
 * others, so what is right for two people overheats a phone in a call of eight. Pure.
 */

export interface VideoBudget {
	/** The shorter side of the picture, in pixels. */
	shortSideMax: number;
	framesPerSecondMax: number;
	bitrateMaxBps: number;
}

/** A box in device pixels. `cover` crops what does not fit; `contain` shows the whole picture and leaves bars. */
export interface PictureBox {
	width: number;
	height: number;
	fit: 'cover' | 'contain';
}

/** The limit of one sender. */
export interface PictureLimit extends VideoBudget {
	/** Where it is shown; `null` while that is not known. */
	shownIn: PictureBox | null;
}

/** Each row is for up to this many others; the last one is for all larger calls. */
const steps: readonly (VideoBudget & { others: number })[] = [
	{ others: 1, shortSideMax: 720, framesPerSecondMax: 30, bitrateMaxBps: 2_000_000 },
	{ others: 2, shortSideMax: 480, framesPerSecondMax: 30, bitrateMaxBps: 1_000_000 },
	{ others: 4, shortSideMax: 360, framesPerSecondMax: 24, bitrateMaxBps: 600_000 },
	{ others: 7, shortSideMax: 270, framesPerSecondMax: 20, bitrateMaxBps: 350_000 },
	{ others: 11, shortSideMax: 180, framesPerSecondMax: 15, bitrateMaxBps: 200_000 },
	{ others: Infinity, shortSideMax: 180, framesPerSecondMax: 10, bitrateMaxBps: 120_000 },
];

/**
 * The budget of each camera picture when it goes to this many others. A device under encoder load uses the budget of a larger call, as many
 * steps further.
 */
export function videoBudget(others: number, encoderLoad = 0): VideoBudget {
	const fitting = steps.findIndex((step) => others <= step.others);
	const { shortSideMax, framesPerSecondMax, bitrateMaxBps } = steps[
		Math.min(steps.length - 1, fitting + encoderLoad)
	] as VideoBudget;
	return { shortSideMax, framesPerSecondMax, bitrateMaxBps };
}

/** What all copies of a shared screen may cost together, and the most and least for each copy: below `least`, text can't be read. */
const screenBitrate = { together: 5_000_000, most: 2_500_000, least: 400_000 };

/** The budget of each copy of a shared screen: text needs its pixels more than its frames. */
export function screenBudget(others: number, encoderLoad = 0): VideoBudget {
	const share = screenBitrate.together / Math.max(1, others + encoderLoad);
	return {
		shortSideMax: others + encoderLoad <= 4 ? 1_440 : 1_080,
		framesPerSecondMax: others + encoderLoad <= 2 ? 30 : 15,
		bitrateMaxBps: Math.round(Math.min(screenBitrate.most, Math.max(screenBitrate.least, share))),
	};
}

/** No picture can be made of less than this. */
const bitrateLeastBps = 30_000;

/** The parameters of an encoding, as passed to `setParameters` (webrtc-pc, section 5.2). */
export interface PictureEncoding {
	active: boolean;
	/** At least 1. */
	scaleResolutionDownBy: number;
	maxFramerate: number;
	maxBitrate: number;
}

/**
 * The encoding that keeps a picture of this size within a limit. With `null` it is not sent at all. A picture of unknown size is not
 * scaled.
 */
export function encodingWithin(
	limit: PictureLimit | null,
	width: number | undefined,
	height: number | undefined,
): Partial<PictureEncoding> & Pick<PictureEncoding, 'active'> {
	if (!limit) return { active: false };
	const { shortSideMax, framesPerSecondMax, bitrateMaxBps, shownIn } = limit;
	const encoding = { active: true, maxFramerate: framesPerSecondMax };
	if (!width || !height) return { ...encoding, scaleResolutionDownBy: 1, maxBitrate: bitrateMaxBps };
	const byBudget = Math.max(1, Math.min(width, height) / shortSideMax);
	const scale = Math.max(byBudget, shownIn ? shrinkInto(shownIn, width, height) : 1);
	// A smaller picture needs less, but not in proportion: small details are no simpler.
	const bitrate = bitrateMaxBps * (byBudget / scale) ** 1.5;
	return {
		...encoding,
		scaleResolutionDownBy: scale,
		maxBitrate: Math.round(Math.max(Math.min(bitrateLeastBps, bitrateMaxBps), bitrate)),
	};
}

/** Scaling by less than this costs about as much as it saves, and blurs the picture. */
const worthShrinkingBy = 1.2;

function shrinkInto(box: PictureBox, width: number, height: number): number {
	const ratios = [width / box.width, height / box.height];
	const ratio = box.fit === 'cover' ? Math.min(...ratios) : Math.max(...ratios);
	return ratio < worthShrinkingBy ? 1 : ratio;
}
