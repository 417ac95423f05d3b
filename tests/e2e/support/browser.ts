/**
 * Debian's Chromium with fake cameras and microphones, quiet at start-up.
 */
import { chromium, type Browser, type BrowserContext, type LaunchOptions } from '@playwright/test';

export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export interface FakeMediaOptions {
	/** Frames a second of the fake cameras: 30 for two people, 10 where four or more share two cores. */
	fps?: number;
	/** Cameras and microphones of each kind. */
	devices?: number;
	/** What the permission question is answered with. */
	permission?: 'grant' | 'deny';
	args?: string[];
}

export function launchOptions({
	fps = 20,
	devices = 1,
	permission = 'grant',
	args = [],
}: FakeMediaOptions = {}): LaunchOptions {
	return {
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			// Hidden pages of one browser are people of their own here.
			'--disable-backgrounding-occluded-windows',
			'--disable-renderer-backgrounding',
			'--disable-background-timer-throttling',
			// Fake devices make the same sound as real ones; nobody listens.
			'--mute-audio',
			permission === 'deny' ? '--use-fake-ui-for-media-stream=deny' : '--use-fake-ui-for-media-stream',
			`--use-fake-device-for-media-stream=fps=${fps},device-count=${devices}`,
			'--allow-loopback-in-peer-connection',
			'--auto-select-desktop-capture-source=Entire screen',
			...args,
		],
	};
}

export function launchBrowser(options?: FakeMediaOptions): Promise<Browser> {
	return chromium.launch(launchOptions(options));
}

/** A profile of its own on disk, as a person's own browser has. */
export function launchProfile(directory: string, options?: FakeMediaOptions): Promise<BrowserContext> {
	return chromium.launchPersistentContext(directory, {
		...launchOptions(options),
		viewport: { width: 1280, height: 800 },
	});
}
