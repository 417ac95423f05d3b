/** What the others did, in one line. Loaded once somebody is inside. */
import type { NoticeLine } from '../call/room/notice-digest';
import { isolate } from './isolate';

/** As many characters of a message are read out; all of it stands in the chat. */
const textMax = 140;

export function noticeLineWords({ type, names, count, text }: NoticeLine): string {
	const who = nameList(names, type === 'message' ? names.length : count);
	const many = type === 'message' ? names.length > 1 : count > 1;
	switch (type) {
		case 'joined':
			return `${who} joined`;
		case 'left':
			return `${who} left`;
		case 'hand-raised':
			return many ? `${who} raised their hands` : `${who} raised a hand`;
		case 'screen-started':
			return many ? `${who} are sharing their screens` : `${who} is sharing a screen`;
		case 'screen-stopped':
			return `${who} stopped sharing`;
		case 'message':
			return count > 1 ? `${count} new messages from ${who}` : `${who}: ${isolate(cut(text))}`;
	}
}

/** The first names, and how many more people there are. */
function nameList(names: readonly string[], people: number): string {
	const [first = '', second = '', third = ''] = names.map(isolate);
	if (people <= 1) return first;
	if (names.length === 1) return `${first} and ${othersOf(people - 1)}`;
	if (people === 2) return `${first} and ${second}`;
	if (people === 3 && third !== '') return `${first}, ${second} and ${third}`;
	return `${first}, ${second} and ${othersOf(people - 2)}`;
}

function othersOf(count: number): string {
	return count === 1 ? '1 other' : `${count} others`;
}

function cut(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	if (line.length <= textMax) return line;
	// Not in the middle of a character that takes two units.
	return `${line.slice(0, textMax).replace(/[\ud800-\udbff]$/, '')}…`;
}
