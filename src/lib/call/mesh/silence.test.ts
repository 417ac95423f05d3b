import { expect, it } from 'vitest';
import { alive, answerWithinMs, listen, probeAfterMs, suspect, suspectMs, type Silence } from './silence';

/** Counts taken every `everyMs` from time 0 on, as they would be if `count` were true. */
function after(
	durationMs: number,
	count: (atMs: number) => number,
	{ everyMs = 100, roundTripMs = 0, from = alive(0) } = {},
): Silence {
	let silence = from;
	for (let atMs = everyMs; atMs <= durationMs; atMs += everyMs) {
		silence = listen(silence, { count: count(atMs), roundTripMs }, atMs);
	}
	return silence;
}

const steadily = (atMs: number) => 1 + Math.floor(atMs / 20);

it('never probes while packets come', () => {
	expect(after(60_000, steadily)).toMatchObject({ probedAtMs: null, stopped: false });
});

it('[N12] probes after a while of silence, and takes the path to be gone when nothing answers', () => {
	const silentFrom = 1_000;
	const count = (atMs: number) => steadily(Math.min(atMs, silentFrom));
	expect(after(silentFrom + probeAfterMs, count).probedAtMs).toBe(silentFrom + probeAfterMs);
	const goneAt = silentFrom + probeAfterMs + answerWithinMs.usually;
	expect(after(goneAt - 100, count).stopped).toBe(false);
	expect(after(goneAt, count).stopped).toBe(true);
});

it('is content with any answer, so that somebody with nothing to send is never taken for gone', () => {
	// One packet for each probe, 300 ms after it, for want of anything else.
	let silence = alive(0);
	let count = 0;
	let answerAt = Infinity;
	for (let atMs = 100; atMs < 60_000; atMs += 100) {
		if (atMs >= answerAt) {
			count += 1;
			answerAt = Infinity;
		}
		silence = listen(silence, { count, roundTripMs: 0 }, atMs);
		if (silence.probedAtMs === atMs) answerAt = atMs + 300;
		expect(silence.stopped).toBe(false);
	}
	expect(count).toBeGreaterThan(50);
});

it('waits for a round trip longer on a long path, and not for ever on what a dead one says of itself', () => {
	const silent = () => 0;
	const soonest = probeAfterMs + answerWithinMs.usually;
	expect(after(soonest + 300, silent, { roundTripMs: 400 }).stopped).toBe(false);
	expect(after(soonest + 400, silent, { roundTripMs: 400 }).stopped).toBe(true);
	expect(after(soonest + 1_500, silent, { roundTripMs: 60_000 }).stopped).toBe(true);
});

it('believes the silence of a suspect sooner, and only for a while', () => {
	const from = suspect(alive(0), 0);
	expect(after(100 + answerWithinMs.suspect + 50, () => 0, { from, everyMs: 50 }).stopped).toBe(true);
	const later = after(suspectMs, steadily, { from });
	const silence = listen(later, { count: later.count, roundTripMs: 0 }, suspectMs + 100);
	expect(silence.probedAtMs).toBeNull();
});

it('says so when packets come again', () => {
	const silent = after(5_000, () => 7);
	expect(silent.stopped).toBe(true);
	expect(listen(silent, { count: 8, roundTripMs: 0 }, 5_100)).toMatchObject({
		stopped: false,
		probedAtMs: null,
	});
});

it('probes after a long sleep of the machine, before it believes anything', () => {
	const awake = after(1_000, steadily);
	const woken = listen(awake, { count: awake.count, roundTripMs: 0 }, 8 * 3_600_000);
	expect(woken).toMatchObject({ probedAtMs: 8 * 3_600_000, stopped: false });
});

it('probes again when the page was held up while a probe was out, and believes silence after that one', () => {
	const hourMs = 3_600_000;
	const probed = after(500, () => 0);
	expect(probed).toMatchObject({ probedAtMs: 400, stopped: false });
	const woken = listen(probed, { count: 0, roundTripMs: 0 }, hourMs);
	expect(woken).toMatchObject({ probedAtMs: hourMs, stopped: false });
	const later = (byMs: number) => listen(woken, { count: 0, roundTripMs: 0 }, hourMs + byMs);
	expect(later(100).stopped).toBe(false);
	expect(later(answerWithinMs.usually).stopped).toBe(true);
	expect(listen(woken, { count: 1, roundTripMs: 0 }, hourMs + 100)).toMatchObject({ probedAtMs: null });
});

it('takes no late look for silence while answers come, and believes it where looks are always late', () => {
	const minuteMs = 60_000;
	const answering = after(60 * minuteMs, (atMs) => Math.floor(atMs / (2 * minuteMs)), { everyMs: minuteMs });
	expect(answering.stopped).toBe(false);
	expect(after(4 * minuteMs, () => 0, { everyMs: minuteMs }).stopped).toBe(true);
});
