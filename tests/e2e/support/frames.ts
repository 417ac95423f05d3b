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

export async function watchFrames(person: Person, of: string): Promise<FrameWatch> {
	const video = person.tile(of).first().locator('video').first();
	const times = await video.evaluateHandle((element) => {
		const shown: number[] = [performance.timeOrigin + performance.now()];
		const watch = () => {
			shown.push(performance.timeOrigin + performance.now());
			(element as HTMLVideoElement).requestVideoFrameCallback(watch);
		};
		(element as HTMLVideoElement).requestVideoFrameCallback(watch);
		return shown;
	});
	return {
		longestGapMs: () =>
			times.evaluate((shown) => {
				const until = [...shown.slice(1), performance.timeOrigin + performance.now()];
				return Math.max(...until.map((time, index) => time - (shown[index] as number)));
			}),
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
