/**
 * The ICE servers that a participant is given: STUN as configured, and TURN with credentials of their own that expire by
 * themselves (coturn's `use-auth-secret`, draft-uberti-behave-turn-rest-00).
 */
import { createHmac } from 'node:crypto';
import type { IceServer } from '../lib/protocol';

export interface IceServerSettings {
	stunUrls: readonly string[];
	turn: { urls: readonly string[]; secret: string } | null;
}

/** Without `holder` there is no relay. The TURN server logs this name and counts quotas by it. */
export function iceServersFor(
	settings: IceServerSettings,
	holder: { name: string; lifetimeMs: number } | null,
	nowEpochMs: number,
): IceServer[] {
	const servers: IceServer[] = [];
	if (settings.stunUrls.length > 0) servers.push({ urls: [...settings.stunUrls] });
	if (settings.turn && holder) {
		const username = `${Math.floor((nowEpochMs + holder.lifetimeMs) / 1000)}:${holder.name}`;
		const credential = createHmac('sha1', settings.turn.secret).update(username).digest('base64');
		servers.push({ urls: [...settings.turn.urls], username, credential });
	}
	return servers;
}
