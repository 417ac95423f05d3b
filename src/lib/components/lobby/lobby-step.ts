/** What can be done in the lobby at the moment, which decides what its button says. Pure. */
import type { CallSnapshot } from '../../call/snapshot';

export type LobbyStep =
	| 'ready'
	| 'joining'
	| 'joining-unreachable' // pressed while the server could not be reached: waits until it can, or until cancelled
	| 'room-full' // a seat can be waited for
	| 'waiting-for-seat'
	| 'too-old'; // for the server, this version of the app

export function lobbyStep({
	phase,
	signaling,
	failure,
}: Pick<CallSnapshot, 'phase' | 'signaling' | 'failure'>): LobbyStep {
	if (phase === 'waiting-for-seat') return 'waiting-for-seat';
	if (phase === 'joining' && signaling === 'reconnecting') return 'joining-unreachable';
	if (failure?.code === 'client-too-old') return 'too-old';
	if (failure?.code === 'room-full') return 'room-full';
	// After joining, the lobby stays until the page of the call is loaded.
	return phase === 'lobby' ? 'ready' : 'joining';
}
