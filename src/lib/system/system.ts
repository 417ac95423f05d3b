/**
 * The ports to what surrounds the page: the screen, the headset, the home screen. As in `platform.ts`, each has no more than is used, and what
 * this browser or device can't do is `undefined`. `browser-system.ts` holds the real ones.
 */
import type { Clock, Unsubscribe } from '../platform/platform';

export interface PagePort {
	readonly visible: boolean;
	onVisibility(listener: () => void): Unsubscribe;
}

/** W3C "Screen Wake Lock API". */
export interface WakeLockPort {
	/** Rejects while the page is hidden, and when the system is saving its battery. */
	request(): Promise<{ readonly released: boolean; release(): Promise<void> }>;
}

/** W3C "Audio Session". Not in TypeScript's library. */
export interface AudioSessionPort {
	type: string;
}

export type MediaAction = 'togglemicrophone' | 'togglecamera' | 'hangup' | 'enterpictureinpicture';

/** W3C "Media Session Standard". */
export interface MediaSessionPort {
	/** `null` takes the description away. */
	describe(metadata: { title: string; artist: string } | null): void;
	setPlaybackState(state: MediaSessionPlaybackState): void;
	/** Throws for an action that the browser does not know. `isActivating` is what the system wants, if it says so. */
	setActionHandler(
		action: MediaAction,
		handler: ((details: { isActivating?: boolean }) => void) | null,
	): void;
	/** Some browsers throw, some reject, some return nothing. */
	setMicrophoneActive?(active: boolean): unknown;
	setCameraActive?(active: boolean): unknown;
}

/** W3C "Badging API". */
export interface AppBadgePort {
	set(count: number): Promise<void>;
	clear(): Promise<void>;
}

/** WICG "Document Picture-in-Picture": a window of our own, above all others. */
export interface PictureHost {
	readonly window: Window;
	close(): void;
	onClosed(listener: () => void): void;
}

/** W3C "Picture-in-Picture": one video in one of the system's windows. */
export interface PictureVideo {
	show(stream: MediaStream): void;
	/** Resolves when there is a first frame, which may be at once. */
	ready(): Promise<void>;
	/** Rejects without a click, and before the video is ready. */
	enter(): Promise<void>;
	/** Takes the video out of the small window and deletes it. */
	remove(): void;
	onLeft(listener: () => void): void;
}

export interface System {
	clock: Pick<Clock, 'after'>;
	page: PagePort;
	wakeLock: WakeLockPort | undefined;
	audioSession: AudioSessionPort | undefined;
	mediaSession: MediaSessionPort | undefined;
	appBadge: AppBadgePort | undefined;
	vibrate: ((durationMs: number) => void) | undefined;
	/** Must be called from a click or an action of the media session, as must `PictureVideo.enter`. */
	openPictureWindow: ((size: { width: number; height: number }) => Promise<PictureHost>) | undefined;
	createPictureVideo: (() => PictureVideo) | undefined;
}
