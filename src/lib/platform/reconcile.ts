/**
 * Desired → actual, one step at a time. Whatever a person can ask for again before it is done (a camera, a device, a
 * track to send) goes through one of these: the latest wish wins, wishes overtaken while another was being granted are
 * never begun, and no two steps run at once, but for one that has not ended in its time. Knows nothing of what it brings about.
 */
import { inTime } from './in-time';
import type { Clock } from './platform';

/** Longer than any browser takes that answers at all. */
export const stepMaxMs = 10_000;

export interface Reconciler<Desired> {
	/** Asks for this state. Begins at once, in the same task, when nothing is running: a click is still a click. */
	want(desired: Desired): void;
	/** Applies the latest wish once more, because something outside has changed. */
	again(): void;
	/** Resolves when nothing runs and nothing waits. Never rejects. */
	idle(): Promise<void>;
}

export interface ReconcilerOptions<Desired> {
	clock: Pick<Clock, 'after'>;
	initial: Desired;
	/**
	 * Brings the actual state to the desired one; does nothing where it is there already. After each `await`,
	 * `latest()` tells whether the wish still stands: what was gained for one that doesn't must be let go.
	 */
	apply(desired: Desired, latest: () => Desired): Promise<void>;
	/**
	 * A step that lasts longer is left behind: wishes are granted without it from then on, and the latest once more when it ends after
	 * all. `stepMaxMs` unless said otherwise.
	 */
	maxMs?: number;
	/** A step that threw. It does not stop the loop, and is not tried again unless asked for. */
	failed?(error: unknown, desired: Desired): void;
}

export function createReconciler<Desired>(options: ReconcilerOptions<Desired>): Reconciler<Desired> {
	let desired = options.initial;
	let due = false;
	let running = false;
	let loop = Promise.resolve();

	async function run(): Promise<void> {
		running = true;
		while (due) {
			due = false;
			const current = desired;
			await inTime(options.clock, step(current), options.maxMs ?? stepMaxMs, again);
		}
		running = false;
	}

	async function step(current: Desired): Promise<void> {
		try {
			await options.apply(current, () => desired);
		} catch (error) {
			options.failed?.(error, current);
		}
	}

	function again(): void {
		due = true;
		if (!running) loop = run();
	}

	return {
		want(next) {
			desired = next;
			again();
		},
		again,
		idle: () => loop,
	};
}
