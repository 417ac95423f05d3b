/**
 * The shared screen and its sound. The browser's own picker and its "Stop sharing" have the last word: a closed picker is not a failure,
 * and the toggle goes back by itself. Knows nothing about who watches.
 */
import { mediaFailure, mediaFailureCode } from './media-failure';
import type { Platform } from '../../platform/platform';
import type { LocalSource, MediaFailure, MediaFailureCode } from './media-state';

export interface ScreenShareEvents {
	/** `shown` or `video` may have changed. */
	changed(): void;
	trackChanged(slot: 'screen' | 'screenAudio', track: MediaStreamTrack | null): void;
	/** A screen was asked for and can't be shared. */
	failed(code: MediaFailureCode): void;
}

export interface ScreenShare {
	/** The same object until something in it changes. */
	readonly shown: LocalSource;
	readonly video: MediaStreamTrack | null;
	readonly audio: MediaStreamTrack | null;
	/** `true` must come from a click. */
	setWanted(wanted: boolean): void;
}

/**
 * Somebody who switches on again this long after the picker opened no longer sees one, so the old request is left alone and we ask again.
 */
export const pickerMaxMs = 5_000;

// Hints that browsers may ignore; not all are in TypeScript's library. The tab with this very call is left out, because it would show
// itself.
const pickerOptions: DisplayMediaStreamOptions & Record<string, unknown> = {
	video: { width: { max: 2560 }, height: { max: 1440 }, frameRate: { max: 30 } },
	audio: true,
	systemAudio: 'include',
	surfaceSwitching: 'include',
	selfBrowserSurface: 'exclude',
};

export function createScreenShare(
	platform: Pick<Platform, 'clock' | 'mediaDevices' | 'secureContext'>,
	events: ScreenShareEvents,
): ScreenShare {
	const { clock } = platform;
	let wanted = false;
	let video: MediaStreamTrack | null = null;
	let audio: MediaStreamTrack | null = null;
	let failure: MediaFailure | null = null;
	let shown: LocalSource = { wanted, state: 'off', failure };

	/** The latest picker without an answer. People take minutes, and nothing waits for them. */
	let open: { sinceMs: number } | null = null;

	async function ask(): Promise<void> {
		const devices = platform.mediaDevices;
		if (!devices?.getDisplayMedia) return giveUp(mediaFailure('unsupported'));
		const asked = (open = { sinceMs: clock.now() });
		let stream: MediaStream;
		try {
			stream = await devices.getDisplayMedia(pickerOptions);
		} catch (error) {
			// A newer picker was opened: ignore what the older one says.
			if (open !== asked) return;
			open = null;
			// While the picker is open, the site may ask, so a "no" is the person's or the system's.
			const code = mediaFailureCode(error, { permission: 'prompt', secureContext: platform.secureContext });
			return giveUp(code === 'dismissed' || !wanted ? null : mediaFailure(code));
		}
		if (open === asked) open = null;
		if (wanted && !video) hold(stream);
		else for (const track of stream.getTracks()) track.stop();
	}

	function hold(stream: MediaStream): void {
		video = stream.getVideoTracks()[0] ?? null;
		audio = stream.getAudioTracks()[0] ?? null;
		if (!video) {
			drop();
			return giveUp(mediaFailure('unknown'));
		}
		video.contentHint = 'detail';
		const sharedVideo = video;
		const sharedAudio = audio;
		sharedVideo.addEventListener('ended', () => {
			if (video === sharedVideo) giveUp(null);
		});
		sharedAudio?.addEventListener('ended', () => {
			if (audio !== sharedAudio) return;
			audio = null;
			events.trackChanged('screenAudio', null);
		});
		events.trackChanged('screen', video);
		if (audio) events.trackChanged('screenAudio', audio);
		show();
	}

	function drop(): void {
		const [hadVideo, hadAudio] = [video, audio];
		video = null;
		audio = null;
		hadVideo?.stop();
		hadAudio?.stop();
		if (hadVideo) events.trackChanged('screen', null);
		if (hadAudio) events.trackChanged('screenAudio', null);
	}

	/** Back to "off". A click that came while the picker was open is answered by that too. */
	function giveUp(because: MediaFailure | null): void {
		wanted = false;
		failure = because;
		drop();
		show();
		if (because) events.failed(because.code);
	}

	function show(): void {
		const state = failure ? 'failed' : !wanted ? 'off' : video ? 'on' : 'starting';
		if (shown.wanted !== wanted || shown.state !== state || shown.failure !== failure) {
			shown = { wanted, state, failure };
		}
		events.changed();
	}

	return {
		get shown() {
			return shown;
		},
		get video() {
			return video;
		},
		get audio() {
			return audio;
		},
		setWanted(next) {
			wanted = next;
			failure = null;
			if (!wanted) drop();
			// In the task of the click, because no browser asks without one.
			else if (!video && (!open || clock.now() - open.sinceMs >= pickerMaxMs)) void ask();
			show();
		},
	};
}
