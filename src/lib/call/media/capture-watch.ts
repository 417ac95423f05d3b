/**
 * Checks regularly whether what is captured still gives anything. A count on the track itself costs nothing; if the browser has none, we
 * ask for the statistics of one peer. A source that is off, disabled or muted isn't checked.
 */
import { healthIntervalMs, judgeCapture, type CaptureHealth, type Flow } from './capture-health';
import type { CaptureSource } from './media-state';
import { inTime } from '../../platform/in-time';
import type { Clock, Unsubscribe } from '../../platform/platform';

export interface CaptureWatchPort {
	clock: Clock;
	/** The track that is held and should give something. */
	track(source: CaptureSource): MediaStreamTrack | null;
	/** What its device has delivered so far, in any measure that grows; `null` where we can't know. */
	delivered(track: MediaStreamTrack): number | null | Promise<number | null>;
	judged(source: CaptureSource, flow: Flow): void;
}

/** Statistics that take longer than this are not waited for. */
const countMaxMs = 2_000;

const sources = ['microphone', 'camera'] as const;

/** Runs until the returned function ends it. */
export function watchCapture({ clock, track, delivered, judged }: CaptureWatchPort): Unsubscribe {
	const healths = new Map<CaptureSource, CaptureHealth>();
	const asking = new Set<CaptureSource>();
	let stopped = false;

	async function sample(source: CaptureSource): Promise<void> {
		const asked = captured(source);
		if (!asked) {
			// Earlier samples say nothing about what comes next.
			healths.delete(source);
			return;
		}
		if (asking.has(source)) return;
		asking.add(source);
		const count = await inTime(clock, Promise.resolve(delivered(asked)), countMaxMs).catch(() => null);
		asking.delete(source);
		if (stopped || captured(source) !== asked) return;
		const before = healths.get(source) ?? null;
		const { health, flow } = judgeCapture(before, {
			trackId: asked.id,
			delivered: count ?? null,
			atMs: clock.now(),
		});
		if (health) healths.set(source, health);
		else healths.delete(source);
		judged(source, flow);
	}

	function captured(source: CaptureSource): MediaStreamTrack | null {
		const held = track(source);
		return held && held.enabled && !held.muted && held.readyState === 'live' ? held : null;
	}

	const stop = clock.every(healthIntervalMs, () => {
		for (const source of sources) void sample(source);
	});
	return () => {
		stopped = true;
		stop();
	};
}
