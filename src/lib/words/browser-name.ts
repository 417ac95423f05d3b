/**
 * Which browser and system a person uses, for what no API tells: where the permission switch is, how iOS puts an app on the home screen, and that
 * links don't open in the app there. What a browser can do is tested separately.
 */
export type BrowserName = 'chromium' | 'firefox' | 'safari' | 'other';
export type SystemName = 'ios' | 'android' | 'macos' | 'windows' | 'other';

export interface Surroundings {
	browser: BrowserName;
	system: SystemName;
}

/** `touchPoints` distinguishes an iPad, which calls itself a Mac, from a Mac, which has none. */
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
