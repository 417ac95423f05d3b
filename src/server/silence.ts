/**
 * Tells one who says nothing from a server that has not listened. A process that was held up (paused, swapped out, starved) runs its timers before
 * it reads what has come meanwhile: time alone would have it cut everyone at once.
 */
import type { Clock } from './clock';

export interface Silence {
	/** When they were last heard. */
	readonly heardAt: number;
	hear(): void;
	/** To be called every `lookEveryMs`. True once nothing has been heard for `afterMs`, nor between as many looks as fit in there. */
	look(): boolean;
}

export function createSilence(clock: Clock, afterMs: number, lookEveryMs: number): Silence {
	const looksNeeded = Math.ceil(afterMs / lookEveryMs);
	let heardAt = clock.now();
	let looks = 0;
	return {
		get heardAt() {
			return heardAt;
		},
		hear() {
			heardAt = clock.now();
			looks = 0;
		},
		look() {
			const isSilent = looks >= looksNeeded && clock.now() - heardAt >= afterMs;
			looks += 1;
			return isSilent;
		},
	};
}
