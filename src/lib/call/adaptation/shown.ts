/**
 * What this page shows of each participant, and what we tell them about it: we ask for no more pixels than are shown, and for no picture
 * that nobody sees. Pure.
 */
import type { ParticipantId, PictureConstraint, ReceiverConstraints } from '../../protocol';
import { saverShare } from './data-saver';

/** A box on the screen in device pixels; 0 by 0 where it can't be seen. */
export interface ShownBox {
	width: number;
	height: number;
}

/** The boxes of one participant's pictures on the screen. */
export interface Shown {
	camera: ShownBox | null;
	screen: ShownBox | null;
}

/** By participant. A participant who is missing is not seen. */
export type ShownAll = ReadonlyMap<ParticipantId, Shown>;

/** Sizes are rounded up to powers of this, so that dragging a window larger asks a few times and not at every pixel. */
const step = 1.25;
const sizeMax = 16_384;

function roundUp(size: number): number {
	return Math.min(sizeMax, Math.ceil(step ** Math.ceil(Math.log(Math.max(1, size)) / Math.log(step) - 1e-9)));
}

function constraint(
	box: ShownBox | null | undefined,
	bitrateMaxBps: number | null,
): PictureConstraint | null {
	if (!box || box.width < 1 || box.height < 1) return null;
	return { width: roundUp(box.width), height: roundUp(box.height), bitrateMaxBps };
}

/**
 * What to tell one of `others` participants.
 * @param screens how many of them share a screen
 * @param saves whether data is saved here
 */
export function receiverConstraints(
	shown: Shown | undefined,
	{ others, screens, saves }: { others: number; screens: number; saves: boolean },
): ReceiverConstraints {
	if (!saves) {
		return {
			camera: constraint(shown?.camera, null),
			screen: constraint(shown?.screen, null),
			voiceBitrateMaxBps: null,
		};
	}
	const share = saverShare(others, screens);
	return {
		camera: share.camera && constraint(shown?.camera, share.camera.bitrateMaxBps),
		screen: constraint(shown?.screen, share.screen.bitrateMaxBps),
		voiceBitrateMaxBps: share.voiceBitrateMaxBps,
	};
}

export function sameConstraints(a: ReceiverConstraints | null, b: ReceiverConstraints | null): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether something becomes visible that was not: that can't wait. */
export function asksForMore(before: ReceiverConstraints | null, next: ReceiverConstraints): boolean {
	return (!before?.camera && next.camera !== null) || (!before?.screen && next.screen !== null);
}
