/**
 * Devices that a test can pull out, interrupt and let die quietly, as platforms do it. What the page captures are tracks of a
 * generator fed from Chromium's fake devices, so that a track really ends (with its own event) and frames and samples really stop.
 */
import type { Page } from '@playwright/test';

export type CaptureKind = 'audio' | 'video';

interface Devices {
	/** Pulled out: live tracks end, and there is none to ask for. */
	unplug(kind: CaptureKind): void;
	plug(kind: CaptureKind): void;
	/** Another app has it: live tracks are muted and give nothing, as would fresh ones. */
	take(kind: CaptureKind): void;
	/** Free again. The tracks that lived through it stay silent, and say so only if asked to. */
	giveBack(kind: CaptureKind, how: 'unmuted' | 'unmuted-but-dead' | 'still-muted'): void;
	/** What is captured gives nothing from now on, without a word. Fresh tracks do. */
	kill(kind: CaptureKind): void;
	/** What the page believes of its own visibility. */
	setHidden(hidden: boolean): void;
	/** Of the tracks given so far, those that hold a device. */
	live(kind: CaptureKind): number;
}

declare global {
	interface Window {
		parleyTestDevices: Devices;
	}
}

/** Before the page is opened. */
export async function governCapture(page: Page): Promise<void> {
	await page.addInitScript(() => {
		interface Given {
			kind: CaptureKind;
			track: MediaStreamTrack;
			flows: boolean;
			end(): void;
		}
		const given: Given[] = [];
		const unplugged = new Set<CaptureKind>();
		const taken = new Set<CaptureKind>();
		const devices = navigator.mediaDevices;
		const capture = devices.getUserMedia.bind(devices);
		const enumerate = devices.enumerateDevices.bind(devices);

		// Not in TypeScript's library.
		interface Generator extends MediaStreamTrack {
			writable: WritableStream<VideoFrame>;
		}
		const breakouts = window as unknown as {
			MediaStreamTrackGenerator: new (init: { kind: string }) => Generator;
			MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
				readable: ReadableStream<VideoFrame>;
			};
		};

		function govern(real: MediaStreamTrack): MediaStreamTrack {
			const kind = real.kind as CaptureKind;
			const track = new breakouts.MediaStreamTrackGenerator({ kind });
			const reader = new breakouts.MediaStreamTrackProcessor({ track: real }).readable.getReader();
			const writer = track.writable.getWriter();
			const settings = real.getSettings();
			Object.defineProperty(track, 'label', { value: real.label });
			track.getSettings = () => settings;
			const stop = track.stop.bind(track);
			track.stop = () => {
				real.stop();
				stop();
			};
			const own: Given = {
				kind,
				track,
				flows: true,
				end() {
					real.stop();
					void writer.close();
				},
			};
			void (async () => {
				for (;;) {
					const { value, done } = await reader.read();
					if (done) return;
					if (own.flows && !taken.has(kind)) await writer.write(value).catch(() => value.close());
					else value.close();
				}
			})();
			given.push(own);
			if (taken.has(kind)) setMuted(own, true);
			return track;
		}

		function setMuted({ track }: Given, muted: boolean): void {
			Object.defineProperty(track, 'muted', { value: muted, configurable: true });
			track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
		}

		const liveOf = (kind: CaptureKind) =>
			given.filter((one) => one.kind === kind && one.track.readyState === 'live');

		devices.getUserMedia = async (constraints) => {
			for (const kind of ['audio', 'video'] as const) {
				if (constraints?.[kind] && unplugged.has(kind)) {
					throw new DOMException('Requested device not found', 'NotFoundError');
				}
			}
			const stream = await capture(constraints);
			return new MediaStream(stream.getTracks().map(govern));
		};
		devices.enumerateDevices = async () =>
			(await enumerate()).filter(
				({ kind }) =>
					!(kind === 'audioinput' && unplugged.has('audio')) &&
					!(kind === 'videoinput' && unplugged.has('video')),
			);

		window.parleyTestDevices = {
			unplug(kind) {
				unplugged.add(kind);
				for (const one of liveOf(kind)) one.end();
				devices.dispatchEvent(new Event('devicechange'));
			},
			plug(kind) {
				unplugged.delete(kind);
				devices.dispatchEvent(new Event('devicechange'));
			},
			take(kind) {
				taken.add(kind);
				for (const one of liveOf(kind)) setMuted(one, true);
			},
			giveBack(kind, how) {
				for (const one of liveOf(kind)) {
					one.flows = how === 'unmuted';
					if (how !== 'still-muted') setMuted(one, false);
				}
				taken.delete(kind);
			},
			kill(kind) {
				for (const one of liveOf(kind)) one.flows = false;
			},
			setHidden(hidden) {
				Object.defineProperty(document, 'visibilityState', {
					value: hidden ? 'hidden' : 'visible',
					configurable: true,
				});
				document.dispatchEvent(new Event('visibilitychange'));
			},
			live: (kind) => liveOf(kind).length,
		};
	});
}

/** Does this to the page's devices and returns when, in milliseconds since the epoch. */
export function toDevices<Method extends Exclude<keyof Devices, 'live'>>(
	page: Page,
	method: Method,
	...args: Parameters<Devices[Method]>
): Promise<number> {
	return page.evaluate(
		([name, given]) => {
			const at = Date.now();
			(window.parleyTestDevices[name] as (...args: unknown[]) => void)(...given);
			return at;
		},
		[method, args] as const,
	);
}

export function liveDevices(page: Page, kind: CaptureKind): Promise<number> {
	return page.evaluate((of) => window.parleyTestDevices.live(of), kind);
}
