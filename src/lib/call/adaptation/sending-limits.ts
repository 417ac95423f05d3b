/**
 * How much is sent to one participant. The number of others, this device, our data saver and what the other end says it can use each set a
 * limit, and the lowest one counts. Pure.
 */
import type { ReceiverConstraints } from '../../protocol';
import type { SaverShare } from './data-saver';
import { screenBudget, videoBudget, type PictureLimit, type VideoBudget } from './video-budget';

/** The same for everyone we send to. */
export interface SendingConditions {
	/** How many participants we send to. */
	others: number;
	/** How many steps this device is behind with its encoding; 0 when it keeps up. */
	encoderLoad: number;
	/** Our own share, for what we send; `null` while data is not saved. */
	saver: SaverShare | null;
}

export interface SendingLimits {
	/** `null`: not sent at all. */
	camera: PictureLimit | null;
	screen: PictureLimit | null;
	/** `null`: the browser decides. */
	voiceBitrateMaxBps: number | null;
}

/** @param receiver what they can use; `null` until they have said so, which older clients never do */
export function sendingLimits(
	{ others, encoderLoad, saver }: SendingConditions,
	receiver: ReceiverConstraints | null,
): SendingLimits {
	const camera = saver
		? saver.camera && least(saver.camera, videoBudget(others, encoderLoad))
		: videoBudget(others, encoderLoad);
	const screen = least(saver?.screen ?? screenBudget(others, encoderLoad), screenBudget(others, encoderLoad));
	const voices = [saver?.voiceBitrateMaxBps, receiver?.voiceBitrateMaxBps].filter((bps) => bps != null);
	return {
		camera: pictureLimit(camera, receiver && receiver.camera, receiver !== null, 'cover'),
		screen: pictureLimit(screen, receiver && receiver.screen, receiver !== null, 'contain'),
		voiceBitrateMaxBps: voices.length > 0 ? Math.min(...voices) : null,
	};
}

function pictureLimit(
	budget: VideoBudget | null,
	shown: ReceiverConstraints['camera'],
	known: boolean,
	fit: 'cover' | 'contain',
): PictureLimit | null {
	if (!budget || (known && !shown)) return null;
	if (!shown) return { ...budget, shownIn: null };
	const { width, height, bitrateMaxBps } = shown;
	return {
		...budget,
		bitrateMaxBps: Math.min(budget.bitrateMaxBps, bitrateMaxBps ?? Infinity),
		shownIn: { width, height, fit },
	};
}

function least(a: VideoBudget, b: VideoBudget): VideoBudget {
	return {
		shortSideMax: Math.min(a.shortSideMax, b.shortSideMax),
		framesPerSecondMax: Math.min(a.framesPerSecondMax, b.framesPerSecondMax),
		bitrateMaxBps: Math.min(a.bitrateMaxBps, b.bitrateMaxBps),
	};
}
