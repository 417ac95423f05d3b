/**
 * Room names: 3 to 64 characters of `a-z 0-9 -`. What a person types is normalised to one and shown.
 */
import { limits } from './limits';

const pattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** True for a name in its final form: what the server accepts, and nothing else. */
export function isRoomName(value: string): boolean {
	return value.length >= limits.roomNameMin && value.length <= limits.roomNameMax && pattern.test(value);
}

/**
 * Turns what a person typed ("Team Sync!") into a room name ("team-sync"), or `null` when too little
 * of it is left. Accents are dropped; runs of anything else become one hyphen.
 */
export function normaliseRoomName(typed: string): string | null {
	const name = typed
		.normalize('NFKD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, limits.roomNameMax)
		.replace(/^-+|-+$/g, '');
	return isRoomName(name) ? name : null;
}
