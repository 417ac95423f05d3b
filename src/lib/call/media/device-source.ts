/**
 * One microphone or one camera: what the person wants of it, the track that is held, and how it comes back when it is
 * lost. Captures go one at a time through a reconciler; letting go is immediate and never waits for a capture.
 * Knows nothing of the other devices, of what is remembered, or of who receives the track.
 */
import type { Capture, Captured, DeviceWish } from './capture';
import type { CaptureSource } from './media-state';
import { heldDevice, sameWish, satisfies, wishFor, type HeldDevice } from './held-device';
import { inTime } from '../../platform/in-time';
import { mediaFailure } from './media-failure';
import { createInterruptionWatch } from './interruption-watch';
import type { Flow } from './capture-health';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { createReconciler } from '../../platform/reconcile';
import type { LocalSource, MediaFailure, MediaFailureCode } from './media-state';

/** A device, or a person who is asked, takes so long now and then. After it is said what is waited for, and something else can be asked. */
export const answerWithinMs = 8_000;
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

interface Desired {
	hold: boolean;
	wish: DeviceWish | null;
}

/** Asked for in vain so far. What comes of it after all is used if it still fits. */
interface Unanswered {
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
	let desired: Desired = { hold: false, wish: null };
	let unanswered: Unanswered | null = null;

	const loop = createReconciler<Desired>({ clock, initial: desired, maxMs: 4 * answerWithinMs, apply });
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
		// What was chosen in vain and is chosen again is asked for again: something else is in use meanwhile.
		const waits = !held || held.stale;
		if (waits && unanswered && sameWish(unanswered.wish, desired.wish)) return waitOn();
		// A second question would stand behind the first.
		if (unanswered && (await options.mayBeAsking())) return waitOn();
		let captured = await ask(desired.wish);
		if (!captured) return giveUp(desired, latest);
		// A muted track may yet give something again; one that is to be replaced otherwise gives nothing anyway.
		const spared = held?.stale && held.track.muted;
		if (!captured.ok && captured.code === 'busy' && held && !spared && latest() === desired) {
			// Some systems (Android's cameras) open one device at a time: let go of the old one and ask once more.
			const { stale } = held;
			const before = wishFor(held);
			drop();
			show();
			captured = await ask(desired.wish);
			if (!captured?.ok && !stale && latest() === desired) {
				const back = await ask(before);
				if (latest() === desired) refuse(desired.wish, before);
				return back?.ok ? keepOrStop(back.track, before, latest()) : undefined;
			}
			if (!captured) return giveUp(desired, latest);
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

	/** `null` where no answer comes in time. */
	async function ask(wished: DeviceWish | null): Promise<Captured | null> {
		const asking: Unanswered = { wish: wished };
		const answer = capture(source, wished, () => desired.hold);
		const captured = await inTime(clock, answer, answerWithinMs, (late) => handleLate(asking, late));
		unanswered = captured ? null : asking;
		return captured ?? null;
	}

	function giveUp(asked: Desired, latest: () => Desired): Promise<void> | void {
		if (latest() !== asked) return;
		if (held && !held.stale) return refuse(asked.wish, wishFor(held));
		return waitOn();
	}

	/** Says what is waited for. */
	async function waitOn(): Promise<void> {
		if (held) {
			held.stale = false;
			return;
		}
		const waiting = unanswered;
		const code = (await options.mayBeAsking()) ? 'asking' : 'no-answer';
		if (waiting === unanswered && desired.hold && !held) fail(code);
	}

	function handleLate(asked: Unanswered, captured: Captured): void {
		const awaited = unanswered === asked;
		if (awaited) unanswered = null;
		if (captured.ok && (!held || interruption.ongoing || !satisfies(held, desired.wish))) {
			keepOrStop(captured.track, asked.wish, desired);
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
		return code === 'busy' || code === 'no-answer' || hidden ? 'interrupted' : code;
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

	/** To be asked for anew: a driver that hung may have been cured. A question that stands open is not asked twice. */
	function forgetFailure(): void {
		if (failure?.code !== 'asking') unanswered = null;
		failure = null;
		dropRetry();
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
			else dropRetry();
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
			if (others && failure?.code === 'no-answer') unanswered = null;
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
