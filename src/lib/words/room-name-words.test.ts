import { expect, it } from 'vitest';
import { readRoomParts } from '../protocol/room-link';
import { normaliseRoomName } from '../protocol/room-name';
import { roomNamePageWords, roomNameWords } from './room-name-words';

it.each([
	['ab', 'needs at least 3 letters or digits'],
	['x'.repeat(65), "can't have more than 64 letters"],
	['C%2B%2B course', "can't contain +"],
	['team%20%CC%81x', "can't contain ◌\u0301"],
	['te%D0%B0m', 'mixes letters that look alike'],
])('the page of the address %j gives the one reason, in the words of the form', (part, reason) => {
	const link = readRoomParts(part);
	if (link.ok || link.reason !== 'bad-room-name') throw new Error('taken for a room');
	expect(normaliseRoomName(decodeURIComponent(part))).toEqual(link.name);
	const { text } = roomNamePageWords(link.name);
	expect(roomNameWords(link.name)).toContain(reason);
	expect(text).toMatch(/^[^.]*(\. [^.]*)*\.$/);
	expect(text).toContain(roomNameWords(link.name).replace(/\.$/, ''));
	for (const other of ['at least', 'more than', 'contain', 'mixes'])
		expect(text.includes(other), other).toBe(reason.includes(other));
});
