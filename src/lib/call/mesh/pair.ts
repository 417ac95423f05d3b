/**
 * This end and one other end, for as long as both page loads last: the succession of peers between them. The pair counts its peers in
 * `epoch`. Whoever wants a fresh peer goes to the next epoch and offers. An offer of a later epoch replaces our peer; a signal of an
 * earlier epoch is void. When both start over at once, they meet in the same epoch, as two colliding offers.
 */
import type { DescriptionSignal, ReceiverConstraints, Signal } from '../../protocol';
import type { Clock, PeerConnection, Unsubscribe } from '../../platform/platform';
import { sendingLimits, type SendingConditions } from '../adaptation/sending-limits';
import type { EndBudget } from './end-budget';
import type { RemoteEnd, RemoteMedia } from '../transport/transport';
import { absentPeer } from './absent-peer';
import { createConstraintExchange } from './constraint-exchange';
import { answersAbandonedOffer, epochAfterOurStart, type PairEpoch, type PairProgress } from './pair-epoch';
import { judgePath } from './path-failure';
import type { Peer, SlotTracks } from './peer';
import { createRecovery, headStartMs } from './recovery';
import { createSignalIntake } from './signal-intake';
import { createStartBitrate } from './start-bitrate';
import { createWatchedPeer, type WatchedPeer } from './watched-peer';

/** How long the end that expects a call waits before it calls by itself: the other end may be waiting as well. */
export const calledPatienceMs = 4_000;

export interface PairPort {
	clock: Clock;
	/** Throws if the browser can't give one. */
	createPeerConnection(configuration: RTCConfiguration): PeerConnection;
	budget: EndBudget;
	/** `relayOnly`: connects only through a relay. */
	configuration(relayOnly: boolean): RTCConfiguration;
	/** Whether the current ICE servers include a relay. */
	hasRelays(): boolean;
	/** Whether we may use only a relay, and there is none. */
	lacksRelay(): boolean;
	send(signal: Signal): void;
	/** What we send to everybody, and the limits that follow from our side. */
	published(): { tracks: SlotTracks; conditions: SendingConditions };
	mediaChanged(media: RemoteMedia): void;
	messageReceived(text: string): void;
	/** Packets have stopped coming. */
	stalled(): void;
}

export interface Pair {
	readonly end: RemoteEnd;
	readonly progress: PairProgress;
	readonly media: RemoteMedia;
	readonly peer: Peer;
	/** Offers, unless the other end has already done so. */
	call(): void;
	handleSignal(signal: Signal): void;
	/** In the lobby: the offer as it is now, to travel inside the join; `null` while there is none. */
	takeOffer(): DescriptionSignal | null;
	/** We are in the room under this id: signals flow from here on. */
	enter(selfId: string): void;
	rebuild(): void;
	/** What is published has changed, or how much it may cost. */
	publish(): void;
	/** What we can use of what they send. */
	show(constraints: ReceiverConstraints): void;
	/** The ICE servers have changed: used from the next ICE restart on, and what is connected stays as it is. */
	configure(): void;
	networkChanged(): void;
	/** We know of no change, but it is worth checking whether packets still come. */
	suspect(): void;
	signalingLost(): void;
	signalingResumed(): void;
	close(): void;
}

/** @param selfId `null` in the lobby, where it is not known yet and nothing can be sent */
export function createPair(end: RemoteEnd, selfId: string | null, start: PairProgress, port: PairPort): Pair {
	let at: PairEpoch = { ...start, abandonedOffers: 0 };
	let self = selfId;
	let closed = false;
	let offerTaken = false;
	/** Candidates that can't be sent from the lobby: newer than the offer that was taken. */
	let unsent: Signal[] = [];
	let cancelPatience: Unsubscribe = () => {};
	let relayOnly = false;
	/** A person wants a fresh peer, however many there were. */
	let askedFor = false;
	let networkChangedAtMs = -Infinity;

	const bitrate = createStartBitrate(port.clock);
	const recovery = createRecovery(port.clock, {
		restartIce: (networkChanged) => watched.peer.restartIce(networkChanged),
		rebuild: () => mayBuildPeer() && startNextEpoch(false),
		rebuildRelayed: () => mayBuildPeer() && startNextEpoch(port.hasRelays()),
		stateChanged: refresh,
	});
	const constraints = createConstraintExchange(port.clock, {
		isOpen: () => watched.peer.dataChannelOpen,
		send: (text) => watched.peer.sendMessage(text),
		changed: () => watched.peer.publish(published()),
	});
	const intake = createSignalIntake(port.clock, port.budget, { epoch: () => at.epoch, deliver });
	chargePeer();
	let watched = makePeer();
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

	/** Charges for a peer that we can't do without, even beyond the budget. */
	function chargePeer(): void {
		port.budget.peers.charge(1, port.clock.now());
	}

	function makePeer(): WatchedPeer {
		return createWatchedPeer(
			{
				epoch: at.epoch,
				polite,
				adapt: bitrate.adapt,
				offersBefore: at.abandonedOffers,
				published: published(),
			},
			{
				clock: port.clock,
				createPeerConnection: () => port.createPeerConnection(port.configuration(relayOnly)),
				send(signal) {
					if (self !== null) port.send(signal);
					else if (signal.kind === 'candidate') unsent.push(signal);
				},
				changed: refresh,
				followed: follow,
				settled({ flows }) {
					cancelPatience();
					// If media never stopped, a restart changes no state that would tell recovery.
					if (flows) recovery.handleConnected();
					else recovery.handleSettled();
				},
				yielded(unused) {
					at = { ...at, abandonedOffers: watched.peer.offersMade };
					chargePeer();
					replacePeer();
					for (const signal of unused) watched.peer.handleSignal(signal);
				},
				failed: recovery.handleBroken,
				messageReceived: (text) => constraints.handleText(text) || port.messageReceived(text),
				stalled: port.stalled,
				carries: bitrate.carries,
			},
		);
	}

	function published() {
		const { tracks, conditions } = port.published();
		return { tracks, limits: sendingLimits(conditions, constraints.theirs) };
	}

	function follow({ flows, lost }: WatchedPeer): void {
		if (flows) return recovery.handleConnected();
		if (lost) recovery.handleLost(headStartMs(polite(), port.clock.now() - networkChangedAtMs));
	}

	function replacePeer(): void {
		watched.close();
		watched = makePeer();
		cancelPatience();
		callLater();
		if (watched.peer === absentPeer) recovery.handleUnavailable();
		refresh();
	}

	function callLater(): void {
		cancelPatience = port.clock.after(calledPatienceMs, () => watched.peer.call());
	}

	/** Makes a fresh peer, which offers. */
	function startNextEpoch(throughRelay: boolean): void {
		const { peer } = watched;
		at = epochAfterOurStart(at, peer === absentPeer ? null : peer.offersMade);
		relayOnly = throughRelay;
		replacePeer();
		watched.peer.call();
		intake.handleEpoch();
	}

	/** Handles what the intake lets through. */
	function deliver(signal: Signal): void {
		if (signal.epoch <= at.epoch) return hear(signal);
		// They will offer again, and by then the budget may allow a peer for them.
		if (!mayBuildPeer()) return;
		at = { ...at, epoch: signal.epoch, abandonedOffers: 0 };
		relayOnly = false;
		recovery.handleReplaced();
		replacePeer();
		hear(signal);
		intake.handleEpoch();
	}

	function hear(signal: Signal): void {
		at = { ...at, heardEpoch: at.epoch };
		if (!answersAbandonedOffer(at, signal)) return watched.peer.handleSignal(signal);
		if (mayBuildPeer()) startNextEpoch(relayOnly);
	}

	function mediaNow(): RemoteMedia {
		const { tracks, dataChannelOpen, hasRelay } = watched.peer;
		const path = judgePath({
			state: recovery.state,
			otherEndAnswers: recovery.otherEndAnswers,
			lacksRelay: port.lacksRelay(),
			hasRelays: port.hasRelays(),
			relayReached: hasRelay,
		});
		return { ...path, ...tracks, dataChannelOpen };
	}

	function refresh(): void {
		if (closed) return;
		constraints.handleChannel(watched.peer.dataChannelOpen);
		const next = mediaNow();
		const keys = Object.keys(next) as (keyof RemoteMedia)[];
		if (keys.every((key) => next[key] === media[key])) return;
		media = next;
		port.mediaChanged(media);
	}

	if (self !== null) callLater();
	if (watched.peer === absentPeer) recovery.handleUnavailable();

	return {
		end,
		get progress() {
			return { epoch: at.epoch, heardEpoch: at.heardEpoch };
		},
		get media() {
			return media;
		},
		get peer() {
			return watched.peer;
		},
		call() {
			cancelPatience();
			watched.peer.call();
		},
		handleSignal: intake.handleSignal,
		takeOffer() {
			const offer = watched.peer.offer();
			if (offer) {
				offerTaken = true;
				unsent = []; // they are all inside the offer
			}
			return offer;
		},
		enter(selfId) {
			self = selfId;
			recovery.handleSignaling(true);
			if (offerTaken) {
				watched.peer.awaitAnswer();
				unsent.forEach(port.send);
			} else {
				watched.peer.sendOfferAgain();
			}
			unsent = [];
		},
		rebuild() {
			askedFor = true;
			recovery.retry();
			askedFor = false;
		},
		publish: () => watched.peer.publish(published()),
		show: constraints.want,
		configure() {
			watched.peer.setConfiguration(port.configuration(relayOnly));
			refresh();
		},
		networkChanged() {
			networkChangedAtMs = port.clock.now();
			watched.suspect();
			recovery.handleNetworkChanged();
		},
		suspect: () => watched.suspect(),
		signalingLost: () => recovery.handleSignaling(false),
		signalingResumed() {
			watched.peer.sendOfferAgain();
			recovery.handleSignaling(true);
		},
		close() {
			closed = true;
			cancelPatience();
			recovery.close();
			intake.close();
			constraints.close();
			watched.close();
		},
	};
}
