/** Words for why a call could not begin or came to an end, or can't reach the server, also where what has them can't be loaded. */
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { CallFailure } from '../call/room/phase';

export async function loadFailureWords(failure: CallFailure): Promise<{ title: string; text: string }> {
	try {
		const { callFailureWords } = await import('./call-failure-words');
		return callFailureWords(failure);
	} catch {
		return { title: 'That did not work', text: 'Try again; if it goes on, reload the page.' };
	}
}

export async function loadObstacleWords(
	obstacle: SignalingObstacle,
): Promise<{ title: string; text: string }> {
	try {
		const { obstacleWords } = await import('./call-failure-words');
		return obstacleWords(obstacle, location.origin);
	} catch {
		return { title: "This network doesn't let calls through", text: 'Try another network.' };
	}
}
