/**
 * Why a call could not begin or came to an end, or what stands between it and the server. Loaded when that is so (`load-failure-words.ts`), for
 * with most it never is.
 */
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { CallFailure } from '../call/room/phase';

export function callFailureWords(failure: CallFailure): { title: string; text: string } {
	switch (failure.code) {
		case 'room-full':
			return {
				title: 'The room is full',
				text: failure.limit
					? `All ${failure.limit} seats are taken. Wait here and you join as soon as one is free.`
					: 'All seats are taken. Wait here and you join as soon as one is free.',
			};
		case 'taken-over':
			return {
				title: 'You joined from another tab',
				text: 'The call goes on there. Rejoin to bring it back to this one.',
			};
		case 'bad-room-name':
			return {
				title: "This room can't exist",
				text: 'A room name has 3 to 64 letters, digits and hyphens, of any script. Check the link.',
			};
		case 'bad-participant-name':
			return { title: 'That name does not work', text: 'Choose another one, of up to 64 characters.' };
		case 'rate-limited':
			return {
				title: 'Too many tries',
				text: failure.retryAfterMs
					? `Wait ${inSeconds(failure.retryAfterMs)}, then try again.`
					: 'Wait a moment, then try again.',
			};
		case 'token-refused':
		case 'not-joined':
			return {
				title: 'Your seat was given up',
				text: 'You were away for too long. Rejoin to take a new one.',
			};
		case 'already-joined':
			return { title: 'You are already in this call', text: 'Look for it in another tab.' };
		case 'server-full':
			return {
				title: 'The server is full',
				text: 'It can take nobody else for now. Wait a moment, then try again.',
			};
		case 'server-stopping':
			return { title: 'The server is restarting', text: 'It will be back in a moment. Try again.' };
		case 'client-too-old':
			return {
				title: 'There is a newer Parley',
				text: 'The server no longer speaks with this version. Refresh to join with the new one.',
			};
		case 'origin-refused':
			return {
				title: 'This address is not served',
				text: 'The server accepts calls from another address only. Check the link.',
			};
		case 'insecure':
			return {
				title: "This page isn't secure",
				text: "Over http, this browser can't encrypt a call. Open the address that begins with https.",
			};
		case 'bad-input':
		case 'too-large':
		case 'no-such-participant':
		case 'internal':
			return {
				title: 'Something went wrong',
				text: 'It was not you. Try again; if it goes on, reload the page.',
			};
	}
}

/** @param origin of this page */
export function obstacleWords(obstacle: SignalingObstacle, origin: string): { title: string; text: string } {
	switch (obstacle) {
		case 'origin-refused':
			return {
				title: 'The server refuses this page',
				text: `It treats ${origin} as a foreign address: whoever runs it must set ORIGIN to that, or have the proxy in front of it pass the Host header on.`,
			};
		case 'blocked':
			return {
				title: 'Calls are blocked on the way',
				text: 'A proxy or firewall lets this page through and not its calls: try another network, or tell whoever runs the server that requests to /trpc are refused.',
			};
		case 'intercepted':
			return {
				title: 'Something else answers for the server',
				text: 'This network may want you to sign in first: open any other site to see, or try another network.',
			};
		case 'buffered':
			return {
				title: 'A proxy holds the call back',
				text: 'What the server sends gets stuck on the way: try another network, or tell whoever runs the server that the proxy must pass WebSockets on, or not buffer /trpc.',
			};
	}
}

function inSeconds(durationMs: number): string {
	const seconds = Math.max(1, Math.ceil(durationMs / 1000));
	return seconds === 1 ? 'a second' : `${seconds} seconds`;
}
