/**
 * Where a call stands, from its lobby to its end. Pure: (state, event) → the next state, and the actions that follow, in order.
 * `membership.ts` performs them.
 *
 * Events, and who causes them:
 * - `join`          the person, in the lobby or by a reload of the call (`resume-record.ts`)
 * - `wait`          the person, after a join was refused with `room-full`
 * - `stop-waiting`  the person, waiting for a seat or for the server's answer
 * - `leave`         the person: a button, a key, a headset, the lock screen
 * - `reopen`        the person, after the end
 * - `close`         the page, which shows something else now; nothing happens after it
 * - `seat-free`     the server, to those who watch a room from outside: it has fewer participants than seats
 * - `welcome`       the server: our join came through, or we are back after a time without the server
 * - `session-ended` the server: the join is refused, or the session is over, as when another tab takes the seat
 *
 * Actions, and what each does:
 * - `ask-to-join`     the offers gathered in the lobby go to the server inside a join
 * - `enter`           what runs only inside a call begins
 * - `forget-seat`     neither this page nor a reload of it comes back as the same participant
 * - `lower-hand`
 * - `leave-visit`     the server hears that we leave; then as `end-visit`
 * - `end-visit`       the peers are closed, and what runs only inside a call ends
 * - `begin-visit`     a lobby with new peers
 * - `start-devices`, `release-devices`
 */
import type { ErrorCode } from '../../protocol';

export interface CallFailure {
	/** `insecure`: this page can't encrypt, for example outside a secure context. */
	code: ErrorCode | 'insecure';
	limit?: number;
	retryAfterMs?: number;
}

export type PhaseState =
	/** `failure`: why the last join was refused; `null` where none was. */
	| { phase: 'lobby'; failure: CallFailure | null }
	/** In the lobby of a full room; joins by itself when a seat is free. */
	| { phase: 'waiting-for-seat' }
	/** The server has been asked. `waited`: the join came after a wait for a seat; if the room is full again, the wait goes on. */
	| { phase: 'joining'; waited: boolean }
	| { phase: 'in-call' }
	/** `failure`: why the session ended; `null` after an ordinary hang-up. */
	| { phase: 'ended'; failure: CallFailure | null }
	/** The page is gone. This is never shown. */
	| { phase: 'closed' };

export type Phase = Exclude<PhaseState['phase'], 'closed'>;

export type PhaseEvent =
	/** `secure`: whether this page can prove who it is. If it can't, it calls nobody. */
	| { type: 'join'; secure: boolean }
	/** `seatFree`: as far as the lobby knows. */
	| { type: 'wait'; seatFree: boolean }
	| { type: 'stop-waiting' }
	| { type: 'leave' }
	| { type: 'reopen' }
	| { type: 'close' }
	| { type: 'seat-free' }
	| { type: 'welcome' }
	| { type: 'session-ended'; failure: CallFailure };

export type PhaseAction =
	| 'ask-to-join'
	| 'enter'
	| 'forget-seat'
	| 'lower-hand'
	| 'leave-visit'
	| 'end-visit'
	| 'begin-visit'
	| 'start-devices'
	| 'release-devices';

export interface PhaseStep {
	state: PhaseState;
	actions: readonly PhaseAction[];
}

export const firstPhase: PhaseState = { phase: 'lobby', failure: null };

/** An event that means nothing in this phase returns the same state. */
export function nextPhase(state: PhaseState, event: PhaseEvent): PhaseStep {
	if (state.phase === 'closed') return stay(state);
	if (event.type === 'close') return closeFrom(state);
	switch (state.phase) {
		case 'lobby':
			return inLobby(state, event);
		case 'waiting-for-seat':
			return whileWaiting(state, event);
		case 'joining':
			return whileJoining(state, event);
		case 'in-call':
			return inCall(state, event);
		case 'ended':
			if (event.type !== 'reopen') return stay(state);
			return go({ phase: 'lobby', failure: null }, 'begin-visit', 'start-devices');
	}
}

type Step<P extends Phase> = (state: Extract<PhaseState, { phase: P }>, event: PhaseEvent) => PhaseStep;

const inLobby: Step<'lobby'> = (state, event) => {
	switch (event.type) {
		case 'join':
			return event.secure ? ask(false) : go({ phase: 'lobby', failure: { code: 'insecure' } });
		case 'wait':
			return event.seatFree ? ask(true) : go({ phase: 'waiting-for-seat' });
		default:
			return stay(state);
	}
};

const whileWaiting: Step<'waiting-for-seat'> = (state, event) => {
	switch (event.type) {
		case 'seat-free':
			return ask(true);
		case 'stop-waiting':
			return go({ phase: 'lobby', failure: null });
		default:
			return stay(state);
	}
};

const whileJoining: Step<'joining'> = (state, event) => {
	switch (event.type) {
		case 'welcome':
			return go({ phase: 'in-call' }, 'enter');
		case 'stop-waiting':
			// The offers of this join are used up, so the next join begins with new peers.
			return go({ phase: 'lobby', failure: null }, 'leave-visit', 'begin-visit');
		case 'leave':
			return hangUp;
		case 'session-ended': {
			const { failure } = event;
			// Somebody else was quicker, so a person who waits goes on waiting.
			const waitsOn = state.waited && failure.code === 'room-full';
			return go(
				waitsOn ? { phase: 'waiting-for-seat' } : { phase: 'lobby', failure },
				...(['forget-seat', 'end-visit', 'begin-visit'] as const),
			);
		}
		default:
			return stay(state);
	}
};

const inCall: Step<'in-call'> = (state, event) => {
	switch (event.type) {
		case 'leave':
			return hangUp;
		case 'session-ended':
			return go(
				{ phase: 'ended', failure: event.failure },
				...(['forget-seat', 'end-visit', 'release-devices'] as const),
			);
		default:
			return stay(state);
	}
};

function closeFrom({ phase }: PhaseState): PhaseStep {
	if (phase === 'ended') return go({ phase: 'closed' });
	return go({ phase: 'closed' }, 'forget-seat', 'leave-visit', 'release-devices');
}

const hangUp = go(
	{ phase: 'ended', failure: null },
	...(['forget-seat', 'lower-hand', 'leave-visit', 'release-devices'] as const),
);

function ask(waited: boolean): PhaseStep {
	return go({ phase: 'joining', waited }, 'ask-to-join');
}

function go(state: PhaseState, ...actions: PhaseAction[]): PhaseStep {
	return { state, actions };
}

function stay(state: PhaseState): PhaseStep {
	return { state, actions: [] };
}
