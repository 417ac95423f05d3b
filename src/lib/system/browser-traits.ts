/** What kind of device this is, for pages that offer only what makes sense on it. */

/** Held in a hand and turned round: fingers are what it is mostly used with. */
export function isHandheld(): boolean {
	return matchMedia('(pointer: coarse)').matches;
}

/** Desktop browsers have the call and nothing that could shake. */
export function canVibrate(): boolean {
	return 'vibrate' in navigator && navigator.maxTouchPoints > 0;
}
