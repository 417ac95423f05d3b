/**
 * Which browser and system a person sits at, for what no API tells: where the permission switch is, how iOS puts an app on the home screen,
 * and that links don't open in it from there. What a browser can do is asked of the browser.
 */
export type BrowserName = 'chromium' | 'firefox' | 'safari' | 'other';
export type SystemName = 'ios' | 'android' | 'macos' | 'windows' | 'other';

export interface Surroundings {
	browser: BrowserName;
	system: SystemName;
}

/** `touchPoints` tells an iPad, which calls itself a Mac, from a Mac, which has none. */
export function nameSurroundings(userAgent: string, touchPoints: number): Surroundings {
	const says = (text: string) => userAgent.includes(text);
	const apple = says('iPhone') || says('iPad') || (says('Macintosh') && touchPoints > 1);
	const system = apple
		? 'ios'
		: says('Android')
			? 'android'
			: says('Macintosh')
				? 'macos'
				: says('Windows')
					? 'windows'
					: 'other';
	if (says('Firefox/') || says('FxiOS/')) return { browser: 'firefox', system };
	if (says('Chrome/') || says('CriOS/') || says('Edg')) return { browser: 'chromium', system };
	if (says('Safari/')) return { browser: 'safari', system };
	return { browser: 'other', system };
}
