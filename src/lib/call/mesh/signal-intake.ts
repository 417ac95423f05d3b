/**
 * Limits what one other end may make us do: stands in front of its pair and checks each signal. It lets through what is safe for a browser,
 * of this epoch or one soon after, and no more than an honest end has to say. Each pair has its own, so that a flood from one end costs
 * only that end. Applies nothing itself.
 */
import type { CandidateSignal, DescriptionSignal, Signal } from '../../protocol';
import type { EndBudget } from './end-budget';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { isAcceptableCandidate } from './remote-candidate';
import { acceptableDescription } from './remote-description';

/**
 * [N3] How far beyond ours an offer's epoch may be. An honest end goes no further ahead of an end that it does not hear (`pair-epoch.ts`).
 */
export const epochLeapMax = 8;

/** How many candidates may arrive before the offer of their epoch. */
const earlyCandidatesMax = 64;

export interface SignalIntakePort {
	/** Our epoch. */
	epoch(): number;
	/** Called for signals of this epoch, or an offer of a later one. */
	deliver(signal: Signal): void;
}

export interface SignalIntake {
	handleSignal(signal: Signal): void;
	/** Our epoch has changed: delivers the candidates that came early for it. */
	handleEpoch(): void;
	close(): void;
}

export function createSignalIntake(
	clock: Clock,
	{ offers, answers, candidates }: EndBudget,
	port: SignalIntakePort,
): SignalIntake {
	let early: CandidateSignal[] = [];
	/** The latest offer that came too soon after the ones before. Offers that it replaces are void, or repeated in it. */
	let waitingOffer: DescriptionSignal | null = null;
	let cancelWaiting: Unsubscribe = () => {};

	function handleCandidate(signal: CandidateSignal): void {
		if (!candidates.take(1, clock.now()).ok || !isAcceptableCandidate(signal.candidate)) return;
		if (signal.epoch === port.epoch()) port.deliver(signal);
		else if (early.length < earlyCandidatesMax) early.push(signal);
	}

	function handleDescription(signal: DescriptionSignal): void {
		// An answer belongs to an offer of ours, and we have made none in a later epoch.
		if (signal.type === 'answer' && signal.epoch !== port.epoch()) return;
		if (signal.type === 'answer' && !answers.take(1, clock.now()).ok) return;
		if (signal.type === 'offer' && !mayTakeOffer(signal)) return;
		const sdp = acceptableDescription(signal.sdp);
		if (sdp !== null) port.deliver({ ...signal, sdp });
	}

	function mayTakeOffer(signal: DescriptionSignal): boolean {
		if (waitingOffer) {
			if (!isOlder(signal, waitingOffer)) waitingOffer = signal;
			return false;
		}
		const taken = offers.take(1, clock.now());
		if (taken.ok) return true;
		waitingOffer = signal;
		cancelWaiting = clock.after(taken.retryAfterMs, () => {
			const waited = waitingOffer;
			waitingOffer = null;
			if (waited) handleSignal(waited);
		});
		return false;
	}

	function handleSignal(signal: Signal): void {
		const epoch = port.epoch();
		if (signal.epoch < epoch || signal.epoch > epoch + epochLeapMax) return;
		if (signal.kind === 'candidate') handleCandidate(signal);
		else handleDescription(signal);
	}

	return {
		handleSignal,
		handleEpoch() {
			const epoch = port.epoch();
			const due = early.filter((signal) => signal.epoch === epoch);
			early = early.filter((signal) => signal.epoch > epoch);
			for (const signal of due) port.deliver(signal);
		},
		close() {
			cancelWaiting();
			early = [];
			waitingOffer = null;
		},
	};
}

function isOlder(a: DescriptionSignal, b: DescriptionSignal): boolean {
	return a.epoch < b.epoch || (a.epoch === b.epoch && a.offer < b.offer);
}
