/**
 * Loads a part of the call that nobody needs to come in, once it is wanted, and tries again until it is there.
 */
import type { Clock, Unsubscribe } from './platform';

/** Between two tries; doubled each time, up to the maximum. */
const retryMs = 1_000;
const retryMaxMs = 30_000;

export interface LatePartPort<Part> {
	clock: Pick<Clock, 'after'>;
	load(): Promise<Part>;
	/** Told once, and then nothing more is. */
	loaded(part: Part): void;
	/** It is tried again by itself. Told once. */
	failed?(): void;
}

export interface LatePart {
	/** Resolves when it is there, or when this try has failed. At once where it is there or no longer wanted. */
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
