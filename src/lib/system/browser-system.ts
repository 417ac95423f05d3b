/**
 * The real ports: each is a thin layer over a browser API, and is left out where that is missing. Features are tested one by one; nothing here
 * asks which browser this is.
 */
import { browserClock } from '../platform/browser-clock';
import { canVibrate } from './browser-traits';
import type { AudioSessionPort, PictureHost, PictureVideo, System } from './system';

/** APIs that TypeScript's library does not know. */
interface NotInLibrary {
	audioSession?: AudioSessionPort;
	documentPictureInPicture?: {
		requestWindow(options: { width: number; height: number }): Promise<Window>;
	};
}

export function createBrowserSystem(): System {
	return {
		clock: browserClock,
		page: {
			get visible() {
				return document.visibilityState === 'visible';
			},
			onVisibility(listener) {
				document.addEventListener('visibilitychange', listener);
				return () => document.removeEventListener('visibilitychange', listener);
			},
		},
		wakeLock: 'wakeLock' in navigator ? { request: () => navigator.wakeLock.request('screen') } : undefined,
		audioSession: (navigator as NotInLibrary).audioSession,
		mediaSession: createMediaSession(),
		appBadge:
			'setAppBadge' in navigator
				? { set: (count) => navigator.setAppBadge(count), clear: () => navigator.clearAppBadge() }
				: undefined,
		vibrate: canVibrate() ? (durationMs) => void navigator.vibrate(durationMs) : undefined,
		openPictureWindow: createPictureWindows(),
		createPictureVideo: document.pictureInPictureEnabled ? createPictureVideo : undefined,
	};
}

function createMediaSession(): System['mediaSession'] {
	if (!('mediaSession' in navigator) || typeof MediaMetadata !== 'function') return undefined;
	const session = navigator.mediaSession as unknown as NonNullable<System['mediaSession']>;
	const artwork = [192, 512].map((edge) => ({
		src: `/icons/${edge}.png`,
		sizes: `${edge}x${edge}`,
		type: 'image/png',
	}));
	return {
		describe(metadata) {
			navigator.mediaSession.metadata = metadata && new MediaMetadata({ ...metadata, artwork });
		},
		setPlaybackState(state) {
			navigator.mediaSession.playbackState = state;
		},
		setActionHandler: (action, handler) => session.setActionHandler(action, handler),
		setMicrophoneActive: (active) => session.setMicrophoneActive?.(active),
		setCameraActive: (active) => session.setCameraActive?.(active),
	};
}

function createPictureWindows(): System['openPictureWindow'] {
	const { documentPictureInPicture: api } = globalThis as NotInLibrary;
	if (!api) return undefined;
	return async (size): Promise<PictureHost> => {
		const opened = await api.requestWindow(size);
		return {
			window: opened,
			close: () => opened.close(),
			onClosed: (listener) => opened.addEventListener('pagehide', listener, { once: true }),
		};
	};
}

/** Not visible, but in the page: Safari gives its window to no other video. */
function createPictureVideo(): PictureVideo {
	const video = document.createElement('video');
	video.muted = true;
	video.playsInline = true;
	video.tabIndex = -1;
	video.ariaHidden = 'true';
	video.className = 'visually-hidden';
	document.body.append(video);
	return {
		show(stream) {
			video.srcObject = stream;
			// Rejects when the next stream replaces this one, which then plays instead.
			video.play().catch(() => {});
		},
		ready: () =>
			video.readyState >= HTMLMediaElement.HAVE_METADATA
				? Promise.resolve()
				: new Promise((resolve) => video.addEventListener('loadedmetadata', () => resolve(), { once: true })),
		enter: async () => void (await video.requestPictureInPicture()),
		remove() {
			if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(() => {});
			video.srcObject = null;
			video.remove();
		},
		onLeft: (listener) => video.addEventListener('leavepictureinpicture', listener, { once: true }),
	};
}
