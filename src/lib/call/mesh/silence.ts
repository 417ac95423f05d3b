/**
 * Whether a peer's packets have stopped, by what its statistics count. Pure.
 *
 * Silence alone proves nothing: a participant without microphone and camera sends little. So a silent peer is probed first, with a message
 * over the data channel that the other end's browser acknowledges by itself, even in a hidden tab; only silence after the probe counts.
 * Loss is never mistaken for silence: one packet in hundreds is enough.
 */
import type { Arrivals } from './arrivals';

/** After this long without a packet, we probe. Sound alone comes every 20 ms. */
export const probeAfterMs = 400;
/** After this long without an answer, beyond a round trip, we take the path to be gone. Acknowledgements may be delayed by 200 ms. */
export const answerWithinMs = { usually: 600, suspect: 250 } as const;
/** How long a peer stays suspect. */
export const suspectMs = 2_000;
const roundTripMaxMs = 1_500;
/**
 * While a probe is out, we look ten times a second, or once in a hidden tab. If a look is later than this, the page was held up or the
 * machine was asleep.
 */
const heldUpAfterMs = 2_500;

export interface Silence {
	readonly count: number;
	/** When we last saw that packets came, in milliseconds. */
	readonly heardAtMs: number;
	/** When the unanswered probe was sent; `null` if there is none. */
	readonly probedAtMs: number | null;
	/** When we last looked for the answer. */
	readonly lookedAtMs: number;
	/** We probed again because we were held up. Only once: if looks are always late, we have to believe silence at some point. */
	readonly probedAnew: boolean;
	/** Something has happened that often ends a path. Until this moment the peer is probed at once, and its silence is believed sooner. */
	readonly suspectUntilMs: number;
	readonly stopped: boolean;
}

const unprobed = { probedAtMs: null, probedAnew: false } as const;

/** For a peer that we have just heard from: its connection was made. */
export function alive(nowMs: number): Silence {
	return { count: 0, heardAtMs: nowMs, ...unprobed, lookedAtMs: nowMs, suspectUntilMs: 0, stopped: false };
}

/** Something has happened that often ends a path. */
export function suspect(before: Silence, nowMs: number): Silence {
	return { ...before, suspectUntilMs: nowMs + suspectMs };
}

/** @param arrivals what has come so far; its count differs from the one before if, and only if, something came */
export function listen(
	before: Silence,
	{ count, roundTripMs }: Pick<Arrivals, 'count' | 'roundTripMs'>,
	nowMs: number,
): Silence {
	if (count !== before.count) return { ...before, count, heardAtMs: nowMs, ...unprobed, stopped: false };
	const isSuspect = nowMs < before.suspectUntilMs;
	const looked = { ...before, lookedAtMs: nowMs };
	if (before.probedAtMs === null) {
		const probes = isSuspect || nowMs - before.heardAtMs >= probeAfterMs;
		return probes ? { ...looked, probedAtMs: nowMs } : looked;
	}
	// Nobody has listened since the probe was sent, so its answer may have come unnoticed.
	if (!before.stopped && !before.probedAnew && nowMs - before.lookedAtMs >= heldUpAfterMs)
		return { ...looked, probedAtMs: nowMs, probedAnew: true };
	const patienceMs =
		(isSuspect ? answerWithinMs.suspect : answerWithinMs.usually) +
		Math.min(roundTripMs ?? 0, roundTripMaxMs);
	return nowMs - before.probedAtMs >= patienceMs ? { ...looked, stopped: true } : looked;
}
