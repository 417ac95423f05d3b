/**
 * Watches one held microphone or camera for interruptions: a phone call, another app, or a capture that died silently. One begins when the
 * system mutes the track, or when the samples (`capture-health.ts`) show that nothing comes. It ends only when samples show that something
 * comes, if the browser has any: after a phone call, a track may say that it is live and unmuted while nothing is captured. Does not know
 * how to get a fresh track.
 */
import type { Flow } from './capture-health';
import type { Clock, Unsubscribe } from '../../platform/platform';

/** Systems mute a track for a moment when devices or the page's visibility change; only longer silence is an interruption. */
export const silenceGraceMs = 500;
/** Many interruptions end by themselves sooner than this; after it, we ask for a fresh track. */
const firstFreshAfterMs = 1_000;
/** How often we ask for one from then on, and how long a fresh one has to show that it gives something. */
export const freshAfterMs = 2_000;

export interface InterruptionEvents {
	began(): void;
	ended(): void;
	/** It is worth asking for a fresh track of the same device. */
	fresh(): void;
}

export interface InterruptionWatch {
	/** An interruption has begun and nothing shows yet that it is over, though the track may have been replaced since. */
	readonly ongoing: boolean;
	hold(track: MediaStreamTrack): void;
	/** The track was released; an interruption goes on until the next track gives something. */
	drop(): void;
	/** Whether the source is wanted. Muting it on purpose is not an interruption. */
	setWanted(wanted: boolean): void;
	/** Ends an interruption for another reason than that the track gives something again. */
	forget(): void;
	handleFlow(flow: Flow): void;
	/** A hidden page may be frozen at any moment: what has to be told is told at once, and nothing is asked for. */
	pageHidden(): void;
	pageVisible(): void;
}

export function createInterruptionWatch(
	clock: Clock,
	wanted: boolean,
	events: InterruptionEvents,
): InterruptionWatch {
	let held: MediaStreamTrack | null = null;
	let ongoing = false;
	/** The track was unmuted or replaced since, and has not yet been seen to give anything. */
	let unproven = false;
	/** How many samples in a row showed a delivery. The first one may count what came before the track was muted. */
	let flowing = 0;
	let hidden = false;
	let cancel: Unsubscribe = () => {};

	function handleMuted(): void {
		unproven = false;
		if (!wanted || ongoing) return;
		cancel();
		if (hidden) begin();
		else cancel = clock.after(silenceGraceMs, begin);
	}

	function handleUnmuted(): void {
		if (ongoing) awaitProof();
		else cancel();
	}

	function begin(): void {
		ongoing = true;
		unproven = false;
		askAgainAfter(firstFreshAfterMs);
		events.began();
	}

	function awaitProof(): void {
		unproven = true;
		flowing = 0;
	}

	function end(): void {
		forget();
		events.ended();
	}

	function forget(): void {
		cancel();
		ongoing = false;
		unproven = false;
	}

	function askAgainAfter(delayMs: number): void {
		cancel();
		cancel = clock.after(delayMs, () => {
			askAgainAfter(freshAfterMs);
			if (!hidden) events.fresh();
		});
	}

	return {
		get ongoing() {
			return ongoing;
		},
		hold(track) {
			cancel();
			held = track;
			// The listeners need not be removed: a stopped track fires nothing, and events of a replaced one are ignored.
			track.addEventListener('mute', () => held === track && handleMuted());
			track.addEventListener('unmute', () => held === track && handleUnmuted());
			if (ongoing) {
				awaitProof();
				askAgainAfter(freshAfterMs);
			}
			if (track.muted) handleMuted();
		},
		drop() {
			cancel();
			held = null;
		},
		setWanted(next) {
			wanted = next;
			forget();
			if (held?.muted) handleMuted();
		},
		forget,
		handleFlow(flow) {
			if (!held || !wanted || held.muted) return;
			flowing = flow === 'flows' ? flowing + 1 : 0;
			if (flow === 'starved') {
				unproven = false;
				if (!ongoing) begin();
			} else if (ongoing && (flowing >= 2 || (flow === 'unknown' && unproven))) end();
		},
		pageHidden() {
			hidden = true;
			if (held?.muted) handleMuted();
		},
		pageVisible() {
			hidden = false;
			if (!held || !wanted) return;
			if (ongoing) askAgainAfter(silenceGraceMs);
			else if (held.muted) handleMuted();
		},
	};
}
