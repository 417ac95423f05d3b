/** What a person who is alone in a call is told, depending on who was there before. Pure. */
import { isolate } from '../../words/isolate';
import { say } from '../../words/say';

/** `gone`: the names of those who were in the call last, as shown on this screen; empty when nobody has come yet. */
export function aloneWords(gone: readonly string[]): string {
	const [only] = gone;
	if (only === undefined) return say('nobodyYet');
	return gone.length === 1 ? say('lastLeft', { name: isolate(only) }) : say('allLeft');
}
