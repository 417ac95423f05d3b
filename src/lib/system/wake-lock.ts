/** Keeps the screen on during a call. The system releases the lock whenever the page is hidden, so it is requested again. */
import type { Unsubscribe } from '../platform/platform';
import { createReconciler } from '../platform/reconcile';
import type { System, WakeLockPort } from './system';

/** Lasts until the returned function is called. Does nothing if there is no wake lock. */
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
		// After a refusal (a battery nearly empty), the screen dims as usual until the page is looked at again.
		async apply(awake, latest) {
			if (awake && (held === null || held.released)) {
				const got = await wakeLock.request();
				// The system answered twice: the first answer came after we had stopped waiting for it.
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
