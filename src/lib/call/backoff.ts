/**
 * How long to wait before trying again: doubling with full jitter, so that a room's clients do not all come back to a
 * restarted server in the same instant. Pure.
 */
export interface Backoff {
	/** The longest first wait, in milliseconds. */
	baseMs: number;
	/** No wait is longer than this. */
	maxMs: number;
}

/**
 * The wait before retry number `attempt` (from 0), in milliseconds: between a quarter and the whole of
 * `baseMs · 2^attempt`, at most `maxMs`. `random` is uniform in [0, 1).
 */
export function retryDelayMs(attempt: number, { baseMs, maxMs }: Backoff, random: number): number {
	const ceilingMs = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
	return Math.round(ceilingMs * (0.25 + 0.75 * random));
}
