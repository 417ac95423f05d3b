import { describe, expect, it } from 'vitest';
import { limits } from './limits';
import { counterMax, normaliseMessageText, parsePeerMessage, type ChatMessage } from './peer-messages';
import { pageLoad } from '../../../tests/support/page-load';

const stream = pageLoad('stream-one');
const message: ChatMessage = {
	id: `${stream}.1`,
	author: 'participant-a',
	authorName: 'Ann',
	stream,
	sequence: 1,
	order: 1,
	sentAt: 1_700_000_000_000,
	text: 'hello\n\tthere',
};
const parse = (value: unknown) => parsePeerMessage(JSON.stringify(value));
const parseOne = (change: object) => parse({ type: 'chat-messages', messages: [{ ...message, ...change }] });
const parseRanges = (ranges: unknown) => parse({ type: 'chat-have', digest: { [stream]: ranges } });

describe('parsePeerMessage', () => {
	it('reads what was written, and drops unknown keys', () => {
		expect(parseOne({ colour: 'red' })).toEqual({ type: 'chat-messages', messages: [message] });
		expect(
			parseRanges([
				[1, 4],
				[6, 6],
			]),
		).toEqual({
			// prettier-ignore
			type: 'chat-have',
			digest: { [stream]: [[1, 4], [6, 6]] }, // prettier-ignore
			reply: false,
		});
	});

	it('[A1] reads what a receiver shows, and refuses sizes and rates that mean nothing', () => {
		const shown = { width: 320, height: 180 };
		expect(parse({ type: 'receiver-constraints', camera: shown, screen: null })).toEqual({
			type: 'receiver-constraints',
			camera: { ...shown, bitrateMaxBps: null },
			screen: null,
			voiceBitrateMaxBps: null,
		});
		for (const camera of [{}, { ...shown, width: 0 }, { ...shown, height: 1e6 }, { ...shown, width: 1.5 }]) {
			expect(parse({ type: 'receiver-constraints', camera, screen: null })).toBeNull();
		}
		for (const voiceBitrateMaxBps of [0, -1, 5_999, 1e12, '20000']) {
			expect(
				parse({ type: 'receiver-constraints', camera: null, screen: null, voiceBitrateMaxBps }),
			).toBeNull();
		}
	});

	it('reads garbage as nothing', () => {
		for (const text of ['', '{', 'null', '[]', '"chat-have"', '{"type":"chat-have"}', '{"type":"other"}']) {
			expect(parsePeerMessage(text)).toBeNull();
		}
		expect(parsePeerMessage(`{"type":"chat-have","digest":{}${' '.repeat(70_000)}}`)).toBeNull();
	});

	it.each([
		['an id that is not its stream and sequence', { id: `${stream}.2` }],
		['an empty text', { text: '' }],
		['a text that is too long', { text: 'x'.repeat(limits.messageTextMax + 1) }],
		['a text with control characters', { text: 'a\u0000b' }],
		['a text that is not well-formed', { text: 'a\ud800' }],
		['a text that shows nothing', { text: '\u200b \n' }],
		['a name that is not normalised', { authorName: 'Ann\u202e' }],
		['no name', { authorName: '' }],
		['a sequence of zero', { sequence: 0, id: `${stream}.0` }],
		['an order beyond the counters', { order: counterMax + 1 }],
		['an order that is no whole number', { order: 1.5 }],
		['a time that no calendar has', { sentAt: 1e16 }],
	])('refuses %s', (_what, change) => {
		expect(parseOne(change)).toBeNull();
	});

	it('refuses a time that JSON would not keep', () => {
		const text = JSON.stringify({ type: 'chat-messages', messages: [message] });
		expect(parsePeerMessage(text)).not.toBeNull();
		expect(parsePeerMessage(text.replace('1700000000000', '1e999'))).toBeNull();
	});

	it('refuses more messages than one may hold', () => {
		expect(parse({ type: 'chat-messages', messages: new Array(101).fill(message) })).toBeNull();
	});

	it('refuses ranges that overlap, descend or begin at nothing', () => {
		for (const ranges of [
			[
				[1, 4],
				[4, 5],
			],
			[
				[5, 6],
				[1, 2],
			],
			[[3, 2]],
			[[0, 2]],
			[[1]],
		]) {
			// prettier-ignore
			expect(parseRanges(ranges)).toBeNull();
		}
	});
});

describe('normaliseMessageText', () => {
	it('keeps lines and indentation, and drops what follows the last visible character', () => {
		expect(normaliseMessageText('  a\r\n\tb\rc \n\n ')).toBe('  a\n\tb\nc');
	});

	it('drops controls and mends what is not well-formed', () => {
		expect(normaliseMessageText('a\u0000b\u001b[31m\ud800c 😀')).toBe('ab[31m\ufffdc 😀');
	});

	it('is empty when nothing can be seen', () => {
		for (const typed of ['', ' \n', '\u200b\u2060', '\u0007']) expect(normaliseMessageText(typed)).toBe('');
	});

	it('changes nothing the second time', () => {
		for (const typed of ['a \u0000', '\ud800 \u0001 ', 'a\r\r\n\u0085']) {
			const once = normaliseMessageText(typed);
			expect(normaliseMessageText(once)).toBe(once);
		}
	});
});
