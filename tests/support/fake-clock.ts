/**
 * A clock that moves when a test says so. Timers due at the same moment run in the order in which they were set.
 */
import type { Clock } from '../../src/lib/platform/platform';

interface Timer {
	id: number;
	at: number;
	action: () => void;
	everyMs: number | null;
}

export class FakeClock implements Clock {
	#now: number;
	#setForwardMs = 0;
	#nextId = 0;
	readonly #timers = new Map<number, Timer>();

	constructor(startMs = Date.UTC(2026, 0, 1)) {
		this.#now = startMs;
	}

	now(): number {
		return this.#now;
	}

	epochMs(): number {
		return this.#now + this.#setForwardMs;
	}

	/** What somebody does who sets the clock, forward or, with a negative number, back. */
	setForward(byMs: number): void {
		this.#setForwardMs += byMs;
	}

	/** Timers that have not fired or been cancelled: a leak check. */
	get pending(): number {
		return this.#timers.size;
	}

	after(delayMs: number, action: () => void): () => void {
		return this.#set(delayMs, action, null);
	}

	every(intervalMs: number, action: () => void): () => void {
		return this.#set(intervalMs, action, intervalMs);
	}

	/** Moves time on, running what falls due and letting promises settle after each. */
	async advance(byMs: number): Promise<void> {
		const end = this.#now + byMs;
		await settle();
		for (;;) {
			const next = this.#earliest();
			if (!next || next.at > end) break;
			this.#now = Math.max(this.#now, next.at);
			if (next.everyMs === null) this.#timers.delete(next.id);
			else next.at += Math.max(1, next.everyMs);
			next.action();
			await settle();
		}
		this.#now = end;
	}

	#set(delayMs: number, action: () => void, everyMs: number | null): () => void {
		const id = this.#nextId++;
		this.#timers.set(id, { id, at: this.#now + Math.max(0, delayMs), action, everyMs });
		return () => void this.#timers.delete(id);
	}

	#earliest(): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.#timers.values()) {
			if (!first || timer.at < first.at || (timer.at === first.at && timer.id < first.id)) first = timer;
		}
		return first;
	}
}

/** Lets every promise that can settle do so: one turn of the event loop, which drains all microtasks. */
export function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
