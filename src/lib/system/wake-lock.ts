/** Keeps the screen on during a call. The system takes that back whenever the page is hidden, so it is asked for again. */
import type { Unsubscribe } from '../platform/platform';
import { createReconciler } from '../platform/reconcile';
import type { System, WakeLockPort } from './system';

/** Until the returned function is called. Does nothing where there is no wake lock. */
export function keepScreenAwake({
	wakeLock,
	page,
	clock,
}: Pick<System, 'wakeLock' | 'page' | 'clock'>): Unsubscribe {
	if (!wakeLock) return () => {};
	let held: Awaited<ReturnType<WakeLockPort['request']>> | null = null;

	const loop = createReconciler<boolean>({
		clock,
		initial: false,
		// A refusal (a battery nearly empty) stands until the page is looked at again: then the screen dims as it always does.
		async apply(awake, latest) {
			if (awake && (held === null || held.released)) {
				const got = await wakeLock.request();
				// Given twice, after a first answer that was not waited for any longer.
				if (held && !held.released) void got.release().catch(() => {});
				else held = got;
			}
			if (latest() || held === null) return;
			const letGo = held;
			held = null;
			if (!letGo.released) await letGo.release();
		},
	});
	const settle = () => loop.want(page.visible);
	const stop = page.onVisibility(settle);
	settle();
	return () => {
		stop();
		loop.want(false);
	};
}
