/**
 * Tells a silent client from a stalled server. A process that was held up (paused, swapped out, starved) runs its timers before it reads
 * what has come meanwhile, so if only time counted, it would cut everyone at once.
 */
import type { Clock } from './clock';

export interface Silence {
	/** When the client was last heard. */
	readonly heardAt: number;
	hear(): void;
	/** Call it every `lookEveryMs`. True once nothing has been heard for `afterMs`, over as many looks as fit into that time. */
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
