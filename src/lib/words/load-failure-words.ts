/** Words for why a call could not begin or has ended, or can't reach the server. There are words even if the file that has them can't be loaded. */
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { CallFailure } from '../call/room/phase';
import { say, withWords } from './say';

const load = () => withWords('problems', () => import('./call-failure-words'));

export async function loadFailureWords(failure: CallFailure): Promise<{ title: string; text: string }> {
	try {
		const { callFailureWords } = await load();
		return callFailureWords(failure);
	} catch {
		return { title: say('thatFailed'), text: say('thatFailedHelp') };
	}
}

export async function loadObstacleWords(
	obstacle: SignalingObstacle,
): Promise<{ title: string; text: string }> {
	try {
		const { obstacleWords } = await load();
		return obstacleWords(obstacle, location.origin);
	} catch {
		return { title: say('callsBlocked'), text: say('callsBlockedHelp') };
	}
}
