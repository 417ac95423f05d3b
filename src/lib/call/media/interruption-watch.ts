/**
 * Watches one held microphone or camera for interruptions: a phone call, another app, or a capture that died without a
 * word. Two things tell: the system mutes the track, or evidence (`capture-health.ts`) shows that nothing comes. What
 * ends one is evidence as well, where the browser has any: after a phone call a track may say that it is live and
 * unmuted while nothing is captured. Knows nothing of how a fresh track is had.
 */
import type { Flow } from './capture-health';
import type { Clock, Unsubscribe } from '../../platform/platform';

/** Systems mute a track for a moment when devices or the page's visibility change; longer is an interruption. */
export const silenceGraceMs = 500;
/** Many an interruption is over by itself sooner than this; a fresh track is asked for after it. */
const firstFreshAfterMs = 1_000;
/** How often one is asked for from then on, and how long a fresh one has to show that it gives something. */
export const freshAfterMs = 2_000;

export interface InterruptionEvents {
	began(): void;
	ended(): void;
	/** Worth asking for a fresh track of the same device. */
	fresh(): void;
}

export interface InterruptionWatch {
	/** One has begun and nothing shows yet that it is over, though the track may be another by now. */
	readonly ongoing: boolean;
	hold(track: MediaStreamTrack): void;
	/** The track is let go of; an interruption goes on until the next one gives something. */
	drop(): void;
	/** Whether the source is wanted. What is muted on purpose is not interrupted. */
	setWanted(wanted: boolean): void;
	/** Not interrupted any more, for another reason than that it gives something again. */
	forget(): void;
	handleFlow(flow: Flow): void;
	/** A hidden page may be frozen at any moment: what is to be told is told at once, and nothing is asked for. */
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
	/** Unmuted or fresh since, and not yet seen to give anything. */
	let unproven = false;
	/** Samples in a row in which it gave something. The first may count what came before it was muted. */
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
			// Listeners need no removing: a stopped track fires nothing, and events of a replaced one are ignored.
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
