import { describe, expect, it } from 'vitest';
import { noticeLineWords } from './notice-lines';

const line = (
	type: 'joined' | 'left' | 'hand-raised' | 'screen-started' | 'screen-stopped',
	...names: string[]
) => noticeLineWords({ type, names, count: names.length, text: '' });
const messages = (names: string[], count: number, text = 'last') =>
	noticeLineWords({ type: 'message', names, count, text });

describe('a line of notices', () => {
	it('names one, two or three, and counts the rest', () => {
		expect(line('joined', 'Ada')).toBe('Ada joined');
		expect(line('joined', 'Ada', 'Bob')).toBe('Ada and Bob joined');
		expect(line('left', 'Ada', 'Bob', 'Cy')).toBe('Ada, Bob, and Cy left');
		expect(line('joined', 'Ada', 'Bob', 'Cy', 'Dee', 'Eve')).toBe('Ada, Bob, and 3 others joined');
	});

	it('counts people of one name', () => {
		expect(noticeLineWords({ type: 'joined', names: ['Ada'], count: 3, text: '' })).toBe(
			'Ada and 2 others joined',
		);
		expect(noticeLineWords({ type: 'joined', names: ['Ada', 'Bob'], count: 3, text: '' })).toBe(
			'Ada, Bob, and 1 other joined',
		);
	});

	it('is as one says it of one, and of several', () => {
		expect(line('hand-raised', 'Ada')).toBe('Ada raised a hand');
		expect(line('hand-raised', 'Ada', 'Bob')).toBe('Ada and Bob raised their hands');
		expect(line('screen-started', 'Ada')).toBe('Ada is sharing a screen');
		expect(line('screen-started', 'Ada', 'Bob')).toBe('Ada and Bob are sharing their screens');
		expect(line('screen-stopped', 'Ada')).toBe('Ada stopped sharing');
	});

	it('says a message, and of several how many', () => {
		expect(messages(['Bob'], 1, 'two\nlines')).toBe('Bob: two lines');
		expect(messages(['Bob'], 10)).toBe('10 new messages from Bob');
		expect(messages(['Ada', 'Bob', 'Cy', 'Dee'], 5)).toBe('5 new messages from Ada, Bob, and 2 others');
	});

	it('never reads out a long one to its end', () => {
		const words = messages(['Bob'], 1, `${'x'.repeat(139)}😀${'y'.repeat(4_000)}`);
		expect(words).toBe(`Bob: ${'x'.repeat(139)}…`);
	});
});
