/**
 * One `RTCPeerConnection` to another participant: the fixed layout of four transceivers and a data channel, what is sent over them, and
 * what is received. It does not begin, end or repair itself: `pair.ts` decides that.
 *
 * The layout is the same in every peer, and all four transceivers send and receive from the first description on, so that camera,
 * microphone and screen come and go by `replaceTrack`, without any negotiation.
 */
import type { DescriptionSignal, Signal } from '../../protocol';
import { inTime } from '../../platform/in-time';
import { createNegotiation, type NegotiationOptions } from './negotiation';
import type { Clock, PeerConnection } from '../../platform/platform';
import { createReconciler } from '../../platform/reconcile';
import { slotKinds, slots, type Descriptions, type Slot } from '../transport/transport';
import type { SendingLimits } from '../adaptation/sending-limits';
import { encodingWithin } from '../adaptation/video-budget';

/** Above this many bytes waiting in the data channel, messages are refused: the other end is too slow. */
export const dataChannelBufferMaxBytes = 1024 * 1024;

/** The other senders of a peer wait no longer than this for one that is slow: a picture that hangs must not hold up the voice. */
export const senderMaxMs = 2_000;

/** What this end sends to the other. */
export interface Published {
	tracks: SlotTracks;
	limits: SendingLimits;
}

export type SlotTracks = Readonly<Record<Slot, MediaStreamTrack | null>>;

export interface PeerPort {
	send(signal: Signal): void;
	/** The connection state, the tracks or the data channel have changed. */
	changed(): void;
	settled(): void;
	yielded(unused: Signal[]): void;
	failed(error: unknown): void;
	messageReceived(text: string): void;
}

export interface Peer {
	readonly connectionState: RTCPeerConnectionState;
	/** What is received, by slot; all `null` until the first negotiation is done. */
	readonly tracks: SlotTracks;
	readonly dataChannelOpen: boolean;
	readonly offersMade: number;
	/** Makes the first offer, unless the other end's has arrived. */
	call(): void;
	handleSignal(signal: Signal): void;
	offer(): DescriptionSignal | null;
	sendOfferAgain(): void;
	awaitAnswer(): void;
	/** Sends what is published now. */
	publish(published: Published): void;
	/** See `Negotiation.restartIce`. */
	restartIce(networkChanged: boolean): void;
	setConfiguration(configuration: RTCConfiguration): void;
	/** False when the channel is not open or too slow. */
	sendMessage(text: string): boolean;
	/** Changes whenever sound or a picture of theirs has been delivered. */
	deliveries(): number;
	/** Whether a relay has given us an address. */
	readonly hasRelay: boolean;
	/** How loud their microphone was in the last sound received, 0 to 1. */
	audioLevel(): number;
	descriptions(): Descriptions | null;
	stats(): Promise<RTCStatsReport>;
	close(): void;
}

const noTracks: SlotTracks = { microphone: null, camera: null, screen: null, screenAudio: null };

export function createPeer(
	connection: PeerConnection,
	clock: Clock,
	options: NegotiationOptions & { published: Published },
	port: PeerPort,
): Peer {
	const transceivers = new Map<Slot, RTCRtpTransceiver>();
	let channel: RTCDataChannel | null = null;
	let tracks = noTracks;
	let called = false;

	const negotiation = createNegotiation(connection, clock, options, {
		send: port.send,
		beforeAnswer() {
			adoptTransceivers();
			openChannel();
			sending.again();
		},
		settled() {
			showTracks();
			// Only now do some browsers know a sender's encodings.
			sending.again();
			port.settled();
		},
		yielded: port.yielded,
		failed: port.failed,
	});
	connection.onconnectionstatechange = () => port.changed();

	function addTransceivers(): void {
		for (const slot of slots) {
			transceivers.set(slot, connection.addTransceiver(slotKinds[slot], { direction: 'sendrecv' }));
		}
	}

	/** The answering end uses the transceivers that the offer made, by their order. */
	function adoptTransceivers(): void {
		if (transceivers.size > 0) return;
		connection.getTransceivers().forEach((transceiver, index) => {
			const slot = slots[index];
			if (!slot || transceiver.receiver.track.kind !== slotKinds[slot]) return;
			transceiver.direction = 'sendrecv';
			transceivers.set(slot, transceiver);
		});
	}

	/** Both ends open the same channel without announcing it (RFC 8831, section 6.4: external negotiation). */
	function openChannel(): void {
		if (channel) return;
		channel = connection.createDataChannel('parley', { negotiated: true, id: 0, ordered: true });
		channel.onopen = channel.onclose = () => port.changed();
		channel.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (typeof data === 'string') port.messageReceived(data);
		};
	}

	function showTracks(): void {
		const track = (slot: Slot) => transceivers.get(slot)?.receiver.track ?? null;
		tracks = {
			microphone: track('microphone'),
			camera: track('camera'),
			screen: track('screen'),
			screenAudio: track('screenAudio'),
		};
		port.changed();
	}

	/** Sends what is published over the transceivers there are. The last track asked for is the one that stays. */
	const sending = createReconciler<Published>({
		clock,
		initial: options.published,
		maxMs: slots.length * 2 * senderMaxMs,
		async apply(_, latest) {
			for (const [slot, { sender }] of transceivers) {
				const track = latest().tracks[slot];
				try {
					if (sender.track !== track) await inTime(clock, sender.replaceTrack(track), senderMaxMs, again);
					await inTime(clock, keepWithin(sender, slot, latest().limits), senderMaxMs, again);
				} catch {
					// It would take a new negotiation: this slot goes on with what it sends until the next track.
				}
			}
		},
	});
	/** A late result may belong to an earlier wish, so apply the latest one again. */
	const again = () => sending.again();

	return {
		get connectionState() {
			return connection.connectionState;
		},
		get tracks() {
			return tracks;
		},
		get dataChannelOpen() {
			return channel?.readyState === 'open';
		},
		get offersMade() {
			return negotiation.offersMade;
		},
		call() {
			if (called) return;
			called = true;
			negotiation.begin();
			try {
				addTransceivers();
				openChannel();
			} catch (error) {
				// Half a layout must not be offered.
				negotiation.close();
				return port.failed(error);
			}
			sending.again();
		},
		handleSignal(signal) {
			if (signal.kind === 'description' && signal.type === 'offer') called = true;
			negotiation.handleSignal(signal);
		},
		offer: negotiation.offer,
		sendOfferAgain: negotiation.sendOfferAgain,
		awaitAnswer: negotiation.awaitAnswer,
		publish(next) {
			sending.want(next);
		},
		restartIce: negotiation.restartIce,
		setConfiguration(configuration) {
			try {
				connection.setConfiguration(configuration);
			} catch {
				// This browser can't read these servers: it goes on with those it has.
			}
		},
		sendMessage(text) {
			if (channel?.readyState !== 'open' || channel.bufferedAmount > dataChannelBufferMaxBytes) return false;
			try {
				channel.send(text);
				return true;
			} catch {
				return false; // it is closing, or the text is larger than the other end takes
			}
		},
		// Far cheaper than statistics, and made for this (webrtc-pc, section 5.3: getSynchronizationSources).
		audioLevel: () =>
			transceivers.get('microphone')?.receiver.getSynchronizationSources()[0]?.audioLevel ?? 0,
		deliveries() {
			let sum = 0;
			for (const { receiver } of transceivers.values()) {
				for (const { timestamp } of receiver.getSynchronizationSources()) sum += timestamp;
			}
			return sum;
		},
		get hasRelay() {
			return / typ relay /.test(connection.localDescription?.sdp ?? '');
		},
		descriptions() {
			const { localDescription: ours, remoteDescription: theirs } = connection;
			return ours && theirs && { ours: ours.sdp, theirs: theirs.sdp };
		},
		stats: () => connection.getStats(),
		close() {
			negotiation.close();
			connection.onconnectionstatechange = null;
			if (channel) channel.onopen = channel.onclose = channel.onmessage = null;
			connection.close();
		},
	};
}

/** Sets the limits that are not in force yet. There is one receiver, and so one encoding (webrtc-pc, section 5.2). */
async function keepWithin(sender: RTCRtpSender, slot: Slot, limits: SendingLimits): Promise<void> {
	const parameters = sender.getParameters();
	const encoding = parameters.encodings?.[0];
	if (!encoding || !sender.track) return;
	const wanted = encodingFor(sender.track, slot, limits);
	if (Object.entries(wanted).every(([key, value]) => encoding[key as keyof typeof wanted] === value)) return;
	// WebIDL treats an undefined member as absent.
	Object.assign(encoding, wanted);
	await sender.setParameters(parameters);
}

function encodingFor(track: MediaStreamTrack, slot: Slot, limits: SendingLimits) {
	if (slot === 'microphone') return { maxBitrate: limits.voiceBitrateMaxBps ?? undefined };
	if (slot === 'screenAudio') return {};
	const { width, height } = track.getSettings();
	return encodingWithin(limits[slot], width, height);
}
