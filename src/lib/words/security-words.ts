/** What is proven in a call and what is not, in one sentence each. */
import { say } from './say';

export function securityWords(hasSecret: boolean): string[] {
	return hasSecret ? [say('secretProtects'), say('secretLimits')] : [say('nameProtects'), say('nameLimits')];
}

export function compareWords(hasSecret: boolean): string {
	return say(hasSecret ? 'compareSurer' : 'compare');
}

/** For somebody whose safety words can't be shown now. */
export function noWords(connected: boolean): string {
	return say(connected ? 'wordsUnknown' : 'notConnected');
}
