/**
 * The ICE servers a participant is told of: STUN as configured, TURN with credentials made for them that expire by
 * themselves (coturn's `use-auth-secret`, draft-uberti-behave-turn-rest-00).
 */
import { createHmac } from 'node:crypto';
import type { IceServer } from '../lib/protocol';

export interface IceServerSettings {
	stunUrls: readonly string[];
	turn: { urls: readonly string[]; secret: string } | null;
	turnLifetimeMs: number;
}

/** `holder` ends up in TURN's logs and quotas. `now` in milliseconds since the epoch. */
export function iceServersFor(settings: IceServerSettings, holder: string, now: number): IceServer[] {
	const servers: IceServer[] = [];
	if (settings.stunUrls.length > 0) servers.push({ urls: [...settings.stunUrls] });
	if (settings.turn) {
		const username = `${Math.floor((now + settings.turnLifetimeMs) / 1000)}:${holder}`;
		const credential = createHmac('sha1', settings.turn.secret).update(username).digest('base64');
		servers.push({ urls: [...settings.turn.urls], username, credential });
	}
	return servers;
}
