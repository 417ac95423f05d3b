/**
 * One microphone or one camera: what the person wants of it, the track that is held, and how it comes back when it is
 * lost. Captures go one at a time through a reconciler; letting go is immediate and never waits for a capture.
 * Knows nothing of the other devices, of what is remembered, or of who receives the track.
 */
import type { Capture, CaptureSource, DeviceWish } from './capture';
import { heldDevice, satisfies, wishFor, type HeldDevice } from './held-device';
import { mediaFailure } from './media-failure';
import { createInterruptionWatch } from './interruption-watch';
import type { Flow } from './capture-health';
import type { Clock, Unsubscribe } from './platform';
import { createReconciler } from './reconcile';
import type { LocalSource, MediaFailure, MediaFailureCode } from './snapshot';

/** How often a device that another application holds, or that was lost, is tried again. */
export const busyRetryMs = 2_000;
/** A track that ends sooner than this after it began is not asked for again at once, lest it end at once again. */
const steadyMs = 5_000;

export interface DeviceSourceOptions {
	source: CaptureSource;
	/** A camera lets go of its device when switched off; a muted microphone keeps it, to be back at once. */
	releasesWhenOff: boolean;
	wanted: boolean;
	clock: Clock;
	capture: Capture;
	permission(): Promise<PermissionState | undefined>;
}

export interface DeviceSourceEvents {
	/** `shown` or `track` may be another now. */
	changed(): void;
	trackChanged(track: MediaStreamTrack | null): void;
	/** The track ended by itself: unplugged, revoked, or taken by the system. */
	lost(label: string): void;
	/** The wished device gave nothing; `kept` is the wish whose device goes on being used. */
	refused(wish: DeviceWish | null, kept: DeviceWish | null): void;
}

export interface DeviceSource {
	/** The same object until something in it changes. */
	readonly shown: LocalSource;
	readonly track: MediaStreamTrack | null;
	/** While inactive nothing is captured, whatever is wanted. */
	setActive(active: boolean): void;
	setWanted(wanted: boolean): void;
	setDevice(wish: DeviceWish | null): void;
	/** Asks again for what failed; where a track is held that gives nothing, replaces it by a fresh one. */
	retry(): void;
	/** Devices or permissions have changed: what failed is asked for again where that may help. */
	devicesChanged(): void;
	/** What is known by evidence of the track held now. */
	handleFlow(flow: Flow): void;
	pageHidden(): void;
	/** The page is visible again: as `devicesChanged`, and a track that still gives nothing is replaced. */
	pageVisible(): void;
}

interface Desired {
	hold: boolean;
	wish: DeviceWish | null;
}

export function createDeviceSource(options: DeviceSourceOptions, events: DeviceSourceEvents): DeviceSource {
	const { source, clock, capture } = options;
	let active = false;
	let wanted = options.wanted;
	let wish: DeviceWish | null = null;
	let held: HeldDevice | null = null;
	let failure: MediaFailure | null = null;
	let shown: LocalSource = { wanted, state: 'off', failure: null };
	let cancelRetry: Unsubscribe = () => {};
	/** A track that ended as soon as it began changes devices as well: only the clock says when it is asked for again. */
	let pacing = false;
	let hidden = false;

	const loop = createReconciler<Desired>({ initial: { hold: false, wish: null }, apply });
	const interruption = createInterruptionWatch(clock, wanted, {
		began() {
			failure = mediaFailure('interrupted');
			show();
		},
		ended() {
			failure = null;
			show();
		},
		fresh: () => held && replace(held),
	});

	async function apply(desired: Desired, latest: () => Desired): Promise<void> {
		if (!desired.hold) {
			drop();
			return show();
		}
		if (held && satisfies(held, desired.wish)) return;
		let captured = await capture(source, desired.wish);
		// A muted track may yet give something again; one that is to be replaced otherwise gives nothing anyway.
		const spared = held?.stale && held.track.muted;
		if (!captured.ok && captured.code === 'busy' && held && !spared && latest() === desired) {
			// Some systems (Android's cameras) open one device at a time: let go of the old one and ask once more.
			const { stale } = held;
			const before = wishFor(held);
			drop();
			show();
			captured = await capture(source, desired.wish);
			if (!captured.ok && !stale && latest() === desired) {
				const back = await capture(source, before);
				if (latest() === desired) refuse(desired.wish, before);
				return back.ok ? keepOrStop(back.track, before, latest()) : undefined;
			}
		}
		// Still taken: the old track may yet be given back, and a change would win nothing.
		if (captured.ok && held?.stale && held.track.muted && captured.track.muted) {
			captured.track.stop();
			held.stale = false;
			return;
		}
		if (captured.ok) return keepOrStop(captured.track, desired.wish, latest());
		// Overtaken: the loop comes round again, and what it finds then is what counts.
		if (latest() !== desired) return;
		if (!held) fail(captured.code);
		else if (held.stale) held.stale = false;
		else refuse(desired.wish, wishFor(held));
	}

	/** What is kept becomes what is wished for. */
	function refuse(refused: DeviceWish | null, kept: DeviceWish | null): void {
		wish = kept;
		settle();
		events.refused(refused, kept);
	}

	/** A person may have changed their mind while the browser was asked: only what still fits is kept. */
	function keepOrStop(track: MediaStreamTrack, asked: DeviceWish | null, now: Desired): void {
		const next = heldDevice(track, asked, clock.now());
		if (now.hold && satisfies(next, now.wish)) hold(next);
		else track.stop();
	}

	function hold(next: HeldDevice): void {
		const before = held;
		held = next;
		// An interruption ends with evidence, not with hope.
		if (!interruption.ongoing) failure = null;
		dropRetry();
		next.track.enabled = wanted;
		// Needs no removing: a stopped track fires nothing, and the event of a replaced one is ignored.
		next.track.addEventListener('ended', () => held === next && handleEnded());
		interruption.hold(next.track);
		events.trackChanged(next.track);
		before?.track.stop();
		show();
		// Unplugged while it was being opened: its event has passed.
		if (next.track.readyState === 'ended') handleEnded();
	}

	function drop(): void {
		if (!held) return;
		const { track } = held;
		held = null;
		interruption.drop();
		track.stop();
		events.trackChanged(null);
	}

	function handleEnded(): void {
		if (!held) return;
		const { track, sinceMs } = held;
		drop();
		interruption.forget();
		if (wanted) {
			fail('lost');
			if (clock.now() - sinceMs >= steadyMs) loop.again();
			else {
				retryLater();
				pacing = true;
			}
		} else {
			settle();
			show();
		}
		events.lost(track.label);
	}

	function replace(stale: HeldDevice): void {
		stale.stale = true;
		loop.again();
	}

	function fail(code: MediaFailureCode): void {
		const broke = failure?.code === 'lost' || failure?.code === 'interrupted';
		failure = mediaFailure(broke ? afterBreak(code) : code);
		if (failure.code === 'busy' || broke) retryLater();
		show();
	}

	/** What gave something before is lost rather than never found, and taken away rather than busy. */
	function afterBreak(code: MediaFailureCode): MediaFailureCode {
		if (code === 'not-found') return 'lost';
		// Some systems refuse a hidden page what they give to one that is seen: no last word.
		return code === 'busy' || hidden ? 'interrupted' : code;
	}

	function retryLater(): void {
		dropRetry();
		cancelRetry = clock.after(busyRetryMs, () => {
			pacing = false;
			loop.again();
		});
	}

	function dropRetry(): void {
		cancelRetry();
		pacing = false;
	}

	/** Something outside has changed: asks again if that may help, and never where it would raise a question. */
	function reconsider(): void {
		if (!failure || held || pacing) return;
		if (failure.mendsItself) return loop.again();
		void options.permission().then((permission) => {
			if (permission === 'granted' && failure && !held) loop.again();
		});
	}

	/** Tells the loop what should be so now. */
	function settle(): void {
		const keeps = held !== null && !options.releasesWhenOff;
		loop.want({ hold: active && (wanted || keeps), wish });
	}

	function show(): void {
		const on = active && wanted;
		const state = !on ? 'off' : failure ? 'failed' : held ? 'on' : 'starting';
		const shownFailure = state === 'failed' ? failure : null;
		if (shown.wanted !== wanted || shown.state !== state || shown.failure !== shownFailure) {
			shown = { wanted, state, failure: shownFailure };
		}
		events.changed();
	}

	return {
		get shown() {
			return shown;
		},
		get track() {
			return held?.track ?? null;
		},
		setActive(next) {
			active = next;
			failure = null;
			dropRetry();
			interruption.forget();
			if (!active) drop();
			settle();
			show();
		},
		setWanted(next) {
			if (wanted === next) return;
			wanted = next;
			failure = null;
			dropRetry();
			if (held) held.track.enabled = wanted;
			if (!wanted && options.releasesWhenOff) drop();
			interruption.setWanted(wanted);
			settle();
			show();
		},
		setDevice(next) {
			// The same wish again must not ask again for what has just failed.
			if (wish?.id === next?.id && wish?.exact === next?.exact) return;
			wish = next;
			settle();
		},
		retry() {
			if (!active || !wanted) return;
			if (held) return replace(held);
			failure = null;
			dropRetry();
			loop.again();
			show();
		},
		devicesChanged: reconsider,
		handleFlow: interruption.handleFlow,
		pageHidden() {
			hidden = true;
			interruption.pageHidden();
		},
		pageVisible() {
			hidden = false;
			interruption.pageVisible();
			reconsider();
		},
	};
}
