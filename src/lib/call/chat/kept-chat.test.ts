import { describe, expect, it } from 'vitest';
import {
	countUnread,
	keptDraftMax,
	keptStreamsMax,
	readKeptChat,
	withRead,
	writeKeptChat,
} from './kept-chat';
import type { ChatEntry } from './chat-state';

function createStorage(): Parameters<typeof readKeptChat>[0] & { items: Map<string, string> } {
	const items = new Map<string, string>();
	return {
		items,
		get: (key) => items.get(key) ?? null,
		set: (key, value) => void items.set(key, value),
		remove: (key) => void items.delete(key),
	};
}

const entry = (stream: string, number: number, mine = false): ChatEntry => ({
	...{ id: `${stream}.${number}`, stream, mine, authorName: 'Bob', text: 'hello' },
	...{ sentAt: 0, shownAt: 0, state: 'sent' as const },
});
const here = '/room/a#secret';

describe('a draft', () => {
	it('is there again in its room, and in no other of that name', () => {
		const storage = createStorage();
		writeKeptChat(storage, here, { draft: 'I was about to', read: new Map() });
		expect(readKeptChat(storage, here).draft).toBe('I was about to');
		expect(readKeptChat(storage, '/room/a#another').draft).toBe('');
		expect(readKeptChat(storage, '/room/a').draft).toBe('');
	});

	it('leaves nothing behind once it is sent', () => {
		const storage = createStorage();
		writeKeptChat(storage, here, { draft: 'hello', read: new Map() });
		writeKeptChat(storage, here, { draft: '', read: new Map() });
		expect(storage.items.size).toBe(0);
	});

	it('is bounded, and those of a few rooms are kept', () => {
		const storage = createStorage();
		writeKeptChat(storage, here, { draft: 'x'.repeat(keptDraftMax + 1), read: new Map() });
		expect(readKeptChat(storage, here).draft).toHaveLength(keptDraftMax);
		for (let room = 0; room < 4; room += 1)
			writeKeptChat(storage, `/room/${room}`, { draft: `${room}`, read: new Map() });
		expect(readKeptChat(storage, here).draft).toBe('');
		expect([0, 1, 2, 3].map((room) => readKeptChat(storage, `/room/${room}`).draft)).toEqual([
			'0',
			'1',
			'2',
			'3',
		]);
	});

	it.each(['', 'null', '{}', '[{}]', '[{"address":"/room/a#secret","draft":1,"read":[]}]', '['])(
		'is none where the storage holds %j',
		(text) => {
			const storage = createStorage();
			storage.set('parley.chat', text);
			expect(readKeptChat(storage, here)).toEqual({ draft: '', read: new Map() });
		},
	);
});

describe('what was read', () => {
	it('stays read over a reload, and what came after it does not', () => {
		const storage = createStorage();
		const read = withRead(new Map(), [entry('bob', 0), entry('bob', 1), entry('ada', 4)]);
		writeKeptChat(storage, here, { draft: '', read });
		const again = readKeptChat(storage, here).read;
		const entries = [entry('bob', 0), entry('bob', 1), entry('bob', 2), entry('ada', 4), entry('cleo', 0)];
		expect(countUnread(again, entries)).toBe(2);
		expect(countUnread(again, [entry('me', 0, true)])).toBe(0);
	});

	it('is the same where nothing is new', () => {
		const read = withRead(new Map(), [entry('bob', 3)]);
		expect(withRead(read, [entry('bob', 1), entry('bob', 3)])).toBe(read);
	});

	it('is kept of the page loads that were read last', () => {
		const storage = createStorage();
		let read = withRead(new Map(), [entry('first', 0)]);
		for (let page = 0; page < keptStreamsMax; page += 1) read = withRead(read, [entry(`page-${page}`, 0)]);
		writeKeptChat(storage, here, { draft: '', read });
		const kept = readKeptChat(storage, here).read;
		expect([kept.size, kept.has('first'), kept.has('page-0')]).toEqual([keptStreamsMax, false, true]);
	});
});
