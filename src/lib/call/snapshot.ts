/**
 * What a call looks like at one moment: everything the interface shows, and nothing it has to work out. Snapshots are
 * immutable; an unchanged part is the same object as before.
 */
import type { ErrorCode, Interruption, ParticipantId, Source } from '../protocol';
import type { CameraFacing } from './media/camera-facing';
import type { DataSaverReason } from './adaptation/data-saver';
import type { ConnectionQuality } from './quality/quality';
import type { SignalingObstacle, SignalingState } from './signaling/signaling';
import type { ConnectionState, PathFailure } from './transport/transport';

export type Phase = 'lobby' | 'joining' | 'waiting-for-seat' | 'in-call' | 'ended';

/** Why a device gives nothing. Words for each stand in one table of the interface. */
export type MediaFailureCode =
	| 'denied' // the person, or the browser's settings, said no to this site
	| 'denied-by-system' // the operating system says no to the browser
	| 'dismissed' // the question was closed without an answer
	| 'not-found' // no such device
	| 'busy' // another application holds it
	| 'insecure' // not a secure context
	| 'unsupported' // this browser can't
	| 'lost' // it was there and ended: unplugged, or stopped by the system
	| 'interrupted' // it is there and gives nothing for now: a phone call, another application
	| 'asking' // the browser's question stands open
	| 'no-answer' // asked for, and neither given nor refused: a driver that hangs
	| 'unknown';

export interface MediaFailure {
	code: MediaFailureCode;
	/** True when the call goes on trying by itself. */
	mendsItself: boolean;
}

/** One local source: what the person asked for, and what has come of it. */
export interface LocalSource {
	/** What the person asked for. Changes at the click and at nothing else; what has come of it is what the toggle shows. */
	wanted: boolean;
	state: 'off' | 'starting' | 'on' | 'failed';
	failure: MediaFailure | null;
}

export interface DeviceChoice {
	id: string;
	/** Never empty: a name like "Camera 2" where the browser keeps the real one back. */
	label: string;
	/** Of a camera that is known to look one way. */
	facing?: CameraFacing;
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface LocalMediaSnapshot {
	microphone: LocalSource;
	camera: LocalSource;
	screen: LocalSource;
	/** What can be chosen. An empty speaker list means that this platform has no choice to offer. */
	devices: Record<DeviceKind, DeviceChoice[]>;
	/** The device in use or asked for; `null` for the system's default. */
	chosen: Record<DeviceKind, string | null>;
	/** For the preview and one's own tile; `null` while the camera is off. */
	cameraStream: MediaStream | null;
	/** Which way the camera in use looks; `null` while it is off, and of a camera on a desk. */
	cameraFacing: CameraFacing | null;
	screenStream: MediaStream | null;
	canShareScreen: boolean;
}

export interface ParticipantSnapshot {
	id: ParticipantId;
	/** Their page load, which signs what they write. */
	incarnation: string;
	name: string;
	/** The name as it is shown: with a number where somebody else's looks the same. No two of a room are alike. */
	label: string;
	connection: ConnectionState;
	/** Why a `failed` connection can't be made, where it is known. */
	pathFailure: PathFailure | null;
	quality: ConnectionQuality;
	/** Their connection to the server is lost and their seat is kept. */
	away: boolean;
	publications: Record<Source, boolean>;
	/** What should be on and gives nothing for now; `null` while nothing is interrupted. */
	interruption: Interruption | null;
	handRaisedAt: number | null;
	speaking: boolean;
	/** For an `<audio>`: voice, and the sound of a shared screen. */
	audioStream: MediaStream | null;
	/** Whether the voice is to be heard. What is said to be off is silent, whatever comes. */
	audible: boolean;
	screenAudioStream: MediaStream | null;
	/** For a `<video>`; `null` while the source is off. */
	cameraStream: MediaStream | null;
	screenStream: MediaStream | null;
}

export interface SelfSnapshot {
	/** `null` before the first welcome. */
	id: ParticipantId | null;
	name: string;
	/** What the others see. */
	label: string;
	handRaisedAt: number | null;
	speaking: boolean;
}

export interface ChatEntry {
	id: string;
	/** The page load that signed it: what tells authors apart, whatever they call themselves. */
	stream: string;
	/** As its author signed it. */
	authorName: string;
	/** Written in this page load. */
	mine: boolean;
	text: string;
	/** Milliseconds since the epoch, as its author's clock says. */
	sentAt: number;
	/** The same by this device's clock, as far as it can be told, and never out of order. */
	shownAt: number;
	/** `waiting` until it has gone to somebody; always `sent` for others' messages. */
	state: 'waiting' | 'sent';
}

export interface ChatSnapshot {
	entries: readonly ChatEntry[];
	/** How many have said different things to different people. Nothing they wrote is shown. */
	forked: number;
	/** Relayed messages that could not be opened: their authors' link has another secret, or ours has none. */
	unreadable: number;
	/** False when the link carries no secret: a relayed message is then readable by the server. */
	sealed: boolean;
}

export interface LobbySnapshot {
	/** How many are inside; `null` until the server has said so. */
	count: number | null;
	limit: number | null;
}

export interface CallFailure {
	/** `insecure`: this page can't encrypt, as outside a secure context. */
	code: ErrorCode | 'insecure';
	limit?: number;
	retryAfterMs?: number;
}

export interface CallSnapshot {
	phase: Phase;
	room: string;
	/** The room's secret as it is now; `null` where its link has none. */
	secret: string | null;
	signaling: SignalingState;
	/** Why the server can't be spoken with, where that is known. */
	obstacle: SignalingObstacle | null;
	lobby: LobbySnapshot;
	/** Why the last join was refused or the session ended; `null` after an ordinary hang-up. */
	failure: CallFailure | null;
	self: SelfSnapshot;
	media: LocalMediaSnapshot;
	/** The others, in the order in which they joined. */
	participants: ParticipantSnapshot[];
	/** Not good when what most of the others suffer has its cause here. */
	ownQuality: ConnectionQuality;
	/** Why data is saved; `null` while it is not. */
	dataSaver: DataSaverReason | null;
	chat: ChatSnapshot;
}

/** Things that happened, for toasts and announcements. Each is told once. */
export type CallNotice = OthersNotice | OwnNotice;

/** What the others do, as often as they like: to be shown by way of `notice-digest.ts`. */
export type OthersNotice =
	| {
			type: 'joined' | 'left' | 'hand-raised' | 'screen-started' | 'screen-stopped';
			id: ParticipantId;
			/** As they are called here. */
			name: string;
	  }
	| { type: 'message'; entry: ChatEntry };

export type OwnNotice =
	| { type: 'signaling-lost' | 'signaling-restored' }
	/** What reads and writes messages could not be loaded, and is tried again. */
	| { type: 'chat-not-loaded' }
	/** After that: it is there. */
	| { type: 'chat-loaded' }
	/** Data is saved of the call's own accord, or (`null`) no longer. */
	| { type: 'data-saver'; reason: DataSaverReason | null }
	/**
	 * `device-lost`: gone, another one is used. `device-changed`: the chosen one is back and used again.
	 * `device-unavailable`: it gives nothing, the one before is kept; the label is empty for the system's default.
	 */
	| { type: 'device-lost' | 'device-changed' | 'device-unavailable'; kind: DeviceKind; label: string }
	/** After `device-unavailable`: another of its kind works than the one that was kept. */
	| { type: 'device-available'; kind: DeviceKind }
	/** One's own screen was to be shared, and the browser or the system gives none. A closed picker is not told. */
	| { type: 'screen-unavailable'; code: MediaFailureCode }
	/** One's own, after an interruption. */
	| { type: 'capture-restored'; sources: ('microphone' | 'camera')[] };
