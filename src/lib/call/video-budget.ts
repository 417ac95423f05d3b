/**
 * How large, how smooth and how costly the camera's picture to each participant may be. In a mesh every picture is encoded once
 * for each of the others, so that what is right for two melts a phone with eight. Pure.
 */

export interface VideoBudget {
	/** The shorter side of the picture, in pixels. */
	shortSideMax: number;
	framesPerSecondMax: number;
	bitrateMaxBps: number;
}

/** For this many others at the most; the last one holds for all above. */
const steps: readonly (VideoBudget & { others: number })[] = [
	{ others: 1, shortSideMax: 720, framesPerSecondMax: 30, bitrateMaxBps: 2_000_000 },
	{ others: 2, shortSideMax: 480, framesPerSecondMax: 30, bitrateMaxBps: 1_000_000 },
	{ others: 4, shortSideMax: 360, framesPerSecondMax: 24, bitrateMaxBps: 600_000 },
	{ others: 7, shortSideMax: 270, framesPerSecondMax: 20, bitrateMaxBps: 350_000 },
	{ others: Infinity, shortSideMax: 180, framesPerSecondMax: 15, bitrateMaxBps: 200_000 },
];

/** The budget of each picture when it goes to this many others. */
export function videoBudget(others: number): VideoBudget {
	const step = steps.find((candidate) => others <= candidate.others) ?? steps[steps.length - 1];
	const { shortSideMax, framesPerSecondMax, bitrateMaxBps } = step as VideoBudget;
	return { shortSideMax, framesPerSecondMax, bitrateMaxBps };
}

/**
 * By how much to scale a picture down so that it keeps within a budget (`scaleResolutionDownBy`, webrtc-pc §5.2: at least 1).
 * A picture of unknown size is left as it is.
 */
export function scaleDownBy(
	{ shortSideMax }: VideoBudget,
	width: number | undefined,
	height: number | undefined,
): number {
	if (!width || !height) return 1;
	return Math.max(1, Math.min(width, height) / shortSideMax);
}
