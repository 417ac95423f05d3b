/** Time as the server uses it, so that tests can move it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Runs `action` once after `delayMs`; the returned function cancels it. */
	after(delayMs: number, action: () => void): () => void;
	/** Runs `action` every `intervalMs`; the returned function ends it. */
	every(intervalMs: number, action: () => void): () => void;
}

/** The machine's clock. Its timers never keep a stopping process alive. */
export const systemClock: Clock = {
	now: () => Date.now(),
	after(delayMs, action) {
		const timer = setTimeout(action, delayMs).unref();
		return () => clearTimeout(timer);
	},
	every(intervalMs, action) {
		const timer = setInterval(action, intervalMs).unref();
		return () => clearInterval(timer);
	},
};
