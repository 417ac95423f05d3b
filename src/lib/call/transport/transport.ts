/**
 * How media and peer messages travel between participants. `mesh.ts` is one, with a peer for each
 * participant; a selective forwarding unit would be another. Knows nothing of rooms' rules, chat or devices.
 */
import type { IceServer, ParticipantId, ReceiverConstraints, Signal, Source } from '../../protocol';

/** Where a tile's media stands. `reconnecting` has been connected before; `failed` needs a person or a relay. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * Why nothing gets through to somebody who does answer. `no-relay`: none is configured. `relay-unreachable`: one is, and it gave
 * us no way in. `address-hidden`: we hide ours, and there is no relay to stand in for it. `unproven`: what came in their name was not made with their key, or not with this link's secret.
 */
export type PathFailure = 'no-relay' | 'relay-unreachable' | 'address-hidden' | 'unproven';

/** The other end of one peer, as the roster names it. */
export interface RemoteEnd {
	id: ParticipantId;
	/** Their page load. Another one means another peer. */
	incarnation: string;
}

/** What a remote participant's peer has come to. Replaced whole on each change. */
export interface RemoteMedia {
	connection: ConnectionState;
	/** Of a `failed` connection, where it is known; otherwise `null`. */
	pathFailure: PathFailure | null;
	/** The tracks of the fixed transceivers; they exist before anything is sent over them. */
	microphone: MediaStreamTrack | null;
	camera: MediaStreamTrack | null;
	screen: MediaStreamTrack | null;
	screenAudio: MediaStreamTrack | null;
	/** Whether peer messages can be sent straight to them. */
	dataChannelOpen: boolean;
}

/** A source, or the sound that goes with a shared screen: one fixed transceiver each, in this order. */
export const slots = ['microphone', 'camera', 'screen', 'screenAudio'] as const;
export type Slot = Source | 'screenAudio';
/** [N9] */
export const slotKinds = {
	microphone: 'audio',
	camera: 'video',
	screen: 'video',
	screenAudio: 'audio',
} as const;

/** In force at both ends of a connection (SDP). */
export interface Descriptions {
	ours: string;
	theirs: string;
}

export interface TransportEvents {
	/** Send this signal to that participant, through the server. */
	sendSignal(to: RemoteEnd, signal: Signal): void;
	mediaChanged(id: ParticipantId, media: RemoteMedia): void;
	/** A text arrived over the data channel. It has not been parsed. */
	messageReceived(id: ParticipantId, text: string): void;
	/** Packets from somebody have stopped: the way to the server may be gone as well. */
	stalled(): void;
}

export interface Transport {
	/** What all present and future peers send in a slot; `null` sends nothing and keeps the transceiver. */
	publish(slot: Slot, track: MediaStreamTrack | null): void;
	/** What we make of what each of them sends: they send no more than that. Who is missing has not been told anything yet. */
	show(constraints: ReadonlyMap<ParticipantId, ReceiverConstraints>): void;
	/** Whether data is saved here, and how many steps this device is behind with its encoding. */
	setSending(conditions: { saves: boolean; strain: number }): void;
	setIceServers(iceServers: IceServer[]): void;
	/** Whether the others are to be told no address but a relay's. Where there is no relay, nobody is reached then. */
	setAddressHidden(hidden: boolean): void;
	/**
	 * In the lobby: gathers an offer for each of these seats, so that it can travel inside the join, and drops those
	 * for seats no longer named.
	 */
	prepare(seats: RemoteEnd[]): void;
	/** The offers ready by now, at most `joinOffersMax`. From here on their candidates are trickled as usual. */
	takeOffers(): { to: ParticipantId; incarnation: string; signal: Signal }[];
	/**
	 * Makes the peers match the room: a new peer for each new end, none for those gone. `offerTo` says which of the new
	 * ones we call; the others call us. A connected peer is never touched.
	 */
	sync(self: RemoteEnd, ends: RemoteEnd[], offerTo: (end: RemoteEnd) => boolean): void;
	handleSignal(from: RemoteEnd, signal: Signal): void;
	/** Nothing can be agreed on until it is back. */
	signalingLost(): void;
	/** Signaling was lost and found: sends unanswered offers again, and mends what waited for it. */
	signalingResumed(): void;
	/** Some of their signals were lost on the way. */
	signalsMissed(from: RemoteEnd): void;
	/** We are in another network, or back in one: peers whose packets stop are mended at once. What flows is not touched. */
	networkChanged(): void;
	/** Much may have happened while nobody looked: questions every peer. */
	doubt(): void;
	/** False when no open data channel leads there; the message was not sent. */
	sendMessage(to: ParticipantId, text: string): boolean;
	/** Builds a new peer for a participant whose media does not come back. */
	rebuild(id: ParticipantId): void;
	media(id: ParticipantId): RemoteMedia | undefined;
	/** How loud their microphone was in the last sound received, 0 to 1; 0 when nothing is. */
	audioLevel(id: ParticipantId): number;
	/** `null` while one is missing. */
	descriptions(id: ParticipantId): Descriptions | null;
	/** `undefined` when there is no peer for this participant. */
	stats(id: ParticipantId): Promise<RTCStatsReport | undefined>;
	close(): void;
}
