/** What is said to somebody who is alone in a call, by who was there before. Pure. */
import { isolate } from '../../words/isolate';
import { say } from '../../words/say';

/** `gone`: as they were called here, those who were in the call when somebody last was; empty when nobody has come yet. */
export function aloneWords(gone: readonly string[]): string {
	const [only] = gone;
	if (only === undefined) return say('nobodyYet');
	return gone.length === 1 ? say('lastLeft', { name: isolate(only) }) : say('allLeft');
}
