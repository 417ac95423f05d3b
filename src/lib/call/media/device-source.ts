/**
 * One microphone or one camera: what the person wants of it, the track that is held, and how it comes back when it is lost. Captures go one
 * at a time through a reconciler; releasing is immediate and never waits for a capture. Knows nothing about the other devices, what is
 * remembered, or who receives the track.
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

/** A track that ends sooner than this after it began is not asked for again at once, because it might end at once again. */
const steadyMs = 5_000;

export interface DeviceSourceOptions {
	source: CaptureSource;
	/** A camera releases its device when switched off; a muted microphone keeps its device, so that unmuting is immediate. */
	releasesWhenOff: boolean;
	wanted: boolean;
	clock: Clock;
	capture: Capture;
	permission(): Promise<PermissionState | undefined>;
	/** Whether the browser may be asking the person at this moment. */
	mayBeAsking(): Promise<boolean>;
}

export interface DeviceSourceEvents {
	/** `shown` or `track` may have changed. */
	changed(): void;
	trackChanged(track: MediaStreamTrack | null): void;
	/** The track ended by itself: unplugged, revoked, or taken by the system. */
	lost(label: string): void;
	/** The wished device gave nothing; `kept` is the wish whose device stays in use. */
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
	/** Asks again after a failure; replaces a held track by a fresh one. */
	retry(): void;
	/** Permissions have changed or, where `others` is true, the list of devices has. Asks again after a failure where that may help. */
	devicesChanged(others: boolean): void;
	/** What the samples say about the track held now. */
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

	/** Uses a late answer if it still fits. */
	function handleLate(asked: DeviceWish | null, captured: Captured, awaited: boolean): void {
		if (captured.ok && (!held || interruption.ongoing || !satisfies(held, desired.wish))) {
			keepOrStop(captured.track, asked, desired);
			// By now the wish may be for another device.
			if (awaited) loop.again();
		} else if (captured.ok) captured.track.stop();
		else if (awaited && desired.hold && !held) fail(captured.code);
	}

	/** The device that stays in use becomes the wish. */
	function refuse(refused: DeviceWish | null, kept: DeviceWish | null): void {
		wish = kept;
		settle();
		events.refused(refused, kept);
	}

	/** A person may have changed their mind while the browser was asked, so the track is kept only if it still fits. */
	function keepOrStop(track: MediaStreamTrack, asked: DeviceWish | null, now: Desired): void {
		const next = heldDevice(track, asked, clock.now());
		if (now.hold && satisfies(next, now.wish)) hold(next);
		else track.stop();
	}

	function hold(next: HeldDevice): void {
		const before = held;
		held = next;
		// An interruption ends only when there is evidence that the track gives something.
		if (!interruption.ongoing) failure = null;
		retry.drop();
		next.track.enabled = wanted;
		// The listener need not be removed: a stopped track fires nothing, and the event of a replaced one is ignored.
		next.track.addEventListener('ended', () => held === next && handleEnded());
		interruption.hold(next.track);
		events.trackChanged(next.track);
		before?.track.stop();
		show();
		// The device was unplugged while it was being opened, before we listened for the event.
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

	/** Allows another try: a driver that hung may work again. While the browser's question is open, we don't ask twice. */
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

	/** Tells the loop what is desired now. */
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
			// While inactive, a step begun here would prevent one question for both sources later.
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
