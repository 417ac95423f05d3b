/**
 * Debian's Firefox with a fake camera and microphone, headless, driven by WebDriver BiDi. Profile, home and temporary files are in one
 * folder, which goes with it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { ensureDefaultRoute } from './default-route';
import { registerRoles } from './role';

const executablePath = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';

export interface Firefox {
	readonly browser: Browser;
	close(): Promise<void>;
}

export async function launchFirefox(): Promise<Firefox> {
	registerRoles();
	const removeRoute = ensureDefaultRoute();
	const folder = await mkdtemp(join(tmpdir(), 'parley-firefox-'));
	const removeTraces = async () => {
		await rm(folder, { recursive: true, force: true });
		removeRoute();
	};
	try {
		const browser = await puppeteer.launch({
			browser: 'firefox',
			executablePath,
			headless: true,
			userDataDir: join(folder, 'profile'),
			env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
			extraPrefsFirefox: {
				'media.navigator.streams.fake': true,
				'media.navigator.permission.disabled': true,
				// As while a real camera runs; a fake one does not count, and mDNS is nothing to rely on between two programs.
				'media.peerconnection.ice.obfuscate_host_addresses': false,
				'intl.accept_languages': 'en-US',
			},
		});
		return {
			browser,
			async close() {
				await browser.close();
				await removeTraces();
			},
		};
	} catch (error) {
		await removeTraces();
		throw error;
	}
}
