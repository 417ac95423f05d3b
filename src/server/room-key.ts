/** The key that the server keeps, looks up and logs a room under, and nothing else. */
import type { RoomAddress } from '../lib/protocol';

/** [M1] No two addresses have the same key, because names have no `#` in them. */
export function roomKey({ room, tag }: RoomAddress): string {
	return tag === null ? room : `${room}#${tag}`;
}
