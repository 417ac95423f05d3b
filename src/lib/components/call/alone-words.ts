/** What is said to somebody who is alone in a call, by who was there before. Pure. */
import { isolate } from '../../words/isolate';

/** `gone`: as they were called here, those who were in the call when somebody last was; empty when nobody has come yet. */
export function aloneWords(gone: readonly string[]): string {
	const [only] = gone;
	if (only === undefined) return 'Nobody else is here yet. Send them the link.';
	return gone.length === 1
		? `${isolate(only)} has left. Nobody else is here now.`
		: 'Everyone else has left.';
}
