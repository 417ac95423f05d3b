/**
 * The call, as the stores see it: commands down, in groups, each told about where the room stands that does them; snapshots up. `call.ts`
 * implements it.
 */
import type { Unsubscribe } from '../platform/platform';
import type { AdaptationCommands } from './adaptation/adaptation';
import type { ChatCommands } from './chat/chat-state';
import type { ConnectionCommands } from './connections';
import type { MediaCommands } from './media/own-media';
import type { QualityCommands } from './quality/quality-watch';
import type { RoomCommands } from './room/room-commands';
import type { CallNotice, CallSnapshot } from './snapshot';

export interface Call {
	readonly snapshot: CallSnapshot;
	onSnapshot(listener: (snapshot: CallSnapshot) => void): Unsubscribe;
	onNotice(listener: (notice: CallNotice) => void): Unsubscribe;

	readonly room: RoomCommands;
	readonly media: MediaCommands;
	readonly chat: ChatCommands;
	readonly connections: ConnectionCommands;
	readonly quality: QualityCommands;
	readonly adaptation: AdaptationCommands;

	/** Page gone: as `room.leave`, when a call is on, and everything else let go. */
	dispose(): void;
}
