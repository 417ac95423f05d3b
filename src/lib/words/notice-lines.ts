/** What the others did, in one line. Loaded once somebody is inside. */
import type { NoticeLine } from '../call/room/notice-digest';
import { isolate } from './isolate';
import { listWords } from './list';
import { say } from './say';

/** How many characters of a message are shown; the chat has all of it. */
const textMax = 140;

export function noticeLineWords({ type, names, count, text }: NoticeLine): string {
	const people = type === 'message' ? names.length : count;
	const who = nameList(names, people);
	switch (type) {
		case 'joined':
			return say('joined', { who, people });
		case 'left':
			return say('left', { who, people });
		case 'hand-raised':
			return say('handsRaised', { who, people });
		case 'screen-started':
			return say('screensStarted', { who, people });
		case 'screen-stopped':
			return say('screensStopped', { who, people });
		case 'message':
			return count > 1
				? say('newMessages', { count, who })
				: say('messageFrom', { who, text: isolate(cut(text)) });
	}
}

/** The first names, and the number of the other people. */
function nameList(names: readonly string[], people: number): string {
	const isAll = people <= Math.min(names.length, 3);
	const named = names.map(isolate).slice(0, isAll ? people : 2);
	return listWords(isAll ? named : [...named, say('others', { count: people - named.length })]);
}

function cut(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	if (line.length <= textMax) return line;
	// Does not cut a surrogate pair in half.
	return `${line.slice(0, textMax).replace(/[\ud800-\udbff]$/, '')}…`;
}
