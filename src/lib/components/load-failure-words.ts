/** Words for why a call could not begin or came to an end, also where what has them can't be loaded. */
import type { CallFailure } from '../call/snapshot';

export async function loadFailureWords(failure: CallFailure): Promise<{ title: string; text: string }> {
	try {
		const { callFailureWords } = await import('./call-failure-words');
		return callFailureWords(failure);
	} catch {
		return { title: 'That did not work', text: 'Try again; if it goes on, reload the page.' };
	}
}
