/**
 * What to do when a peer's media does not come, or stops: ICE restarts with fresh candidates, quickly at first, then a new peer, and at
 * last a new peer that uses only a relay. Knows about time and attempts, and nothing about how any of it is done.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';
import type { ConnectionState } from '../transport/transport';

/** How long ICE and DTLS may take after descriptions are exchanged, before we do something. */
export const settledPatienceMs = 8_000;
/** After this long without media the state is `failed`, though attempts go on. */
export const failedAfterMs = 25_000;

/** How soon we think again about a step that had to wait for signaling, in case nobody tells us that signaling is back. */
const withoutSignalingMs = 2_000;

/** How much later the polite end begins to repair what both have noticed. */
const politeHeadStartMs = 500;
/** For this long after a change of our own network, we repair what is lost without waiting for the other end. */
const ownFaultMs = 3_000;

/** Each step has a time limit, which starts when both ends have agreed on it. */
const steps = [
	{ action: 'restartIce', patienceMs: 1_000 },
	{ action: 'restartIce', patienceMs: 1_000 },
	{ action: 'restartIce', patienceMs: 1_500 },
	{ action: 'restartIce', patienceMs: 2_000 },
	{ action: 'restartIce', patienceMs: 2_500 },
	{ action: 'restartIce', patienceMs: 3_000 },
	{ action: 'rebuild', patienceMs: 6_000 },
	{ action: 'rebuildRelayed', patienceMs: 8_000 },
	{ action: 'rebuild', patienceMs: 12_000 },
	{ action: 'rebuildRelayed', patienceMs: 20_000 },
	{ action: 'rebuild', patienceMs: 30_000 },
	{ action: 'rebuildRelayed', patienceMs: 30_000 },
] as const;
const firstRebuild = steps.findIndex(({ action }) => action === 'rebuild');
/** Where a peer begins that has never been connected: restarts are for what has worked before. */
const firstForNew = firstRebuild - 2;

/** The step for an attempt, counted from 0 since media last flowed, and how long to wait for it to help. */
export function recoveryStep(attempt: number): (typeof steps)[number] {
	// The last two steps take turns.
	const last = steps.length - 1;
	const index = attempt <= last ? attempt : last - ((attempt - last) % 2);
	return steps[index] as (typeof steps)[number];
}

/** How long we leave the first move to the other end, so that not both make it. */
export function headStartMs(polite: boolean, sinceNetworkChangedMs: number): number {
	return polite && sinceNetworkChangedMs >= ownFaultMs ? politeHeadStartMs : 0;
}

export interface RecoveryPort {
	/** `networkChanged`: candidates from before are not worth waiting for. */
	restartIce(networkChanged: boolean): void;
	rebuild(): void;
	/** A new peer that uses only a relay; an ordinary one if no relay is configured. */
	rebuildRelayed(): void;
	stateChanged(): void;
}

export interface Recovery {
	readonly state: ConnectionState;
	/** The other end has answered since media last flowed, or since the beginning: it is the path that is missing. */
	readonly otherEndAnswers: boolean;
	/** Media flows. */
	handleConnected(): void;
	/** See `headStartMs`. */
	handleLost(startsAfterMs: number): void;
	/** Descriptions have been exchanged; ICE and DTLS come next. */
	handleSettled(): void;
	/** The other end has started over with a new peer. */
	handleReplaced(): void;
	/** The peer can't negotiate any more. */
	handleBroken(): void;
	/** The browser gives us no peer at all. */
	handleUnavailable(): void;
	/** We are in another network: if media is missing, we start at once and try everything again. */
	handleNetworkChanged(): void;
	/** While signaling is lost nothing can be done; once it is back, what is due is done at once. */
	handleSignaling(available: boolean): void;
	/** A person asks for it: makes a new peer at once, and restarts the time until `failed`. */
	retry(): void;
	close(): void;
}

export function createRecovery(clock: Clock, port: RecoveryPort): Recovery {
	let state: ConnectionState = 'connecting';
	let hasConnected = false;
	let otherEndAnswers = false;
	let attempt = firstForNew;
	let patienceMs = 0;
	let signaling = true;
	/** The network, or the way to the server, has changed since the last step. */
	let networkChanged = false;
	let cancelStep: Unsubscribe | null = null;
	let cancelDeadline: Unsubscribe | null = null;

	function become(next: ConnectionState): void {
		if (next === state) return;
		state = next;
		port.stateChanged();
	}

	/** Media is missing: the next step follows unless media comes in time. */
	function expectMediaWithin(durationMs: number): void {
		patienceMs = durationMs;
		cancelStep?.();
		cancelStep = clock.after(durationMs, takeStep);
		cancelDeadline ??= clock.after(failedAfterMs, () => become('failed'));
		if (state === 'connected') become('reconnecting');
	}

	function takeStep(): void {
		// Offers made now would only wait, and their candidates would grow old.
		if (!signaling) return expectMediaWithin(withoutSignalingMs);
		const step = recoveryStep(attempt++);
		expectMediaWithin(step.patienceMs);
		const changed = networkChanged;
		networkChanged = false;
		if (step.action === 'restartIce') port.restartIce(changed);
		else port[step.action]();
	}

	function stopWaiting(): void {
		cancelStep?.();
		cancelDeadline?.();
		cancelStep = cancelDeadline = null;
	}

	return {
		get state() {
			return state;
		},
		get otherEndAnswers() {
			return otherEndAnswers;
		},
		handleConnected() {
			stopWaiting();
			attempt = 0;
			hasConnected = true;
			otherEndAnswers = networkChanged = false;
			become('connected');
		},
		handleLost(startsAfterMs) {
			if (!cancelStep) expectMediaWithin(startsAfterMs);
		},
		handleSettled() {
			otherEndAnswers = true;
			// In a recovery the step's time counts from here, so that with slow signaling restarts don't follow each other too fast.
			if (state !== 'connected')
				expectMediaWithin(cancelStep && hasConnected ? patienceMs : settledPatienceMs);
		},
		handleReplaced() {
			if (hasConnected || cancelStep) expectMediaWithin(settledPatienceMs);
		},
		handleBroken() {
			attempt = Math.max(attempt, firstRebuild);
			expectMediaWithin(recoveryStep(attempt).patienceMs / 8);
		},
		handleUnavailable() {
			attempt = Math.max(attempt, firstRebuild);
			expectMediaWithin(recoveryStep(attempt).patienceMs);
			become('failed');
		},
		handleNetworkChanged() {
			networkChanged = true;
			if (!cancelStep || !hasConnected) return;
			attempt = 0;
			takeStep();
		},
		handleSignaling(available) {
			const isBack = available && !signaling;
			signaling = available;
			if (!isBack || !cancelStep || !hasConnected) return;
			networkChanged = true;
			takeStep();
		},
		retry() {
			stopWaiting();
			attempt = firstRebuild;
			become(hasConnected ? 'reconnecting' : 'connecting');
			takeStep();
		},
		close: stopWaiting,
	};
}
