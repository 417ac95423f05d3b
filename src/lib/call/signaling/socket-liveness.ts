/**
 * Whether the other end of a socket still answers. Silence counts only from a probe that went unanswered, and only over several checks: in
 * a hidden tab timers are late by up to a minute, and after a freeze they run before the messages that came meanwhile are delivered. How
 * late we are says nothing about the server.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';

const probeEveryMs = 2_000;
/**
 * When a probe has gone unanswered for this long, over this many checks, the connection is half open. Closing it properly would wait for a
 * handshake that never comes, and the close event takes half a minute. By then six seconds have passed since we heard something, and the
 * server keeps the seat for eight.
 */
const silenceMs = 3_500;
const looksNeeded = 2;
/** How long an answer may take when we suspect that the connection is gone. */
const suspectSilenceMs = 1_000;

export interface Liveness {
	/** Something has arrived. */
	hear(): void;
	/** Something suggests that nothing arrives any more. */
	suspect(): void;
	close(): void;
}

export function createLiveness(
	clock: Clock,
	port: { probe(): void; /** At most once. */ silent(): void },
): Liveness {
	/** When the unanswered probe was sent; `null` if there is none. */
	let probedAtMs: number | null = null;
	let looks = 0;
	let cancelSuspicion: Unsubscribe = () => {};
	const stop = clock.every(probeEveryMs, look);

	function look(): void {
		if (probedAtMs === null) {
			probedAtMs = clock.now();
			looks = 0;
		} else {
			looks += 1;
			if (looks >= looksNeeded && clock.now() - probedAtMs >= silenceMs) return end();
		}
		port.probe();
	}

	function suspect(): void {
		cancelSuspicion();
		const suspectAtMs = clock.now();
		port.probe();
		cancelSuspicion = clock.after(suspectSilenceMs, () => {
			const isLate = clock.now() - suspectAtMs >= 2 * suspectSilenceMs;
			if (isLate) suspect();
			else end();
		});
	}

	function end(): void {
		close();
		port.silent();
	}

	function close(): void {
		stop();
		cancelSuspicion();
	}

	return {
		hear() {
			probedAtMs = null;
			cancelSuspicion();
		},
		suspect,
		close,
	};
}
