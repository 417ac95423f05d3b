/**
 * Desired → actual, one step at a time, for anything a person may change again before it is done: a camera, a device, a
 * track to send. The latest wish wins. A wish that is overtaken while a step runs is never begun, and no two steps run at once,
 * except when one takes too long. Knows nothing about what the steps do.
 */
import { inTime } from './in-time';
import type { Clock } from './platform';

/** Longer than a browser takes if it answers at all. */
export const stepMaxMs = 10_000;

export interface Reconciler<Desired> {
	/** Asks for this state. If nothing is running, begins in the same task, so that it still counts as part of the click. */
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
	 * Brings the actual state to the desired one; does nothing if it is there already. After each `await`,
	 * `latest()` tells whether the wish still stands. If it doesn't, whatever was acquired for it must be released.
	 */
	apply(desired: Desired, latest: () => Desired): Promise<void>;
	/**
	 * A step that takes longer is no longer waited for: the next wish begins without it. If it ends after all, the latest wish is applied
	 * once more. `stepMaxMs` by default.
	 */
	maxMs?: number;
	/** A step has thrown. The loop goes on, and the step is tried again only if somebody asks for it. */
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
