/**
 * Why a call could not begin or has ended, or what blocks the way to the server. Loaded when needed (`load-failure-words.ts`), which for most
 * people is never.
 */
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { CallFailure } from '../call/room/phase';
import { say } from './say';

export function callFailureWords(failure: CallFailure): { title: string; text: string } {
	switch (failure.code) {
		case 'room-full':
			return {
				title: say('roomFull'),
				text: failure.limit ? say('roomFullHelp', { limit: failure.limit }) : say('roomFullHelpPlain'),
			};
		case 'taken-over':
			return { title: say('takenOver'), text: say('takenOverHelp') };
		case 'bad-room-name':
			return { title: say('badRoomName'), text: say('badRoomNameHelp') };
		case 'bad-participant-name':
			return { title: say('badName'), text: say('badNameHelp') };
		case 'rate-limited':
			return {
				title: say('rateLimited'),
				text: failure.retryAfterMs
					? say('rateLimitedHelp', { seconds: Math.max(1, Math.ceil(failure.retryAfterMs / 1000)) })
					: say('waitAndTryAgain'),
			};
		case 'token-refused':
		case 'not-joined':
			return { title: say('seatLost'), text: say('seatLostHelp') };
		case 'already-joined':
			return { title: say('alreadyJoined'), text: say('alreadyJoinedHelp') };
		case 'server-full':
			return { title: say('serverFull'), text: say('serverFullHelp') };
		case 'server-stopping':
			return { title: say('serverStopping'), text: say('serverStoppingHelp') };
		case 'client-too-old':
			return { title: say('clientTooOld'), text: say('clientTooOldHelp') };
		case 'origin-refused':
			return { title: say('originRefused'), text: say('originRefusedHelp') };
		case 'insecure':
			return { title: say('insecure'), text: say('insecureHelp') };
		case 'bad-input':
		case 'too-large':
		case 'no-such-participant':
		case 'internal':
			return { title: say('unexpected'), text: say('unexpectedHelp') };
	}
}

/** @param origin of this page */
export function obstacleWords(obstacle: SignalingObstacle, origin: string): { title: string; text: string } {
	switch (obstacle) {
		case 'origin-refused':
			return { title: say('pageRefused'), text: say('pageRefusedHelp', { origin }) };
		case 'blocked':
			return { title: say('blocked'), text: say('blockedHelp') };
		case 'intercepted':
			return { title: say('intercepted'), text: say('interceptedHelp') };
		case 'buffered':
			return { title: say('buffered'), text: say('bufferedHelp') };
	}
}
