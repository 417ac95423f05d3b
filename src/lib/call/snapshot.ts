/**
 * What a call looks like at one moment: everything the interface shows, and nothing it has to work out. Snapshots are
 * immutable; an unchanged part is the same object as before.
 */
import type { DataSaverReason } from './adaptation/data-saver';
import type { ChatSnapshot } from './chat/chat-state';
import type { LocalMediaSnapshot, MediaNotice } from './media/media-state';
import type { ConnectionQuality } from './quality/quality';
import type { OthersNotice } from './room/others-notice';
import type { MembershipSnapshot, ParticipantSnapshot, SelfSnapshot } from './room/room-state';
import type { SignalingObstacle, SignalingState } from './signaling/signaling';

export interface CallSnapshot extends MembershipSnapshot {
	room: string;
	/** The room's secret as it is now; `null` where its link has none. */
	secret: string | null;
	signaling: SignalingState;
	/** Why the server can't be spoken with, where that is known. */
	obstacle: SignalingObstacle | null;
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

export type OwnNotice =
	| { type: 'signaling-lost' | 'signaling-restored' }
	/** What reads and writes messages could not be loaded, and is tried again. */
	| { type: 'chat-not-loaded' }
	/** After that: it is there. */
	| { type: 'chat-loaded' }
	/** We are called something else now. */
	| { type: 'renamed'; name: string }
	/** Data is saved of the call's own accord, or (`null`) no longer. */
	| { type: 'data-saver'; reason: DataSaverReason | null }
	| MediaNotice;
