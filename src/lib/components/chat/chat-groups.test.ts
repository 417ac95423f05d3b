import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../call/chat/chat-state';
import { groupEntries } from './chat-groups';

function entry(id: string, stream: string, minute: number, authorName = stream): ChatEntry {
	const shownAt = new Date(2026, 0, 1, 12, minute).getTime();
	return { id, stream, authorName, mine: false, text: id, sentAt: 0, shownAt, state: 'sent' };
}

describe('a conversation', () => {
	it('gathers what one person says in one go, and nothing across another person or a pause', () => {
		const groups = groupEntries([
			entry('1', 'ada', 0),
			entry('2', 'ada', 1),
			entry('3', 'bob', 1),
			entry('4', 'ada', 2),
			entry('5', 'ada', 7),
		]);
		expect(groups.map(({ entries }) => entries.map(({ id }) => id).join(''))).toEqual(['12', '3', '4', '5']);
	});

	it('keeps apart who takes another name, and who takes somebody else’s', () => {
		expect(groupEntries([entry('1', 'ada', 0), entry('2', 'ada', 0, 'bob')])).toHaveLength(2);
		expect(groupEntries([entry('1', 'ada', 0), entry('2', 'eve', 0, 'ada')])).toHaveLength(2);
	});

	it('begins anew with another day', () => {
		const midnight = 12 * 60;
		expect(groupEntries([entry('1', 'ada', midnight - 1), entry('2', 'ada', midnight)])).toHaveLength(2);
	});
});
