/**
 * We and one other end, for as long as both page loads last: the succession of peers between them. The pair counts its
 * peers in `epoch`. Whoever wants a fresh one goes to the next epoch and offers; an offer of a later epoch replaces our
 * peer, a signal of an earlier epoch is void. When both start over at once they meet in the same epoch, as ordinary glare.
 */
import {
	mayBeReceiverConstraints,
	parseReceiverConstraints,
	type DescriptionSignal,
	type ReceiverConstraints,
	type Signal,
} from '../../protocol';
import { absentPeer } from './absent-peer';
import { createConstraintSender } from './constraint-sender';
import type { EndBudget } from './end-budget';
import { createNewestOnly } from '../../platform/newest-only';
import { createPeer, type Peer, type SlotTracks } from './peer';
import type { Clock, PeerConnection, Unsubscribe } from '../../platform/platform';
import { createRecovery } from './recovery';
import { sendingLimits, type SendingConditions } from '../adaptation/sending-limits';
import { createSignalIntake, epochLeapMax } from './signal-intake';
import { createSilenceWatch, type SilenceWatch } from './silence-watch';
import { rememberPath, startBitrate, withStartBitrate, type PathMemory } from './start-bitrate';
import { readArrivals } from './arrivals';
import type { PathFailure, RemoteEnd, RemoteMedia } from '../transport/transport';

/** How long the end that is to be called waits until it calls by itself: the other may believe the same. */
export const calledPatienceMs = 4_000;
/** How much later the polite end begins to repair what both have noticed. */
const politeHeadStartMs = 500;

/** After a change of our own network, what goes is ours to mend without waiting for the other end. */
const ownFaultMs = 3_000;
/** How often what they make of it may change: each time every encoder is set anew. */
const constraintRate = { perSecond: 10, burst: 20 };
/** Means nothing: that it has come is told by the other end's browser. */
const question = JSON.stringify({ type: 'ping' });

export interface PairPort {
	clock: Clock;
	/** Throws where the browser has none to give. */
	createPeerConnection(configuration: RTCConfiguration): PeerConnection;
	budget: EndBudget;
	/** `relayOnly`: of a relay's ways and no others. */
	configuration(relayOnly: boolean): RTCConfiguration;
	/** Whether the ICE servers of now include a relay. */
	hasRelays(): boolean;
	/** Whether a relay is all that may be used, and there is none. */
	lacksRelay(): boolean;
	send(signal: Signal): void;
	/** What we send to everybody, and what all of them together allow. */
	published(): { tracks: SlotTracks; conditions: SendingConditions };
	mediaChanged(media: RemoteMedia): void;
	messageReceived(text: string): void;
	/** Packets have stopped coming. */
	stalled(): void;
}

/** Where the peers between two page loads are. */
export interface PairProgress {
	epoch: number;
	/** The latest epoch in which the other end was heard. */
	heardEpoch: number;
}

/** Where the next pair between the same two page loads begins: the other end may still have the peer that we gave up. */
export function progressAfter({ epoch, heardEpoch }: PairProgress): PairProgress {
	return { epoch: Math.min(epoch + 1, heardEpoch + epochLeapMax), heardEpoch };
}

export interface Pair {
	readonly end: RemoteEnd;
	readonly progress: PairProgress;
	readonly media: RemoteMedia;
	readonly peer: Peer;
	/** Offers, unless the other end has already done so. */
	call(): void;
	handleSignal(signal: Signal): void;
	/** In the lobby: the offer as it is by now, to travel inside the join; `null` while there is none. */
	takeOffer(): DescriptionSignal | null;
	/** We are in the room under this id: signals flow from here on. */
	enter(selfId: string): void;
	rebuild(): void;
	/** What is published has changed, or what it may cost. */
	publish(): void;
	/** What we make of what they send. */
	show(constraints: ReceiverConstraints): void;
	/** Other ICE servers from the next ICE restart on; what is connected stays as it is. */
	configure(): void;
	networkChanged(): void;
	/** Nothing changed that we know of, but a look at whether packets still come is worth it. */
	doubt(): void;
	signalingLost(): void;
	signalingResumed(): void;
	close(): void;
}

/** @param selfId `null` in the lobby, where it is not known yet and nothing can be sent. */
export function createPair(end: RemoteEnd, selfId: string | null, start: PairProgress, port: PairPort): Pair {
	let { epoch, heardEpoch } = start;
	let self = selfId;
	let closed = false;
	/** Offers up to this number were made in this epoch by a peer that then yielded. */
	let abandonedOffers = 0;
	let offerTaken = false;
	/** What the lobby can't send yet: candidates newer than the offer that was taken. */
	let unsent: Signal[] = [];
	let cancelPatience: Unsubscribe = () => {};
	let relayOnly = false;
	/** What the path to them carried when it was last there. */
	let pathMemory: PathMemory = [];
	let descriptionsAdapted = 0;
	/** What they make of what we send; `null` until they say so. */
	let receiver: ReceiverConstraints | null = null;
	const constraints = createNewestOnly(port.clock, constraintRate, heed);
	let channelWasOpen = false;
	/** A person wants a fresh peer, whatever there were. */
	let askedFor = false;
	/** Until then what goes is our own network's doing, and ours to mend. */
	let networkChangedAtMs = -Infinity;

	const recovery = createRecovery(port.clock, {
		restartIce: (networkChanged) => peer.restartIce(networkChanged),
		rebuild: () => mayBuildPeer() && startNextEpoch(false),
		rebuildRelayed: () => mayBuildPeer() && startNextEpoch(port.hasRelays()),
		stateChanged: refresh,
	});
	const constraintSender = createConstraintSender(port.clock, {
		isOpen: () => peer.dataChannelOpen,
		send: (text) => peer.sendMessage(text),
	});
	const intake = createSignalIntake(port.clock, port.budget, { epoch: () => epoch, deliver });
	let silence: SilenceWatch | null = null;
	chargePeer();
	let peer = makePeer();
	let media: RemoteMedia = mediaNow();

	/** Both ends compare the same two ids, so exactly one of them gives way. */
	function polite(): boolean {
		return self !== null && self > end.id;
	}

	function mayBuildPeer(): boolean {
		if (!askedFor) return port.budget.peers.take(1, port.clock.now()).ok;
		chargePeer();
		return true;
	}

	/** For one that can't be done without. */
	function chargePeer(): void {
		port.budget.peers.charge(1, port.clock.now());
	}

	function makePeer(): Peer {
		let connection: PeerConnection;
		try {
			connection = port.createPeerConnection(port.configuration(relayOnly));
		} catch {
			silence = null;
			return absentPeer;
		}
		const made: Peer = createPeer(
			connection,
			port.clock,
			{ epoch, polite, adapt, offersBefore: abandonedOffers, published: published() },
			{
				send(signal) {
					if (self !== null) port.send(signal);
					else if (signal.kind === 'candidate') unsent.push(signal);
				},
				changed() {
					if (made.connectionState !== connectionState) {
						connectionState = made.connectionState;
						if (connectionState === 'connected') watch.handleConnected();
						follow(made, watch);
					}
					refresh();
				},
				settled() {
					cancelPatience();
					// A restart of what never stopped changes no state that would tell.
					if (flows(made, watch)) recovery.handleConnected();
					else recovery.handleSettled();
				},
				yielded(unused) {
					abandonedOffers = made.offersMade;
					chargePeer();
					replacePeer();
					for (const signal of unused) peer.handleSignal(signal);
				},
				failed: recovery.handleBroken,
				messageReceived: handleText,
			},
		);
		let { connectionState } = made;
		const watch = createSilenceWatch({
			clock: port.clock,
			deliveries: made.deliveries,
			arrivals: () => made.stats().then(readArrivals, () => null),
			ask: () => void made.sendMessage(question),
			carries: (bps) => (pathMemory = rememberPath(pathMemory, bps, port.clock.now())),
			changed() {
				follow(made, watch);
				if (watch.stopped) port.stalled();
			},
		});
		silence = watch;
		return made;
	}

	function published() {
		const { tracks, conditions } = port.published();
		return { tracks, limits: sendingLimits(conditions, receiver) };
	}

	function handleText(text: string): void {
		if (text === question) return;
		// Most messages are chat, and none of those is looked into here.
		if (mayBeReceiverConstraints(text)) constraints.take(text);
		else port.messageReceived(text);
	}

	function heed(text: string): void {
		const parsed = parseReceiverConstraints(text);
		if (!parsed) return;
		receiver = parsed;
		peer.publish(published());
	}

	/** Media of a start after an outage begins where it was, and not at almost nothing. */
	function adapt(sdp: string): string {
		const kilobits = startBitrate(pathMemory);
		// Chromium heeds a start bitrate only where it differs from the last one.
		return withStartBitrate(sdp, kilobits + (descriptionsAdapted++ % 2));
	}

	function flows({ connectionState }: Peer, { stopped }: SilenceWatch): boolean {
		return connectionState === 'connected' && !stopped;
	}

	function follow(made: Peer, watch: SilenceWatch): void {
		if (flows(made, watch)) return recovery.handleConnected();
		const isLost = watch.stopped || ['disconnected', 'failed', 'closed'].includes(made.connectionState);
		if (!isLost) return;
		const isOurs = port.clock.now() - networkChangedAtMs < ownFaultMs;
		recovery.handleLost(polite() && !isOurs ? politeHeadStartMs : 0);
	}

	function closePeer(): void {
		silence?.close();
		peer.close();
	}

	function replacePeer(): void {
		closePeer();
		peer = makePeer();
		cancelPatience();
		cancelPatience = port.clock.after(calledPatienceMs, () => peer.call());
		if (peer === absentPeer) recovery.handleUnavailable();
		refresh();
	}

	/** A fresh peer, which offers: in the next epoch, unless nobody knows of the one before, or they have not followed for long. */
	function startNextEpoch(throughRelay: boolean): void {
		const isKnown = peer !== absentPeer;
		if (isKnown && epoch - heardEpoch < epochLeapMax) {
			epoch++;
			abandonedOffers = 0;
		} else {
			abandonedOffers = Math.max(abandonedOffers, peer.offersMade);
		}
		relayOnly = throughRelay;
		replacePeer();
		peer.call();
		intake.handleEpoch();
	}

	/** What the intake lets through. */
	function deliver(signal: Signal): void {
		if (signal.epoch > epoch) {
			// They offer again, and by then there may be a peer for them.
			if (!mayBuildPeer()) return;
			epoch = signal.epoch;
			abandonedOffers = 0;
			relayOnly = false;
			recovery.handleReplaced();
			replacePeer();
			hear(signal);
			intake.handleEpoch();
		} else {
			hear(signal);
		}
	}

	function hear(signal: Signal): void {
		heardEpoch = epoch;
		if (isAnswer(signal) && signal.offer <= abandonedOffers) {
			// Their answer was overtaken by a later offer of theirs, and the connection it would complete is gone.
			if (mayBuildPeer()) startNextEpoch(relayOnly);
			return;
		}
		peer.handleSignal(signal);
	}

	function mediaNow(): RemoteMedia {
		const connection = port.lacksRelay() && recovery.state !== 'connected' ? 'failed' : recovery.state;
		return {
			connection,
			pathFailure: connection === 'failed' ? pathFailure() : null,
			...peer.tracks,
			dataChannelOpen: peer.dataChannelOpen,
		};
	}

	/** They answer, and yet nothing gets through: it takes a relay, or another one. */
	function pathFailure(): PathFailure | null {
		if (port.lacksRelay()) return 'address-hidden';
		if (!recovery.otherEndAnswers) return null;
		if (!port.hasRelays()) return 'no-relay';
		return peer.hasRelay ? null : 'relay-unreachable';
	}

	function refresh(): void {
		if (closed) return;
		if (peer.dataChannelOpen !== channelWasOpen) {
			channelWasOpen = peer.dataChannelOpen;
			if (channelWasOpen) constraintSender.handleOpen();
		}
		const next = mediaNow();
		const keys = Object.keys(next) as (keyof RemoteMedia)[];
		if (keys.every((key) => next[key] === media[key])) return;
		media = next;
		port.mediaChanged(media);
	}

	if (self !== null) cancelPatience = port.clock.after(calledPatienceMs, () => peer.call());
	if (peer === absentPeer) recovery.handleUnavailable();

	return {
		end,
		get progress() {
			return { epoch, heardEpoch };
		},
		get media() {
			return media;
		},
		get peer() {
			return peer;
		},
		call() {
			cancelPatience();
			peer.call();
		},
		handleSignal: intake.handleSignal,
		takeOffer() {
			const offer = peer.offer();
			if (offer) {
				offerTaken = true;
				unsent = []; // all in the offer
			}
			return offer;
		},
		enter(selfId) {
			self = selfId;
			recovery.handleSignaling(true);
			if (offerTaken) {
				peer.awaitAnswer();
				unsent.forEach(port.send);
			} else {
				peer.sendOfferAgain();
			}
			unsent = [];
		},
		rebuild() {
			askedFor = true;
			recovery.retry();
			askedFor = false;
		},
		publish: () => peer.publish(published()),
		show: constraintSender.want,
		configure() {
			peer.setConfiguration(port.configuration(relayOnly));
			refresh();
		},
		networkChanged() {
			networkChangedAtMs = port.clock.now();
			silence?.doubt();
			recovery.handleNetworkChanged();
		},
		doubt() {
			silence?.doubt();
		},
		signalingLost() {
			recovery.handleSignaling(false);
		},
		signalingResumed() {
			peer.sendOfferAgain();
			recovery.handleSignaling(true);
		},
		close() {
			closed = true;
			cancelPatience();
			recovery.close();
			intake.close();
			constraintSender.close();
			constraints.close();
			closePeer();
		},
	};
}

function isAnswer(signal: Signal): signal is DescriptionSignal {
	return signal.kind === 'description' && signal.type === 'answer';
}
