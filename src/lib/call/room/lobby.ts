/**
 * What goes on before joining: the room is watched from outside, and the transport makes ready for those inside. Knows no devices and no
 * roster.
 */
import type { PeekEvent, RoomAddress } from '../../protocol';
import type { Unsubscribe } from '../../platform/platform';
import type { Signaling } from '../signaling/signaling';
import type { LobbySnapshot } from './room-state';
import type { Transport } from '../transport/transport';

export interface Lobby {
	readonly snapshot: LobbySnapshot;
	/** From here on what is ready belongs to a join; the room is still watched. */
	stopPreparing(): void;
	close(): void;
}

export const emptyLobby: LobbySnapshot = { count: null, limit: null };

/** `address`: `null` for a room that this browser can't find, since it can't derive its tag. */
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
