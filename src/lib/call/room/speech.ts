/**
 * Samples how loud everyone is while a call is on. Only the sampling is here; `active-speaker.ts` decides who speaks.
 */
import type { ParticipantId } from '../../protocol';
import { hearAll, type Speaker } from './active-speaker';
import type { Clock, Unsubscribe } from '../../platform/platform';

export interface Speech {
	isSpeaking(id: ParticipantId): boolean;
	start(): void;
	stop(): void;
}

const sampleIntervalMs = 200;

/** `read` returns the loudness (0 to 1) of everyone whose microphone is on. */
export function createSpeech(
	clock: Clock,
	read: () => ReadonlyMap<ParticipantId, number>,
	changed: () => void,
): Speech {
	let speakers: ReadonlyMap<ParticipantId, Speaker> = new Map();
	let stop: Unsubscribe = () => {};

	const isSpeaking = (id: ParticipantId) => speakers.get(id)?.speaking ?? false;

	function sample(): void {
		const before = speakers;
		speakers = hearAll(before, read(), clock.now());
		const ids = new Set([...before.keys(), ...speakers.keys()]);
		if ([...ids].some((id) => isSpeaking(id) !== (before.get(id)?.speaking ?? false))) changed();
	}

	return {
		isSpeaking,
		start() {
			stop();
			stop = clock.every(sampleIntervalMs, sample);
		},
		stop() {
			stop();
			speakers = new Map();
		},
	};
}
