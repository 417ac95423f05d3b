/**
 * How long to wait before trying again: doubling with jitter, so that a room's clients do not all return to a
 * restarted server at the same moment. Pure.
 */
export interface Backoff {
	/** The longest first wait, in milliseconds. */
	baseMs: number;
	/** No wait is longer than this for the first `soonAttempts` tries: most outages are short. */
	soonMaxMs: number;
	soonAttempts: number;
	/** No wait is longer than this. */
	maxMs: number;
}

/**
 * The wait before retry number `attempt` (from 0), in milliseconds: between a quarter and the whole of
 * `baseMs · 2^attempt`, at most what the bounds allow. `random` is uniform in [0, 1).
 */
export function retryDelayMs(
	attempt: number,
	{ baseMs, soonMaxMs, soonAttempts, maxMs }: Backoff,
	random: number,
): number {
	const boundMs = attempt < soonAttempts ? soonMaxMs : maxMs;
	const ceilingMs = Math.min(boundMs, baseMs * 2 ** Math.min(attempt, 30));
	return Math.round(ceilingMs * (0.25 + 0.75 * random));
}
