/** Time as the server uses it. Tests bring a clock of their own, which they can move. */
export interface Clock {
	/** Milliseconds that only ever grow, to measure durations with. Setting the machine's clock does not affect them. */
	now(): number;
	/** Milliseconds since the epoch by the machine's clock, for times that others will read: when something happened, when it ends. */
	epochMs(): number;
	/** Runs `action` once after `delayMs`; the returned function cancels it. */
	after(delayMs: number, action: () => void): () => void;
	/** Runs `action` every `intervalMs`; the returned function ends it. */
	every(intervalMs: number, action: () => void): () => void;
}

/** The machine's clock. Its timers never keep a stopping process alive. */
export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	epochMs: () => Date.now(),
	after(delayMs, action) {
		const timer = setTimeout(action, delayMs).unref();
		return () => clearTimeout(timer);
	},
	every(intervalMs, action) {
		const timer = setInterval(action, intervalMs).unref();
		return () => clearInterval(timer);
	},
};
