import { afterEach, describe, expect, it, vi } from 'vitest';
import { arrivalOf, createBrowserPlatform } from './browser-platform';

/** Just enough of a browser to build the platform in; what it does in a real one is for the end-to-end tests. */
function browser(navigator: object = {}) {
	vi.stubGlobal('navigator', { onLine: true, ...navigator });
	vi.stubGlobal('window', Object.assign(new EventTarget(), { isSecureContext: true }));
	vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
	return createBrowserPlatform();
}

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe('the browser platform', () => {
	it('can be imported where there is no browser', () => {
		expect(typeof window).toBe('undefined');
		expect(createBrowserPlatform).toBeTypeOf('function');
	});

	it('forgets instead of throwing where site data is blocked', () => {
		const platform = browser();
		Object.defineProperty(window, 'localStorage', {
			get() {
				throw new DOMException('blocked', 'SecurityError');
			},
		});
		expect(platform.storage.get('a')).toBeNull();
		expect(() => platform.storage.set('a', 'b')).not.toThrow();
		expect(() => platform.storage.remove('a')).not.toThrow();
	});

	it('has no devices and no meters where the browser has none', () => {
		const platform = browser();
		expect(platform.mediaDevices).toBeUndefined();
		expect(platform.createLevelMeter).toBeUndefined();
	});

	it('holds any lock where there are none, or where they are refused', async () => {
		expect(await browser().holdLock('seat')).toBe(true);
		const refusing = { request: () => Promise.reject(new DOMException('', 'SecurityError')) };
		expect(await browser({ locks: refusing }).holdLock('seat')).toBe(true);
	});

	it('does not hold a lock that another tab does not let go of in time', async () => {
		vi.useFakeTimers();
		const taken = {
			request: (_name: string, { signal }: { signal: AbortSignal }) =>
				new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
		};
		const held = browser({ locks: taken }).holdLock('seat');
		await vi.advanceTimersByTimeAsync(3_000);
		expect(await held).toBe(false);
	});

	it('tells of network changes, of the page coming into view, and of nothing after it is unsubscribed', () => {
		const connection = Object.assign(new EventTarget(), { type: 'wifi' });
		const { network } = browser({ connection });
		const heard: string[] = [];
		const stop = network.onChange((what) => heard.push(what));
		window.dispatchEvent(new Event('offline'));
		window.dispatchEvent(new Event('online'));
		connection.dispatchEvent(new Event('change'));
		connection.type = 'cellular';
		connection.dispatchEvent(new Event('change'));
		document.dispatchEvent(new Event('visibilitychange'));
		window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
		window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
		stop();
		window.dispatchEvent(new Event('online'));
		expect(heard).toEqual(['offline', 'online', 'estimate', 'network', 'visible', 'visible']);
	});
});

describe('how the page came about', () => {
	const name = 'https://parley.example/room/team-sync';

	it('is told by the browser, for the page that was loaded', () => {
		expect(arrivalOf({ name, type: 'reload' }, `${name}#secret`)).toBe('reloaded');
		expect(arrivalOf({ name, type: 'back_forward' }, name)).toBe('stepped');
		for (const type of ['navigate', 'prerender'] as const)
			expect(arrivalOf({ name, type }, name)).toBe('opened');
	});

	it('says nothing of a page opened since inside the app, nor where the browser tells nothing', () => {
		expect(arrivalOf({ name: 'https://parley.example/', type: 'reload' }, name)).toBe('opened');
		expect(arrivalOf(undefined, name)).toBe('opened');
	});
});
