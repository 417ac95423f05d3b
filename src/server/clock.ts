/** Time as the server uses it, so that tests can move it. */
export interface Clock {
	/** Milliseconds that only ever grow, by which durations are counted: whoever sets the machine's clock changes nothing of it. */
	now(): number;
	/** Milliseconds since the epoch by the machine's clock, for what others read: when something was, when it ends. */
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
