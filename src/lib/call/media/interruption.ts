/**
 * What we tell the others while a microphone or camera that should be on gives nothing, and what we tell the person when it is back. Pure
 * but for the timer that gathers two returns into one line.
 */
import type { Interruption } from '../../protocol';
import type { CaptureSource } from './media-state';
import type { Clock, Unsubscribe } from '../../platform/platform';
import type { LocalMediaSnapshot, LocalSource } from './media-state';

/** We say nothing about an interruption shorter than this. */
const worthTellingMs = 1_000;
/** Microphone and camera come back one after the other; we wait this long for the second. */
const gatherMs = 700;

/** It has given something since it was switched on, and gives nothing now. A source that never gave anything counts as off. */
export function isInterrupted({ state, failure }: LocalSource): boolean {
	return state === 'failed' && (failure?.code === 'interrupted' || failure?.code === 'lost');
}

/** `hidden`: the page is not shown, for example while a phone shows another app. */
export function interruptionOf(
	{ microphone, camera }: Pick<LocalMediaSnapshot, CaptureSource>,
	hidden: boolean,
): Interruption {
	const either = isInterrupted(microphone) || isInterrupted(camera);
	return {
		microphone: isInterrupted(microphone),
		camera: isInterrupted(camera),
		background: either && hidden,
	};
}

export interface ReturnNews {
	handleMedia(media: Pick<LocalMediaSnapshot, CaptureSource>): void;
	close(): void;
}

/** Tells once, in one line, what is back after an interruption. */
export function createReturnNews(clock: Clock, tell: (sources: CaptureSource[]) => void): ReturnNews {
	const since = new Map<CaptureSource, number>();
	const back = new Set<CaptureSource>();
	let cancel: Unsubscribe = () => {};

	function handleSource(source: CaptureSource, shown: LocalSource): void {
		if (isInterrupted(shown)) {
			back.delete(source);
			if (!since.has(source)) since.set(source, clock.now());
			return;
		}
		if (shown.state === 'off') back.delete(source);
		const began = since.get(source);
		if (began === undefined) return;
		// Between the loss of a device and its replacement, it is neither interrupted nor back.
		if (shown.state === 'starting') return;
		since.delete(source);
		if (shown.state !== 'on' || clock.now() - began < worthTellingMs) return;
		back.add(source);
		cancel();
		cancel = clock.after(gatherMs, () => {
			if (back.size > 0) tell((['microphone', 'camera'] as const).filter((one) => back.has(one)));
			back.clear();
		});
	}

	return {
		handleMedia({ microphone, camera }) {
			handleSource('microphone', microphone);
			handleSource('camera', camera);
		},
		close: () => cancel(),
	};
}
