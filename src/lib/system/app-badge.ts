/** The number of unread messages on the app's icon. */
import type { AppBadgePort } from './system';

export interface AppBadge {
	/** 0 removes the badge. */
	show(count: number): void;
}

export function createAppBadge(port: AppBadgePort | undefined): AppBadge {
	let shown = 0;
	return {
		show(count) {
			if (count === shown) return;
			shown = count;
			// Refused if the app is not installed. Then it is as if there were no badge.
			(count > 0 ? port?.set(count) : port?.clear())?.catch(() => {});
		},
	};
}
