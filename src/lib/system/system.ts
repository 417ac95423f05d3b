/**
 * The ports to what surrounds the page: the screen, the headset, the home screen. As in the core, each is as narrow as its use, and
 * what this browser or device can't do is `undefined`. `browser-system.ts` holds the real ones.
 */
import type { Clock, Unsubscribe } from '../platform/platform';

export interface PagePort {
	readonly visible: boolean;
	onVisibility(listener: () => void): Unsubscribe;
}

/** W3C "Screen Wake Lock API". */
export interface WakeLockPort {
	/** Rejects while the page is hidden, and where the system saves its battery. */
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
	/** Throws for an action that this browser does not know. `isActivating` is what the system wants, where it says so. */
	setActionHandler(
		action: MediaAction,
		handler: ((details: { isActivating?: boolean }) => void) | null,
	): void;
	/** Some throw, some reject, some return nothing. */
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

/** W3C "Picture-in-Picture": one video in a window of the system's. */
export interface PictureVideo {
	show(stream: MediaStream): void;
	/** Resolves once there is a first frame; at once when there was one. */
	ready(): Promise<void>;
	/** Rejects without a click, and before it is ready. */
	enter(): Promise<void>;
	/** Out of the small window, and away. */
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
