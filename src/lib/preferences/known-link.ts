/**
 * What this device knows of a room's name that a link does not say: mail programs cut links off at the `#`, and a link with another secret leads
 * to another room, whatever its name.
 */
import type { RecentRoom } from './preferences';

export interface KnownLink {
	/** Of the link that was used here last. */
	secret: string;
	/** `missing`: the link at hand has no secret. `other`: it has one that was never used here. */
	thisLink: 'missing' | 'other';
}

/** `null` where there is nothing to tell: no link of this name was used here, or this very one. `recentRooms`: the latest first. */
export function knownLinkFor(
	recentRooms: readonly RecentRoom[],
	{ room, secret }: { room: string; secret: string | null },
): KnownLink | null {
	const secrets = recentRooms.flatMap((recent) => (recent.room === room ? (recent.secret ?? []) : []));
	const [latest] = secrets;
	if (latest === undefined || (secret !== null && secrets.includes(secret))) return null;
	return { secret: latest, thisLink: secret === null ? 'missing' : 'other' };
}
