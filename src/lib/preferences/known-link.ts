/**
 * What this device knows about a room's name that a link does not say. Mail programs cut links off at the `#`, and a link with another secret
 * leads to another room, even if the name is the same.
 */
import type { RecentRoom } from './preferences';

export interface KnownLink {
	/** The secret of the link that was used here last. */
	secret: string;
	/** `missing`: the link that led here has no secret. `other`: it has one that was never used here. */
	thisLink: 'missing' | 'other';
}

/** `null` if there is nothing to say: no link with this name was used here, or this very one was. `recentRooms`: the latest first. */
export function knownLinkFor(
	recentRooms: readonly RecentRoom[],
	{ room, secret }: { room: string; secret: string | null },
): KnownLink | null {
	const secrets = recentRooms.flatMap((recent) => (recent.room === room ? (recent.secret ?? []) : []));
	const [latest] = secrets;
	if (latest === undefined || (secret !== null && secrets.includes(secret))) return null;
	return { secret: latest, thisLink: secret === null ? 'missing' : 'other' };
}
