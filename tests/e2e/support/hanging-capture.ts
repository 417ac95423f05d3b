/** Devices that a browser was asked for and neither gives nor refuses: a driver that hangs, or a question that nobody answers. */
import type { Page } from '@playwright/test';

declare global {
	interface Window {
		/** The driver, or the person, answers after all. */
		parleyTestAnswer?: () => void;
	}
}

/** Before the page is opened. `everything`: with a question that stands open; `video`: a camera, where all is permitted. */
export async function hangCapture(page: Page, what: 'video' | 'everything'): Promise<void> {
	await page.addInitScript((hanging) => {
		const devices = navigator.mediaDevices;
		const capture = devices.getUserMedia.bind(devices);
		const answered = new Promise<void>((resolve) => (window.parleyTestAnswer = resolve));
		let open = true;
		void answered.then(() => (open = false));
		devices.getUserMedia = async (constraints) => {
			if (hanging === 'everything' || constraints?.video) await answered;
			return capture(constraints);
		};
		if (hanging === 'video') return;
		const enumerate = devices.enumerateDevices.bind(devices);
		const nameless = ({ kind }: MediaDeviceInfo) => ({ kind, deviceId: '', groupId: '', label: '' });
		devices.enumerateDevices = async () => {
			const infos = await enumerate();
			return open ? infos.map((info) => nameless(info) as MediaDeviceInfo) : infos;
		};
		const query = navigator.permissions.query.bind(navigator.permissions);
		navigator.permissions.query = async (descriptor) => {
			const status = await query(descriptor);
			if (/^(camera|microphone)$/.test(descriptor.name)) {
				Object.defineProperty(status, 'state', { get: () => (open ? 'prompt' : 'granted') });
			}
			return status;
		};
	}, what);
}
