/** The number of unread messages on the app's icon. */
import type { AppBadgePort } from './system';

export interface AppBadge {
	/** 0 takes it away. */
	show(count: number): void;
}

export function createAppBadge(port: AppBadgePort | undefined): AppBadge {
	let shown = 0;
	return {
		show(count) {
			if (count === shown) return;
			shown = count;
			// Refused where the app is not installed, which is as good as absent.
			(count > 0 ? port?.set(count) : port?.clear())?.catch(() => {});
		},
	};
}
