/**
 * Whether the other end of a socket still answers. Silence counts from a question that went unanswered, and only over several looks: in
 * a hidden tab timers come late, by up to a minute, and after a freeze they run before what has come meanwhile is heard. How late we
 * are says nothing about the server.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';

const askEveryMs = 2_000;
/**
 * A question unanswered for so long, over so many looks, and the connection is half open: asked to close it waits for a handshake that never
 * comes, and the close event is half a minute away. By then six seconds have passed since something was heard, and the server keeps
 * the seat for eight.
 */
const silenceMs = 3_500;
const looksNeeded = 2;
/** How long the answer may take once there is a doubt. */
const checkedSilenceMs = 1_000;

export interface Liveness {
	/** Something has come. */
	hear(): void;
	/** Something suggests that nothing comes any more. */
	check(): void;
	close(): void;
}

export function createLiveness(
	clock: Clock,
	port: { ask(): void; /** At most once. */ silent(): void },
): Liveness {
	/** When the question was put that has no answer yet. */
	let askedAtMs: number | null = null;
	let looks = 0;
	let cancelCheck: Unsubscribe = () => {};
	const stop = clock.every(askEveryMs, look);

	function look(): void {
		if (askedAtMs === null) {
			askedAtMs = clock.now();
			looks = 0;
		} else {
			looks += 1;
			if (looks >= looksNeeded && clock.now() - askedAtMs >= silenceMs) return end();
		}
		port.ask();
	}

	function check(): void {
		cancelCheck();
		const checkedAtMs = clock.now();
		port.ask();
		cancelCheck = clock.after(checkedSilenceMs, () => {
			const isLate = clock.now() - checkedAtMs >= 2 * checkedSilenceMs;
			if (isLate) check();
			else end();
		});
	}

	function end(): void {
		close();
		port.silent();
	}

	function close(): void {
		stop();
		cancelCheck();
	}

	return {
		hear() {
			askedAtMs = null;
			cancelCheck();
		},
		check,
		close,
	};
}
