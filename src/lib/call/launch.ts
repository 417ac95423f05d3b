/**
 * What to do with an address that the system hands to the app while it is running. Knows nothing of how it got here.
 */
import { parseSecretHash } from '../e2ee/room-secret';
import { parseRoomLink } from '../protocol/room-link';

export interface LaunchWhere {
	href: string;
	/** The room one is in a call in, or `null`. */
	callIn: string | null;
}

export type LaunchDecision =
	/** It is what is already on the screen. */
	| { do: 'nothing' }
	| { do: 'open'; path: string }
	/** Would end the call: ask first. `room` is `null` when it leads somewhere else. */
	| { do: 'ask'; path: string; room: string | null };

export function decideLaunch(target: string, { href, callIn }: LaunchWhere): LaunchDecision {
	const { origin, hash } = new URL(href);
	const url = parse(target);
	if (url?.origin !== origin || url.href === href) return { do: 'nothing' };
	const path = url.pathname + url.search + url.hash;
	// The start page, as the app's icon asks for it, says no more than "bring the app to the front".
	if (path === '/') return { do: 'nothing' };
	if (callIn === null) return { do: 'open', path };
	const link = parseRoomLink(url.href, origin);
	const room = link.ok ? link.room : null;
	const secret = parseSecretHash(url.hash);
	// A link cut off at its `#` means the call one is in; one with another secret leads to another room of that name.
	if (room === callIn && (secret === null || secret === parseSecretHash(hash))) return { do: 'nothing' };
	return { do: 'ask', path, room };
}

function parse(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}
