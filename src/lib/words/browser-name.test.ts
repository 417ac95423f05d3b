import { describe, expect, it } from 'vitest';
import { nameSurroundings } from './browser-name';

describe('browser and system', () => {
	it.each([
		[
			'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
			0,
			'chromium',
			'windows',
		],
		[
			'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
			5,
			'chromium',
			'android',
		],
		['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 0, 'firefox', 'other'],
		[
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
			0,
			'safari',
			'macos',
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1',
			5,
			'chromium',
			'ios',
		],
	])('are told from %s', (userAgent, touchPoints, browser, system) => {
		expect(nameSurroundings(userAgent, touchPoints)).toEqual({ browser, system });
	});

	it('are an iPad where a Mac has a touch screen', () => {
		const desktopSafari =
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15';
		expect(nameSurroundings(desktopSafari, 5).system).toBe('ios');
	});
});
