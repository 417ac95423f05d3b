/**
 * A peer for each participant. Keeps the pairs in step with the roster, and passes each signal to its pair. What happens between two ends
 * is decided in `pair.ts`, and whom we believe in `mesh-transport.ts`.
 */
import {
	limits,
	type IceServer,
	type ParticipantId,
	type ReceiverConstraints,
	type Signal,
} from '../../protocol';
import { saverShare } from '../adaptation/data-saver';
import { createEndBudget, isUnspent, type EndBudget } from './end-budget';
import { withoutAddresses } from './hidden-address';
import { createPair, type Pair } from './pair';
import { progressAfter, type PairProgress } from './pair-epoch';
import type { SlotTracks } from './peer';
import type { Platform } from '../../platform/platform';
import type { RemoteEnd, Transport, TransportEvents } from '../transport/transport';

export interface MeshEvents extends Omit<TransportEvents, 'sendSignal'> {
	sendSignal(to: RemoteEnd, signal: Signal): void;
}

/** Limits for signals of ends that the roster does not know yet. The server announces a join first, so more than a few are a fault. */
const earlySignalsMax = { each: 64, charsEach: 3 * limits.sdpMax, ends: limits.roomLimitMax };
/** How many closed pairs we remember the progress of, in case the same page load comes back. */
const pastPairsMax = 256;

/** The part of a transport that is done here, and the signals by which it is agreed on. */
export interface Mesh extends Omit<
	Transport,
	'setTrust' | 'prepare' | 'prepareJoin' | 'setMembers' | 'handleServer'
> {
	setIceServers(iceServers: IceServer[]): void;
	/**
	 * In the lobby: gathers an offer for each of these seats, so that it can travel inside the join, and drops the offers for seats that
	 * are no longer named.
	 */
	prepare(seats: RemoteEnd[]): void;
	/** The offers that are ready, at most `joinOffersMax`. From here on their candidates are trickled as usual. */
	takeOffers(): { to: ParticipantId; incarnation: string; signal: Signal }[];
	/**
	 * Makes the peers match the room: a new peer for each new end, and none for ends that are gone. `offerTo` says which of the new ends we
	 * call; the others call us. A connected peer is never touched.
	 */
	sync(self: RemoteEnd, ends: RemoteEnd[], offerTo: (end: RemoteEnd) => boolean): void;
	handleSignal(from: RemoteEnd, signal: Signal): void;
	/** Some of their signals were lost on the way. */
	signalsMissed(from: RemoteEnd): void;
}

export function createMesh(
	platform: Pick<Platform, 'clock' | 'createPeerConnection'>,
	events: MeshEvents,
): Mesh {
	const pairs = new Map<ParticipantId, Pair>();
	const pastPairs = new Map<string, PairProgress>();
	const budgets = new Map<ParticipantId, EndBudget>();
	/** Keyed by end. */
	const earlySignals = new Map<string, Signal[]>();
	let self: RemoteEnd | null = null;
	let iceServers: IceServer[] = [];
	let addressHidden = false;
	/** The seats that the lobby named last. */
	let prepared: RemoteEnd[] = [];
	let tracks: SlotTracks = { microphone: null, camera: null, screen: null, screenAudio: null };
	let sending = { saves: false, encoderLoad: 0 };
	/** How many participants we send to: the more there are, the less each gets. */
	let receivers = 0;
	let shown: ReadonlyMap<ParticipantId, ReceiverConstraints> = new Map();

	const configuration = (relayOnly: boolean): RTCConfiguration => ({
		// WebIDL treats an undefined member as absent.
		iceServers: iceServers as RTCIceServer[],
		iceTransportPolicy: relayOnly || addressHidden ? 'relay' : 'all',
		bundlePolicy: 'max-bundle',
		rtcpMuxPolicy: 'require',
	});
	const hasRelays = () => iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));

	const published = () => ({
		tracks,
		conditions: {
			others: receivers,
			encoderLoad: sending.encoderLoad,
			saver: sending.saves ? saverShare(receivers, tracks.screen ? receivers : 0) : null,
		},
	});

	function shareOut(others: number): void {
		receivers = others;
		forAll((pair) => pair.publish());
	}

	function addPair(end: RemoteEnd, selfId: ParticipantId | null): Pair {
		const past = pastPairs.get(key(end));
		const start = past ? progressAfter(past) : { epoch: 0, heardEpoch: 0 };
		const pair = createPair(end, selfId, start, {
			clock: platform.clock,
			budget: budgetOf(end.id),
			createPeerConnection: (settings) => platform.createPeerConnection(settings),
			configuration,
			hasRelays,
			lacksRelay: () => addressHidden && !hasRelays(),
			send(signal) {
				const told = addressHidden ? withoutAddresses(signal) : signal;
				if (told) events.sendSignal(end, told);
			},
			published,
			mediaChanged: (media) => events.mediaChanged(end.id, media),
			messageReceived: (text) => events.messageReceived(end.id, text),
			stalled: () => events.stalled(),
		});
		pairs.set(end.id, pair);
		const constraints = shown.get(end.id);
		if (constraints) pair.show(constraints);
		return pair;
	}

	function budgetOf(id: ParticipantId): EndBudget {
		const nowMs = platform.clock.now();
		for (const [other, budget] of budgets) if (isUnspent(budget, nowMs)) budgets.delete(other);
		const budget = budgets.get(id) ?? createEndBudget();
		budgets.set(id, budget);
		return budget;
	}

	function dropPair(pair: Pair): void {
		pair.close();
		pairs.delete(pair.end.id);
		pastPairs.delete(key(pair.end));
		pastPairs.set(key(pair.end), pair.progress);
		if (pastPairs.size > pastPairsMax) pastPairs.delete(pastPairs.keys().next().value ?? '');
	}

	/** Keeps the first ones, because the offer is among them. */
	function keepEarly(end: string, signal: Signal): void {
		const kept = earlySignals.get(end) ?? [];
		const chars = [...kept, signal].reduce((sum, each) => sum + sizeOf(each), 0);
		if (kept.length < earlySignalsMax.each && chars <= earlySignalsMax.charsEach) kept.push(signal);
		earlySignals.set(end, kept);
		if (earlySignals.size > earlySignalsMax.ends) earlySignals.delete(earlySignals.keys().next().value ?? '');
	}

	/** Drops all pairs except those with these ends. */
	function keepOnly(ends: RemoteEnd[]): void {
		const wanted = new Map(ends.map((end) => [end.id, end.incarnation]));
		for (const pair of [...pairs.values()]) {
			if (wanted.get(pair.end.id) !== pair.end.incarnation) dropPair(pair);
		}
	}

	function prepare(seats: RemoteEnd[]): void {
		if (self) return;
		prepared = seats;
		const some = seats.slice(0, limits.joinOffersMax);
		keepOnly(some);
		shareOut(some.length);
		for (const seat of some) {
			if (!pairs.has(seat.id)) addPair(seat, null).call();
		}
	}

	function startPair(end: RemoteEnd, selfId: ParticipantId, offer: boolean): void {
		const pair = addPair(end, selfId);
		const early = earlySignals.get(key(end)) ?? [];
		earlySignals.delete(key(end));
		for (const signal of early) pair.handleSignal(signal);
		// Whoever starts a later epoch has to offer, because the other end does not know of it.
		if (offer || pair.progress.epoch > 0) pair.call();
		events.mediaChanged(end.id, pair.media);
	}

	function forAll(action: (pair: Pair) => void): void {
		for (const pair of pairs.values()) action(pair);
	}

	return {
		publish(slot, track) {
			tracks = { ...tracks, [slot]: track };
			forAll((pair) => pair.publish());
		},
		setConstraints(constraints) {
			shown = constraints;
			for (const [id, wanted] of constraints) pairs.get(id)?.show(wanted);
		},
		setSending(conditions) {
			if (conditions.saves === sending.saves && conditions.encoderLoad === sending.encoderLoad) return;
			sending = conditions;
			forAll((pair) => pair.publish());
		},
		setIceServers(next) {
			iceServers = next;
			forAll((pair) => pair.configure());
		},
		setAddressHidden(hidden) {
			if (hidden === addressHidden) return;
			addressHidden = hidden;
			if (self) return forAll((pair) => (hidden ? pair.rebuild() : pair.configure()));
			keepOnly([]);
			pastPairs.clear();
			prepare(prepared);
		},
		prepare,
		takeOffers() {
			return [...pairs.values()].flatMap((pair) => {
				const offer = self ? null : pair.takeOffer();
				const signal = offer && addressHidden ? withoutAddresses(offer) : offer;
				return signal ? [{ to: pair.end.id, incarnation: pair.end.incarnation, signal }] : [];
			});
		},
		sync(nextSelf, ends, offerTo) {
			const others = ends.filter(({ id }) => id !== nextSelf.id);
			if (self && key(self) !== key(nextSelf)) {
				// To the others we are somebody new, and all peers that belong to our old seat are void.
				keepOnly([]);
				pastPairs.clear();
			}
			const entering = !self;
			self = nextSelf;
			keepOnly(others);
			shareOut(others.length);
			if (entering) for (const pair of pairs.values()) pair.enter(nextSelf.id);
			for (const end of others) {
				if (!pairs.has(end.id)) startPair(end, nextSelf.id, offerTo(end));
			}
		},
		handleSignal(from, signal) {
			const pair = pairs.get(from.id);
			if (self && pair?.end.incarnation === from.incarnation) {
				pair.handleSignal(signal);
				return;
			}
			keepEarly(key(from), signal);
		},
		signalingLost: () => forAll((pair) => pair.signalingLost()),
		signalingResumed: () => forAll((pair) => pair.signalingResumed()),
		signalsMissed({ id, incarnation }) {
			const pair = pairs.get(id);
			if (pair?.end.incarnation === incarnation) pair.signalingResumed();
		},
		networkChanged: () => forAll((pair) => pair.networkChanged()),
		suspect: () => forAll((pair) => pair.suspect()),
		sendMessage: (to, text) => pairs.get(to)?.peer.sendMessage(text) ?? false,
		rebuild(id) {
			pairs.get(id)?.rebuild();
		},
		media: (id) => pairs.get(id)?.media,
		audioLevel: (id) => pairs.get(id)?.peer.audioLevel() ?? 0,
		descriptions: (id) => pairs.get(id)?.peer.descriptions() ?? null,
		stats: async (id) => pairs.get(id)?.peer.stats(),
		close() {
			for (const pair of pairs.values()) pair.close();
			pairs.clear();
			earlySignals.clear();
		},
	};
}

const sizeOf = (signal: Signal) => (signal.kind === 'description' ? signal.sdp : signal.candidate).length;

const key = ({ id, incarnation }: RemoteEnd) => `${id} ${incarnation}`;
