/**
 * What a call looks like at one moment: everything the interface shows, so that it has nothing to work out. Snapshots are immutable; an
 * unchanged part is the same object as before.
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
	/** The room's secret as it is now; `null` if its link has none. */
	secret: string | null;
	signaling: SignalingState;
	/** Why we can't talk to the server, if we know. */
	obstacle: SignalingObstacle | null;
	self: SelfSnapshot;
	media: LocalMediaSnapshot;
	/** The others, in the order in which they joined. */
	participants: ParticipantSnapshot[];
	/** Not good when most of the others have a problem whose cause is here. */
	ownQuality: ConnectionQuality;
	/** Why data is saved; `null` while it is not. */
	dataSaver: DataSaverReason | null;
	chat: ChatSnapshot;
}

/** Things that happened, for toasts and announcements. Each is told once. */
export type CallNotice = OthersNotice | OwnNotice;

export type OwnNotice =
	| { type: 'signaling-lost' | 'signaling-restored' }
	/** The code that reads and writes messages could not be loaded; we try again. */
	| { type: 'chat-not-loaded' }
	/** After that: it is loaded. */
	| { type: 'chat-loaded' }
	/** Our name has changed. */
	| { type: 'renamed'; name: string }
	/** The call has begun to save data by itself, or (`null`) stopped. */
	| { type: 'data-saver'; reason: DataSaverReason | null }
	| MediaNotice;
