/** When the frames of a tile are shown, by the machine's clock, so that a fault made outside the page can be timed in it. */
import type { Person } from './person';

export interface FrameWatch {
	/** The longest time without a frame since the watch began, up to now, in milliseconds. */
	longestGapMs(): Promise<number>;
	/**
	 * How long after `sinceMs` (milliseconds since the epoch) frames flow again: the end of the longest gap since then. Waits until
	 * they do, at most `withinMs`; `Infinity` when they don't.
	 */
	backAfterMs(sinceMs: number, withinMs: number): Promise<number>;
}

/** Frames that must follow each other closely until they count as flowing. */
const run = { frames: 5, gapMs: 450 };

/** Runs in a page: when this `<video>` shows frames, from now on and with now for a beginning, in milliseconds since the epoch. */
export function noteFrames(video: Element): number[] {
	const shown: number[] = [performance.timeOrigin + performance.now()];
	const watch = () => {
		shown.push(performance.timeOrigin + performance.now());
		(video as HTMLVideoElement).requestVideoFrameCallback(watch);
	};
	(video as HTMLVideoElement).requestVideoFrameCallback(watch);
	return shown;
}

/** Runs in a page: the longest time between two of these, or since the last. */
export function longestGapMs(shown: number[]): number {
	const until = [...shown.slice(1), performance.timeOrigin + performance.now()];
	return Math.max(...until.map((time, index) => time - (shown[index] as number)));
}

export async function watchFrames(person: Person, of: string): Promise<FrameWatch> {
	const video = person.tile(of).first().locator('video').first();
	const times = await video.evaluateHandle(noteFrames);
	return {
		longestGapMs: () => times.evaluate(longestGapMs),
		backAfterMs: (sinceMs, withinMs) =>
			times.evaluate(
				async (shown, { sinceMs, withinMs, run }) => {
					const deadline = sinceMs + withinMs;
					const flows = () => {
						const last = shown.slice(-run.frames);
						const now = performance.timeOrigin + performance.now();
						return (
							last.length === run.frames &&
							(last[0] as number) > sinceMs &&
							[...last.slice(1), now].every((time, index) => time - (last[index] as number) < run.gapMs)
						);
					};
					// What was under way when the fault began is still shown: only a while later is the flow that of after it.
					while (Date.now() < sinceMs + 1_000 || !flows()) {
						if (Date.now() > deadline) return Infinity;
						await new Promise((resolve) => setTimeout(resolve, 50));
					}
					let longest = { gap: 0, end: sinceMs };
					shown.forEach((time, index) => {
						const gap = time - (shown[index - 1] ?? time);
						if (time > sinceMs && gap > longest.gap) longest = { gap, end: time };
					});
					return longest.end - sinceMs;
				},
				{ sinceMs, withinMs, run },
			),
	};
}
