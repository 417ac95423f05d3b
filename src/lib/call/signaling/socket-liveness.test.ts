import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import type { Clock } from '../../platform/platform';
import { createLiveness } from './socket-liveness';

/** A hidden tab: timers run once a minute at the soonest, what comes over the network is heard at once. */
function throttled(clock: FakeClock): Clock {
	const minuteMs = 60_000;
	const late = (delayMs: number) => Math.ceil(delayMs / minuteMs) * minuteMs;
	return {
		now: () => clock.now(),
		epochMs: () => clock.epochMs(),
		after: (delayMs, action) => clock.after(late(delayMs), action),
		every: (intervalMs, action) => clock.every(late(intervalMs), action),
	};
}

function watch({ hidden = false, answerAfterMs = 50 }: { hidden?: boolean; answerAfterMs?: number } = {}) {
	const clock = new FakeClock();
	const beganAt = clock.now();
	const server = { answerAfterMs };
	let silentAfterMs: number | null = null;
	let probes = 0;
	const liveness = createLiveness(hidden ? throttled(clock) : clock, {
		probe() {
			probes += 1;
			if (server.answerAfterMs < Infinity) clock.after(server.answerAfterMs, () => liveness.hear());
		},
		silent: () => (silentAfterMs = clock.now() - beganAt),
	});
	return { clock, server, liveness, silentAfterMs: () => silentAfterMs, probes: () => probes };
}

const hourMs = 3_600_000;

it('probes on and on, and is content with answers', async () => {
	const { clock, silentAfterMs, probes } = watch();
	await clock.advance(60_000);
	expect(probes()).toBe(30);
	expect(silentAfterMs()).toBeNull();
});

it('takes a server that answers nothing for gone within six seconds of the last answer', async () => {
	const { clock, silentAfterMs } = watch({ answerAfterMs: Infinity });
	await clock.advance(60_000);
	expect(silentAfterMs()).toBe(6_000);
	expect(clock.pending).toBe(0);
});

it('does not take the timers of a hidden tab for silence of the server', async () => {
	const { clock, silentAfterMs, probes } = watch({ hidden: true });
	await clock.advance(hourMs);
	expect(probes()).toBeGreaterThan(50);
	expect(silentAfterMs()).toBeNull();
});

it('notices a server that is gone in a hidden tab as well, a few looks later', async () => {
	const { clock, server, silentAfterMs } = watch({ hidden: true });
	await clock.advance(hourMs);
	server.answerAfterMs = Infinity;
	await clock.advance(5 * 60_000);
	expect(silentAfterMs()).not.toBeNull();
});

it('hears what came during a freeze before it judges, though its timer runs first', async () => {
	// The answer to the last probe before it comes after the look that follows it.
	const { clock, silentAfterMs } = watch({ hidden: true, answerAfterMs: 60_010 });
	await clock.advance(10 * 60_000);
	expect(silentAfterMs()).toBeNull();
});

it('waits a second for the answer of a suspect, and in a hidden tab probes again before it believes', async () => {
	const seen = watch({ answerAfterMs: Infinity });
	seen.liveness.suspect();
	await seen.clock.advance(1_000);
	expect(seen.silentAfterMs()).toBe(1_000);

	const answered = watch();
	answered.liveness.suspect();
	await answered.clock.advance(1_500);
	expect(answered.silentAfterMs()).toBeNull();

	const hidden = watch({ hidden: true, answerAfterMs: 60_010 });
	hidden.liveness.suspect();
	await hidden.clock.advance(60_000);
	expect(hidden.silentAfterMs()).toBeNull();
});
