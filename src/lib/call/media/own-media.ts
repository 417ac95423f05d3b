/**
 * The person's own devices as a call has them: with a meter for the microphone, and a notice when something works again after an
 * interruption.
 */
import type { Platform } from '../../platform/platform';
import { createReturnNews } from './interruption';
import { createLocalMedia, type DeviceCommands, type LocalMedia, type LocalMediaEvents } from './local-media';
import type { MediaNotice } from './media-state';
import { createMicrophoneLevel } from './microphone-level';

export interface OwnMediaEvents extends Omit<LocalMediaEvents, 'notice'> {
	notice(notice: MediaNotice): void;
}

/** What a person can do with their devices. A chosen speaker is applied by the audio elements, which read it from the snapshot. */
export interface MediaCommands extends DeviceCommands {
	/** How loud the person's own microphone is right now, 0 to 1; 0 while it is off. For a meter, which asks as often as it draws. */
	microphoneLevel(): number;
}

export interface OwnMedia extends LocalMedia, MediaCommands {
	close(): void;
}

export function createOwnMedia(platform: Platform, events: OwnMediaEvents): OwnMedia {
	const level = createMicrophoneLevel(platform);
	const returnNews = createReturnNews(platform.clock, (sources) =>
		events.notice({ type: 'capture-restored', sources }),
	);
	const media = createLocalMedia(platform, {
		...events,
		changed(snapshot) {
			returnNews.handleMedia(snapshot);
			events.changed(snapshot);
		},
		trackChanged(slot, track) {
			if (slot === 'microphone') level.setTrack(track);
			events.trackChanged(slot, track);
		},
	});
	return {
		...media,
		get snapshot() {
			return media.snapshot;
		},
		microphoneLevel: level.read,
		close: returnNews.close,
	};
}
