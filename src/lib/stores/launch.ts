/**
 * What to do with an address that the system hands to the app while it is running. Knows nothing of how it got here.
 */
import { readRoomAddress } from '../protocol/room-link';

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
	const link = readRoomAddress(url);
	const room = link && 'room' in link ? link.room : null;
	// A link cut off at its `#`, or further on, means the call one is in; one with another secret leads to another room of that name.
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
