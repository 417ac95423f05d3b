/** What kind of device this is, for pages that offer only what makes sense on it. */

/** Whether the device is held in a hand and turned round, as devices used mostly with fingers are. */
export function isHandheld(): boolean {
	return matchMedia('(pointer: coarse)').matches;
}

/** Desktop browsers have the function, but nothing that could vibrate. */
export function canVibrate(): boolean {
	return 'vibrate' in navigator && navigator.maxTouchPoints > 0;
}
