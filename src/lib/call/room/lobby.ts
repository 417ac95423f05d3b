/**
 * What happens before joining: watches the room from outside, and lets the transport prepare for those inside. Knows no devices and no
 * roster.
 */
import type { PeekEvent, RoomAddress } from '../../protocol';
import type { Unsubscribe } from '../../platform/platform';
import type { Signaling } from '../signaling/signaling';
import type { LobbySnapshot } from './room-state';
import type { Transport } from '../transport/transport';

export interface Lobby {
	readonly snapshot: LobbySnapshot;
	/** From here on, what has been prepared belongs to a join; the room is still watched. */
	stopPreparing(): void;
	close(): void;
}

export const emptyLobby: LobbySnapshot = { count: null, limit: null };

/** `address`: `null` for a room that this browser can't find, because it can't derive the room's tag. */
export function openLobby(
	signaling: Signaling,
	address: RoomAddress | null,
	transport: Transport,
	changed: (event: PeekEvent) => void,
): Lobby {
	let snapshot = emptyLobby;
	let preparing = true;
	const handlePeek = (event: PeekEvent) => {
		snapshot = { count: event.count, limit: event.limit };
		if (preparing) transport.prepare(event);
		changed(event);
	};
	const stop: Unsubscribe = address ? signaling.peek(address, handlePeek) : () => {};
	return {
		get snapshot() {
			return snapshot;
		},
		stopPreparing() {
			preparing = false;
		},
		close: stop,
	};
}
