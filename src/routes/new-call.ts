/** Makes a new room, with a secret of its own. */
import { formatSecretHash, newRoomSecret } from '$lib/e2ee/room-secret';
import { newRoomName } from '$lib/protocol/new-room-name';
import { roomPath } from '$lib/protocol/room-link';

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** The path of a new call, relative to the origin. */
export function newCallPath(): string {
	return roomPath(newRoomName(randomBytes), formatSecretHash(newRoomSecret(randomBytes)));
}
