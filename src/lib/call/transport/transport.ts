/**
 * How media and peer messages travel between participants. `mesh-transport.ts` is one transport, with a peer for each participant; a
 * selective forwarding unit would be another. Knows nothing about the rules of rooms, chat or devices.
 */
import type { RoomTrust } from '../../e2ee/room-trust';
import type {
	JoinInput,
	ParticipantId,
	PeekEvent,
	ReceiverConstraints,
	ServerEvent,
	SignalInput,
	Source,
} from '../../protocol';

/** The state of a tile's media. `reconnecting` was connected before; `failed` needs a person or a relay. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * Why nothing gets through to somebody who does answer. `no-relay`: no relay is configured. `relay-unreachable`: one is, but it gave us no
 * address. `address-hidden`: we hide our address, and there is no relay to use instead. `unproven`: what came in their name was not made
 * with their key, or not with this link's secret.
 */
export type PathFailure = 'no-relay' | 'relay-unreachable' | 'address-hidden' | 'unproven';

/** The other end of one peer, as the roster names it. */
export interface RemoteEnd {
	id: ParticipantId;
	/** Their page load. Another one means another peer. */
	incarnation: string;
}

/** The state of a remote participant's peer. Replaced as a whole on each change. */
export interface RemoteMedia {
	connection: ConnectionState;
	/** The cause of a `failed` connection, if we know it; otherwise `null`. */
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

/** The descriptions (SDP) that are in force at both ends of a connection. */
export interface Descriptions {
	ours: string;
	theirs: string;
}

/** Who is in the room. */
export interface Members {
	self: RemoteEnd;
	others: RemoteEnd[];
	/** The others who were inside before us, as a welcome says: if one of us has to begin, we do. */
	insideBefore: ReadonlySet<ParticipantId>;
}

/** What goes to the server inside the join, so that nobody waits for one more round trip. */
export interface JoinExtras {
	offers: NonNullable<JoinInput['offers']>;
}

export interface TransportEvents {
	/** Send this to a participant through the server. */
	sendSignal(signal: SignalInput): void;
	mediaChanged(id: ParticipantId, media: RemoteMedia): void;
	/** A peer message arrived over the transport's own channel. It has not been parsed. */
	messageReceived(id: ParticipantId, text: string): void;
	/** Packets from somebody have stopped: the connection to the server may be gone as well. */
	stalled(): void;
}

/** `trust`: how the ends prove themselves; `null` if this page can't, and then nobody is believed. */
export type CreateTransport = (trust: RoomTrust | null, events: TransportEvents) => Transport;

export interface Transport {
	/** Sends a track to all present and future members in a slot; `null` sends nothing and keeps the slot. */
	publish(slot: Slot, track: MediaStreamTrack | null): void;
	/** What we can use of what each of them sends: they send no more than that. Whoever is missing has not been told anything yet. */
	setConstraints(constraints: ReadonlyMap<ParticipantId, ReceiverConstraints>): void;
	/** Whether data is saved here, and how many steps this device is behind with its encoding. */
	setSending(conditions: { saves: boolean; encoderLoad: number }): void;
	/** Whether to tell the others no address but a relay's. Without a relay, we then reach nobody. */
	setAddressHidden(hidden: boolean): void;
	/** Another secret of the room, for those who stay. Their media goes on. */
	setTrust(trust: RoomTrust | null): void;
	/** In the lobby: who is inside now. Prepares for them what can be prepared before the join. */
	prepare(inside: Pick<PeekEvent, 'seats' | 'iceServers'>): void;
	/** What is ready by now. */
	prepareJoin(): Promise<JoinExtras>;
	/** At the welcome and at each change: media flows with these members and nobody else. Media that already flows is not touched. */
	setMembers(members: Members): void;
	/** Everything the server says to this session, before anything else acts on it. The transport ignores what does not concern it. */
	handleServer(event: ServerEvent): void;
	/** Nothing can be agreed on until signaling is back. */
	signalingLost(): void;
	/** Signaling is back, with everything that was missed. */
	signalingResumed(): void;
	/** We are in another network, or back in one: if packets stop, we repair at once. Media that flows is not touched. */
	networkChanged(): void;
	/** Much may have happened while nobody was looking: checks whether everybody is still there. */
	suspect(): void;
	/** False when there is no open channel to them; the message was not sent. */
	sendMessage(to: ParticipantId, text: string): boolean;
	/** Starts over with a participant whose media does not come back. */
	rebuild(id: ParticipantId): void;
	media(id: ParticipantId): RemoteMedia | undefined;
	/** How loud their microphone was in the last sound received, 0 to 1; 0 when there is none. */
	audioLevel(id: ParticipantId): number;
	/** `null` while one of them is missing. */
	descriptions(id: ParticipantId): Descriptions | null;
	/** `undefined` when there is no peer for this participant. */
	stats(id: ParticipantId): Promise<RTCStatsReport | undefined>;
	close(): void;
}
