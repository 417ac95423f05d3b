/** What can be done in the lobby at this moment, which is what its button says. Pure. */
import type { CallSnapshot } from '../../call/snapshot';

export type LobbyStep =
	| 'ready'
	| 'joining'
	| 'joining-unreachable' // pressed before there was a server: stands until there is one, or until it is called off
	| 'room-full' // a seat can be waited for
	| 'waiting-for-seat'
	| 'too-old'; // this version of the app is, for the server

export function lobbyStep({
	phase,
	signaling,
	failure,
}: Pick<CallSnapshot, 'phase' | 'signaling' | 'failure'>): LobbyStep {
	if (phase === 'waiting-for-seat') return 'waiting-for-seat';
	if (phase === 'joining' && signaling === 'reconnecting') return 'joining-unreachable';
	if (failure?.code === 'client-too-old') return 'too-old';
	if (failure?.code === 'room-full') return 'room-full';
	// Once in, the lobby stands until the call's page is loaded.
	return phase === 'lobby' ? 'ready' : 'joining';
}
