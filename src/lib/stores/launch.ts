/** What to do with an address that the system gives to the running app. Knows nothing of how it came here. */
import { readRoomAddress } from '../protocol/room-link';

export interface LaunchWhere {
	href: string;
	/** The room of the call that is on, or `null`. */
	callIn: string | null;
}

export type LaunchDecision =
	/** The address is already on the screen. */
	| { do: 'nothing' }
	| { do: 'open'; path: string }
	/** It would end the call, so ask first. `room` is `null` if the address is not a room's. */
	| { do: 'ask'; path: string; room: string | null };

export function decideLaunch(target: string, { href, callIn }: LaunchWhere): LaunchDecision {
	const { origin, hash } = new URL(href);
	const url = parse(target);
	if (url?.origin !== origin || url.href === href) return { do: 'nothing' };
	const path = url.pathname + url.search + url.hash;
	// The app's icon opens the start page, which only means "bring the app to the front".
	if (path === '/') return { do: 'nothing' };
	if (callIn === null) return { do: 'open', path };
	const link = readRoomAddress(url);
	const room = link && 'room' in link ? link.room : null;
	// A link cut off at its `#`, or after it, means the call that is on. One with another secret leads to another room with that name.
	const sameSecret = !link?.ok || link.hash === '' || link.hash === hash;
	if (room === callIn && sameSecret) return { do: 'nothing' };
	return { do: 'ask', path, room };
}

function parse(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}
