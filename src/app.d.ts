import type { RefusedRoomName } from '$lib/protocol/room-name';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** What is wrong with the name in the address of a room. */
			roomName?: RefusedRoomName;
		}
	}
}

export {};
