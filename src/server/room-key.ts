/** What the server knows a room by, and the only thing it is kept, looked up and logged under. */
import type { RoomAddress } from '../lib/protocol';

/** [M1] No two addresses have the same key: names hold no `#`. */
export function roomKey({ room, tag }: RoomAddress): string {
	return tag === null ? room : `${room}#${tag}`;
}
