/**
 * Loads a part of the call that joining does not need, as soon as it is wanted, and tries again until it is there.
 */
import type { Clock, Unsubscribe } from './platform';

/** Between two tries; doubled each time, up to the maximum. */
const retryMs = 1_000;
const retryMaxMs = 30_000;

export interface LatePartPort<Part> {
	clock: Pick<Clock, 'after'>;
	load(): Promise<Part>;
	/** Called once, and nothing else is called afterwards. */
	loaded(part: Part): void;
	/** Called once, at the first failure. More tries follow by themselves. */
	failed?(): void;
}

export interface LatePart {
	/** Resolves when the part is there or this try has failed; at once if it is already there or no longer wanted. */
	load(): Promise<void>;
	close(): void;
}

export function createLatePart<Part>({ clock, load, loaded, failed }: LatePartPort<Part>): LatePart {
	let done = false;
	let loading: Promise<void> | null = null;
	let failures = 0;
	let cancelRetry: Unsubscribe = () => {};

	async function attempt(): Promise<void> {
		const part = await load().catch(() => null);
		loading = null;
		if (done) return;
		if (part) {
			done = true;
			return loaded(part);
		}
		if (failures === 0) failed?.();
		cancelRetry = clock.after(Math.min(retryMaxMs, retryMs * 2 ** failures++), () => void begin());
	}

	function begin(): Promise<void> {
		cancelRetry();
		return done ? Promise.resolve() : (loading ??= attempt());
	}

	return {
		load: begin,
		close() {
			done = true;
			cancelRetry();
		},
	};
}
