/**
 * Agrees on session descriptions over one peer connection: the perfect negotiation of the W3C (webrtc-pc, section 10.7), hardened for a
 * channel that may lose, repeat or reorder. Knows nothing of media, layout or rooms.
 *
 * Everything that touches the connection's descriptions runs in one loop, one step at a time. That is why the pattern's three flags are not
 * here: whenever we look at a description, no other one is half applied.
 */
import type { CandidateSignal, DescriptionSignal, Signal } from '../../protocol';
import type { Clock, PeerConnection, Unsubscribe } from '../../platform/platform';

/** How long an offer waits for its answer before it is sent again: doubled each time, up to `most`. */
export const offerPatienceMs = { first: 2_000, most: 16_000 } as const;

/** A restart replaces an offer that has waited this long. Replacing it sooner would never let a slow answer arrive in time. */
const supersedeAfterMs = 3_000;

/** How many candidates wait for their description. Two generations of a rich network fit; a flood does not. */
const heldCandidatesMax = 128;
/** How many candidates are applied to one description, apart from those inside it. */
const appliedCandidatesMax = 64;
/** How many signals wait while a step is running. */
const inboxMax = 256;

/**
 * [N5] Repetitions of an offer are answered at most this often, and the last one always is: an answer is some 10 KB, a repetition costs its
 * sender nothing.
 */
export const repeatedAnswerMs = 1_000;

export interface NegotiationPort {
	send(signal: Signal): void;
	/** A remote offer is applied. Set up now what the answer should contain. */
	beforeAnswer(): void;
	/** Offer and answer are both applied on this side. */
	settled(): void;
	/**
	 * The other end's first offer crossed ours, and we are the one to yield. After a rollback, our transceivers would stay unassociated
	 * next to those of the offer (RFC 8829, section 5.10: only those made by `addTrack` are reused), so a fresh connection has to answer.
	 * `unused` is all that was received for it: the offer first, then the rest in order.
	 */
	yielded(unused: Signal[]): void;
	/** A description could not be made or applied: this connection is of no use any more. */
	failed(error: unknown): void;
}

export interface Negotiation {
	/** How many offers have been made so far, including those made before this connection. */
	readonly offersMade: number;
	/** We are adding our own transceivers: from here on, an offer of theirs collides with our first one. */
	begin(): void;
	handleSignal(signal: Signal): void;
	/** The unanswered offer with all candidates gathered so far, or `null`. */
	offer(): DescriptionSignal | null;
	/** Sends the unanswered offer again, if there is one, and starts waiting for its answer anew. */
	sendOfferAgain(): void;
	/** The unanswered offer was just sent another way: only waits for its answer. */
	awaitAnswer(): void;
	/**
	 * Offers an ICE restart. An offer that is already on its way will do, unless it has waited too long or its candidates belong to a
	 * network that is gone.
	 */
	restartIce(networkChanged: boolean): void;
	close(): void;
}

export interface NegotiationOptions {
	epoch: number;
	/** Whether this end gives way when two offers collide. Asked only once the other end's signals arrive. */
	polite: () => boolean;
	/** Offers made in this epoch by a connection before this one; numbering goes on from there. */
	offersBefore: number;
	/** Changes the other end's description before it is applied. */
	adapt: (sdp: string) => string;
}

export function createNegotiation(
	connection: PeerConnection,
	clock: Clock,
	options: NegotiationOptions,
	port: NegotiationPort,
): Negotiation {
	const { epoch } = options;
	const inbox: Signal[] = [];
	let held: CandidateSignal[] = [];
	let offerWanted = false;
	let working = false;
	let closed = false;
	let hasBegun = false;
	/** How often offer and answer have both been applied. */
	let exchanges = 0;
	let offersMade = options.offersBefore;
	/** The number of our offer that has no answer yet. */
	let unanswered: number | null = null;
	let offeredAtMs = 0;
	/** A new offer will replace the unanswered one. */
	let superseding = false;
	/** The last offer of theirs that was answered, and the answer. */
	let answered: { offer: number; sdp: string } | null = null;
	let answeredAtMs = -Infinity;
	let cancelAnswer: Unsubscribe | null = null;
	let appliedCandidates = 0;
	let patienceMs: number = offerPatienceMs.first;
	let cancelPatience: Unsubscribe = () => {};

	connection.onnegotiationneeded = () => {
		offerWanted = true;
		void work();
	};
	connection.onicecandidate = ({ candidate }) => {
		if (candidate?.candidate) port.send(candidateSignal(epoch, candidate));
	};

	/** The loop. Once the connection is closed, an await in it may never resolve, and nothing depends on it. */
	async function work(): Promise<void> {
		if (working) return;
		working = true;
		try {
			for (;;) {
				const signal = inbox.shift();
				if (signal?.kind === 'candidate') await applyCandidate(signal);
				else if (signal) await applyDescription(signal);
				else if (offerWanted && mayOffer()) await makeOffer();
				else break;
				if (closed) return;
			}
			working = false;
		} catch (error) {
			// `working` stays true: no step can follow one that failed.
			if (!closed) port.failed(error);
		}
	}

	function mayOffer(): boolean {
		const { signalingState } = connection;
		return signalingState === 'stable' || (superseding && signalingState === 'have-local-offer');
	}

	async function makeOffer(): Promise<void> {
		offerWanted = superseding = false;
		if (exchanges === 1 && answered && options.polite()) await repeatExchange();
		if (closed) return;
		await connection.setLocalDescription();
		if (closed) return;
		unanswered = ++offersMade;
		offeredAtMs = clock.now();
		sendOfferAgain();
	}

	/**
	 * Applies their offer and our answer once more, on this side only, which changes nothing. It works around a bug: if the first offer of
	 * the end that answered is rolled back right after the first exchange, Chromium (seen in 156) decodes their pictures but never shows
	 * them again. After a second exchange, a rollback does no harm.
	 */
	async function repeatExchange(): Promise<void> {
		const { remoteDescription } = connection;
		if (!remoteDescription) return;
		await connection.setRemoteDescription(remoteDescription);
		if (closed) return;
		await connection.setLocalDescription();
		exchanges++;
	}

	function applyDescription(signal: DescriptionSignal): Promise<void> | void {
		return signal.type === 'offer' ? applyOffer(signal) : applyAnswer(signal);
	}

	async function applyOffer(signal: DescriptionSignal): Promise<void> {
		if (answered && signal.offer <= answered.offer) {
			// A repetition means that our answer may be lost; an older offer is void.
			if (signal.offer === answered.offer) repeatAnswer();
			return;
		}
		const glare = connection.signalingState !== 'stable' || (hasBegun && exchanges === 0);
		if (glare && !options.polite()) return;
		if (glare && exchanges === 0) {
			close();
			port.yielded([signal, ...held, ...inbox]);
			return;
		}
		forgetOffer();
		await connection.setRemoteDescription({ type: 'offer', sdp: options.adapt(signal.sdp) });
		if (closed) return;
		port.beforeAnswer();
		await connection.setLocalDescription();
		if (closed) return;
		cancelAnswer?.();
		answered = { offer: signal.offer, sdp: connection.localDescription?.sdp ?? '' };
		sendAnswer();
		await settle();
	}

	async function applyAnswer(signal: DescriptionSignal): Promise<void> {
		if (signal.offer !== unanswered) return;
		forgetOffer();
		await connection.setRemoteDescription({ type: 'answer', sdp: options.adapt(signal.sdp) });
		if (!closed) await settle();
	}

	async function settle(): Promise<void> {
		exchanges++;
		appliedCandidates = 0;
		port.settled();
		const waiting = held;
		held = [];
		for (const candidate of waiting) {
			if (closed) return;
			await applyCandidate(candidate);
		}
	}

	async function applyCandidate(signal: CandidateSignal): Promise<void> {
		// It may belong to an offer on its way, to one that we ignored, or to an old one: only time tells.
		if (!belongsTo(connection.remoteDescription, signal)) {
			held.push(signal);
			if (held.length > heldCandidatesMax) held.shift();
			return;
		}
		if (++appliedCandidates > appliedCandidatesMax) return;
		try {
			await connection.addIceCandidate(candidateInit(signal));
		} catch {
			// A candidate that this browser can't read is one path less, not the end of the connection.
		}
	}

	function offer(): DescriptionSignal | null {
		const sdp = connection.localDescription?.sdp;
		if (unanswered === null || sdp === undefined) return null;
		return { kind: 'description', epoch, offer: unanswered, type: 'offer', sdp };
	}

	function sendOfferAgain(): void {
		const signal = offer();
		if (!signal) return;
		awaitAnswer();
		port.send(signal);
	}

	function awaitAnswer(): void {
		patienceMs = offerPatienceMs.first;
		waitForAnswer();
	}

	function waitForAnswer(): void {
		cancelPatience();
		if (unanswered === null) return;
		cancelPatience = clock.after(patienceMs, () => {
			patienceMs = Math.min(patienceMs * 2, offerPatienceMs.most);
			waitForAnswer();
			const signal = offer();
			if (signal) port.send(signal);
		});
	}

	function restartIce(networkChanged: boolean): void {
		if (unanswered !== null) {
			const isPatient = !networkChanged && clock.now() - offeredAtMs < supersedeAfterMs;
			if (exchanges === 0 || isPatient) return;
			superseding = offerWanted = true;
		}
		connection.restartIce();
		void work();
	}

	function forgetOffer(): void {
		unanswered = null;
		superseding = false;
		cancelPatience();
	}

	function repeatAnswer(): void {
		const waitMs = answeredAtMs + repeatedAnswerMs - clock.now();
		if (waitMs <= 0) sendAnswer();
		else cancelAnswer ??= clock.after(waitMs, sendAnswer);
	}

	function sendAnswer(): void {
		cancelAnswer = null;
		if (!answered) return;
		answeredAtMs = clock.now();
		const { localDescription } = connection;
		// While an offer of ours is pending, the answer as it was; otherwise with the candidates gathered since.
		const sdp = localDescription?.type === 'answer' ? localDescription.sdp : answered.sdp;
		port.send({ kind: 'description', epoch, offer: answered.offer, type: 'answer', sdp });
	}

	function close(): void {
		closed = true;
		forgetOffer();
		cancelAnswer?.();
		connection.onnegotiationneeded = null;
		connection.onicecandidate = null;
	}

	return {
		get offersMade() {
			return offersMade;
		},
		begin() {
			hasBegun = true;
		},
		handleSignal(signal) {
			if (inbox.length < inboxMax) inbox.push(signal);
			void work();
		},
		offer,
		sendOfferAgain,
		awaitAnswer,
		restartIce,
		close,
	};
}

/**
 * Whether a candidate belongs to the ICE generation that this description started (RFC 8838, section 11: told by its username fragment). A
 * candidate without a fragment counts as belonging to it.
 */
function belongsTo(description: RTCSessionDescription | null, signal: CandidateSignal): boolean {
	if (!description) return false;
	const ufrag = signal.usernameFragment ?? / ufrag (\S+)/.exec(signal.candidate)?.[1];
	if (ufrag === undefined) return true;
	return `${description.sdp}\n`.replaceAll('\r\n', '\n').includes(`\na=ice-ufrag:${ufrag}\n`);
}

function candidateSignal(epoch: number, from: RTCIceCandidate): CandidateSignal {
	const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = from;
	return { kind: 'candidate', epoch, candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function candidateInit({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: CandidateSignal) {
	return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
