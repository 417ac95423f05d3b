/**
 * Watches one peer for packets that stop, from its connection to its end. Asks for statistics only when deliveries of sound and pictures
 * don't already tell, since reports cost more. `silence.ts` decides what silence means, `recovery.ts` what to do about it.
 */
import { inTime } from '../../platform/in-time';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { alive, listen, suspect } from './silence';
import type { Arrivals } from './arrivals';

/** How often we look while nothing is wrong, and while the peer is suspect. */
export const lookIntervalMs = { usually: 250, suspect: 100 } as const;
/** How often the path is measured while all is well. */
const measureIntervalMs = 2_000;
/** Statistics that take longer than this are asked for again. */
const arrivalsMaxMs = 2_000;

export interface SilenceWatchPort {
	clock: Clock;
	/** Changes whenever sound or a picture has been delivered. Cheap. */
	deliveries(): number;
	/** `null` if there are none. */
	arrivals(): Promise<Arrivals | null>;
	/** Sends something that the other end's browser acknowledges by itself. */
	probe(): void;
	/** What the sender believes the path carries, while something arrives. */
	carries(bps: number): void;
	/** `stopped` has changed. */
	changed(): void;
}

export interface SilenceWatch {
	/** Nothing arrives any more, not even answers. */
	readonly stopped: boolean;
	/** Connected, for the first time or again. */
	handleConnected(): void;
	/** Something has happened that often ends a path: it is worth checking whether packets still come. */
	suspect(): void;
	close(): void;
}

export function createSilenceWatch(port: SilenceWatchPort): SilenceWatch {
	const { clock } = port;
	let silence = alive(clock.now());
	let deliveries = 0;
	let measuredAtMs = -Infinity;
	/** Whether something was delivered since the last count: what it added to the count is no news. */
	let countIsOld = false;
	let watching = false;
	let looking = false;
	let closed = false;
	let cancelLook: Unsubscribe = () => {};

	function lookLater(): void {
		cancelLook();
		const isSuspect =
			!silence.stopped && (clock.now() < silence.suspectUntilMs || silence.probedAtMs !== null);
		cancelLook = clock.after(isSuspect ? lookIntervalMs.suspect : lookIntervalMs.usually, () => void look());
	}

	async function look(): Promise<void> {
		lookLater();
		if (looking) return;
		const now = clock.now();
		const delivered = port.deliveries();
		const isHeard = delivered !== deliveries && silence.probedAtMs === null;
		deliveries = delivered;
		if (isHeard) {
			silence = { ...silence, heardAtMs: now };
			countIsOld = true;
			if (now - measuredAtMs < measureIntervalMs) return;
		}
		looking = true;
		const arrivals = await inTime(clock, port.arrivals(), arrivalsMaxMs);
		looking = false;
		if (closed || !arrivals) return;
		measuredAtMs = now;
		const before = countIsOld ? { ...silence, count: arrivals.count } : silence;
		countIsOld = false;
		silence = listen(before, arrivals, clock.now());
		if (silence.probedAtMs !== null) port.probe();
		// During an outage the estimate sinks, though it measures nothing.
		else if (!before.stopped && arrivals.availableOutgoingBps !== null)
			port.carries(arrivals.availableOutgoingBps);
		if (silence.probedAtMs !== before.probedAtMs) lookLater();
		if (silence.stopped !== before.stopped) port.changed();
	}

	return {
		get stopped() {
			return silence.stopped;
		},
		handleConnected() {
			silence = { ...alive(clock.now()), count: silence.count };
			if (watching) return;
			watching = true;
			lookLater();
		},
		suspect() {
			if (!watching || silence.stopped) return;
			silence = suspect(silence, clock.now());
			void look();
		},
		close() {
			closed = true;
			cancelLook();
		},
	};
}
