/**
 * Whether a peer's packets have stopped, by what its statistics count. Pure.
 *
 * Silence alone proves nothing: a participant without microphone and camera sends little. So silence is first questioned, with a
 * message over the data channel that the other end's browser acknowledges by itself, even in a hidden tab; only silence after
 * the question counts. Nothing here mistakes loss for silence: one packet in hundreds is enough.
 */
import type { Arrivals } from './arrivals';

/** Nothing for so long, and we ask. Sound alone comes every 20 ms. */
export const askAfterMs = 400;
/** No answer for so long beyond a round trip, and the path is taken to be gone. Acknowledgements may be held for 200 ms. */
export const answerWithinMs = { usually: 600, inDoubt: 250 } as const;
/** How long a doubt lasts. */
export const doubtMs = 2_000;
const roundTripMaxMs = 1_500;
/** Questions are looked after ten times a second, in a hidden tab once. Later than this the page was held up, or the machine asleep. */
const heldUpAfterMs = 2_500;

export interface Silence {
	readonly count: number;
	/** When packets were last seen to have come, in milliseconds. */
	readonly heardAtMs: number;
	/** When the question was put that has no answer yet. */
	readonly askedAtMs: number | null;
	/** When was last looked for the answer. */
	readonly lookedAtMs: number;
	/** Put anew because we were held up. Only once: where looks are always late, silence has to be believed some time. */
	readonly askedAnew: boolean;
	/** Something has happened that often ends a path: until then silence is questioned at once and believed sooner. */
	readonly doubtedUntilMs: number;
	readonly stopped: boolean;
}

const unasked = { askedAtMs: null, askedAnew: false } as const;

/** As of a connection that has just come about. */
export function heardNow(nowMs: number): Silence {
	return { count: 0, heardAtMs: nowMs, ...unasked, lookedAtMs: nowMs, doubtedUntilMs: 0, stopped: false };
}

export function doubt(before: Silence, nowMs: number): Silence {
	return { ...before, doubtedUntilMs: nowMs + doubtMs };
}

/** @param arrivals what has come by now; its count differs from the one before if, and only if, something came */
export function listen(
	before: Silence,
	{ count, roundTripMs }: Pick<Arrivals, 'count' | 'roundTripMs'>,
	nowMs: number,
): Silence {
	if (count !== before.count) return { ...before, count, heardAtMs: nowMs, ...unasked, stopped: false };
	const doubted = nowMs < before.doubtedUntilMs;
	const looked = { ...before, lookedAtMs: nowMs };
	if (before.askedAtMs === null) {
		const asks = doubted || nowMs - before.heardAtMs >= askAfterMs;
		return asks ? { ...looked, askedAtMs: nowMs } : looked;
	}
	// What was asked before was asked of a path that nobody listened to meanwhile.
	if (!before.stopped && !before.askedAnew && nowMs - before.lookedAtMs >= heldUpAfterMs)
		return { ...looked, askedAtMs: nowMs, askedAnew: true };
	const patienceMs =
		(doubted ? answerWithinMs.inDoubt : answerWithinMs.usually) + Math.min(roundTripMs ?? 0, roundTripMaxMs);
	return nowMs - before.askedAtMs >= patienceMs ? { ...looked, stopped: true } : looked;
}
