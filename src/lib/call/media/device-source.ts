/**
 * One microphone or one camera: what the person wants of it, the track that is held, and how it comes back when it is
 * lost. Captures go one at a time through a reconciler; letting go is immediate and never waits for a capture.
 * Knows nothing of the other devices, of what is remembered, or of who receives the track.
 */
import type { Capture, Captured, DeviceWish } from './capture';
import type { CaptureSource } from './media-state';
import { heldDevice, sameWish, satisfies, type HeldDevice } from './held-device';
import { createDeviceExchange, type Desired } from './device-exchange';
import { answerWithinMs, createDeviceRequests } from './device-requests';
import { createDeviceRetry } from './device-retry';
import { codeAfterBreak, mediaFailure } from './media-failure';
import { createInterruptionWatch } from './interruption-watch';
import type { Flow } from './capture-health';
import type { Clock } from '../../platform/platform';
import { createReconciler } from '../../platform/reconcile';
import type { LocalSource, MediaFailure, MediaFailureCode } from './media-state';

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
	/** Whether the browser may be asking the person at this moment. */
	mayBeAsking(): Promise<boolean>;
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
	/** Permissions have changed, or, where `others` is true, what devices there are: what failed is asked for again where that may help. */
	devicesChanged(others: boolean): void;
	/** What is known by evidence of the track held now. */
	handleFlow(flow: Flow): void;
	pageHidden(): void;
	/** The page is visible again: as `devicesChanged`, and a track that still gives nothing is replaced. */
	pageVisible(): void;
}

export function createDeviceSource(options: DeviceSourceOptions, events: DeviceSourceEvents): DeviceSource {
	const { source, clock, capture } = options;
	let active = false;
	let wanted = options.wanted;
	let wish: DeviceWish | null = null;
	let held: HeldDevice | null = null;
	let failure: MediaFailure | null = null;
	let shown: LocalSource = { wanted, state: 'off', failure: null };
	let hidden = false;
	let desired: Desired = { hold: false, wish: null };

	const retry = createDeviceRetry(clock, () => loop.again());
	const requests = createDeviceRequests({
		clock,
		capture: (wished) => capture(source, wished, () => desired.hold),
		late: handleLate,
	});
	const exchange = createDeviceExchange({
		requests,
		held: () => held,
		desired: () => desired,
		mayBeAsking: options.mayBeAsking,
		letGo() {
			drop();
			show();
		},
		...{ keepOrStop, refuse, fail },
	});
	const loop = createReconciler<Desired>({
		...{ clock, initial: desired, apply: exchange },
		maxMs: 4 * answerWithinMs,
	});
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

	/** What comes of it after all is used if it still fits. */
	function handleLate(asked: DeviceWish | null, captured: Captured, awaited: boolean): void {
		if (captured.ok && (!held || interruption.ongoing || !satisfies(held, desired.wish))) {
			keepOrStop(captured.track, asked, desired);
			// It may be another one that is wished for by now.
			if (awaited) loop.again();
		} else if (captured.ok) captured.track.stop();
		else if (awaited && desired.hold && !held) fail(captured.code);
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
		retry.drop();
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
			else retry.later(true);
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
		failure = mediaFailure(broke ? codeAfterBreak(code, hidden) : code);
		if (failure.code === 'busy' || broke) retry.later();
		show();
	}

	/** To be asked for anew: a driver that hung may have been cured. A question that stands open is not asked twice. */
	function forgetFailure(): void {
		if (failure?.code !== 'asking') requests.forget();
		failure = null;
		retry.drop();
	}

	/** Something outside has changed: asks again if that may help, and never where it would raise a question. */
	function reconsider(): void {
		if (!failure || held || retry.paced) return;
		if (failure.mendsItself) return loop.again();
		void options.permission().then((permission) => {
			if (permission === 'granted' && failure && !held) loop.again();
		});
	}

	/** Tells the loop what should be so now. */
	function settle(): void {
		const keeps = held !== null && !options.releasesWhenOff;
		desired = { hold: active && (wanted || keeps), wish };
		loop.want(desired);
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
			forgetFailure();
			interruption.forget();
			if (!active) drop();
			settle();
			show();
		},
		setWanted(next) {
			if (wanted === next) return;
			wanted = next;
			if (failure) forgetFailure();
			else retry.drop();
			if (held) held.track.enabled = wanted;
			if (!wanted && options.releasesWhenOff) drop();
			interruption.setWanted(wanted);
			settle();
			show();
		},
		setDevice(next) {
			// The same wish again must not ask again for what has just failed.
			if (sameWish(wish, next)) return;
			wish = next;
			// Otherwise a step would be on its way that keeps this source from being asked for in one question with the other.
			if (active) settle();
		},
		retry() {
			if (!active || !wanted) return;
			if (held) return replace(held);
			forgetFailure();
			loop.again();
			show();
		},
		devicesChanged(others) {
			if (others && failure?.code === 'no-answer') requests.forget();
			reconsider();
		},
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
