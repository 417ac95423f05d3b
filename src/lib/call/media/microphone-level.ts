/**
 * How loud the person's own microphone is. The meter is made at the first reading and closed with its track, so that nothing is measured
 * while nobody wants to know.
 */
import type { LevelMeter, Platform } from '../../platform/platform';

export interface MicrophoneLevel {
	setTrack(track: MediaStreamTrack | null): void;
	/** 0 to 1; 0 while muted, without a microphone, and where sound can't be measured. */
	read(): number;
}

export function createMicrophoneLevel(platform: Pick<Platform, 'createLevelMeter'>): MicrophoneLevel {
	let track: MediaStreamTrack | null = null;
	let meter: LevelMeter | null = null;

	return {
		setTrack(next) {
			if (next === track) return;
			meter?.close();
			meter = null;
			track = next;
		},
		read() {
			if (!track?.enabled) return 0;
			meter ??= platform.createLevelMeter?.(track) ?? null;
			return meter?.read() ?? 0;
		},
	};
}
