/**
 * How media and peer messages travel between participants. `mesh-transport.ts` is one, with a peer for each
 * participant; a selective forwarding unit would be another. Knows nothing of rooms' rules, chat or devices.
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

/** Who is in the room. */
export interface Members {
	self: RemoteEnd;
	others: RemoteEnd[];
	/** Those of the others who were inside before us, as a welcome says: where one has to begin, it is us. */
	insideBefore: ReadonlySet<ParticipantId>;
}

/** What goes to the server inside the join, so that nobody waits for a round trip more. */
export interface JoinExtras {
	offers: NonNullable<JoinInput['offers']>;
}

export interface TransportEvents {
	/** To go to a participant through the server. */
	sendSignal(signal: SignalInput): void;
	mediaChanged(id: ParticipantId, media: RemoteMedia): void;
	/** A peer message arrived over the transport's own way. It has not been parsed. */
	messageReceived(id: ParticipantId, text: string): void;
	/** Packets from somebody have stopped: the way to the server may be gone as well. */
	stalled(): void;
}

/** `trust`: by which the ends prove themselves; `null` where this page can't: then nobody is believed. */
export type CreateTransport = (trust: RoomTrust | null, events: TransportEvents) => Transport;

export interface Transport {
	/** What is sent to all present and future members in a slot; `null` sends nothing and keeps the slot. */
	publish(slot: Slot, track: MediaStreamTrack | null): void;
	/** What we make of what each of them sends: they send no more than that. Who is missing has not been told anything yet. */
	setConstraints(constraints: ReadonlyMap<ParticipantId, ReceiverConstraints>): void;
	/** Whether data is saved here, and how many steps this device is behind with its encoding. */
	setSending(conditions: { saves: boolean; encoderLoad: number }): void;
	/** Whether the others are to be told no address but a relay's. Where there is no relay, nobody is reached then. */
	setAddressHidden(hidden: boolean): void;
	/** Another secret of the room, for those who stay. Their media goes on. */
	setTrust(trust: RoomTrust | null): void;
	/** In the lobby: who is inside now. What can be made ready for them before the join is made ready. */
	prepare(inside: Pick<PeekEvent, 'seats' | 'iceServers'>): void;
	/** What is ready by now. */
	prepareJoin(): Promise<JoinExtras>;
	/** At the welcome and at each change: media flows with these and nobody else. What flows already is not touched. */
	setMembers(members: Members): void;
	/** Everything the server says to this session, before it is acted on elsewhere. What does not concern the transport is left alone. */
	handleServer(event: ServerEvent): void;
	/** Nothing can be agreed on until it is back. */
	signalingLost(): void;
	/** It is back, with everything that was missed. */
	signalingResumed(): void;
	/** We are in another network, or back in one: media whose packets stop is mended at once. What flows is not touched. */
	networkChanged(): void;
	/** Much may have happened while nobody looked: probes whether everybody is still there. */
	suspect(): void;
	/** False when there is no open way to them; the message was not sent. */
	sendMessage(to: ParticipantId, text: string): boolean;
	/** Starts over with a participant whose media does not come back. */
	rebuild(id: ParticipantId): void;
	media(id: ParticipantId): RemoteMedia | undefined;
	/** How loud their microphone was in the last sound received, 0 to 1; 0 when nothing is. */
	audioLevel(id: ParticipantId): number;
	/** `null` while one is missing. */
	descriptions(id: ParticipantId): Descriptions | null;
	/** `undefined` when nothing connects us with this participant. */
	stats(id: ParticipantId): Promise<RTCStatsReport | undefined>;
	close(): void;
}
