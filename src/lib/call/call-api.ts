/**
 * The call, as the stores see it: groups of commands go down, and snapshots come up. Each command is described in the folder that
 * implements it. `call.ts` puts them together.
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

	/** The page is gone: leaves as `room.leave` does if a call is on, and releases everything else. */
	dispose(): void;
}
