import { describe, expect, it } from 'vitest';
import { limits } from '../limits';
import { pageLoad } from '../../../../tests/support/page-load';
import { holdingsMax, normaliseMessageText, signedText, type ChatMessage } from './chat';
import { parsePeerMessage, peerMessageBytesMax } from './peer-message';

const stream = pageLoad('stream-one');
const message: ChatMessage = {
	author: 'participant-a',
	authorName: 'Ann',
	stream,
	sequence: 1,
	order: 1,
	sentAt: 1_700_000_000_000,
	text: 'hello\n\tthere',
	introduces: [],
	signature: 'S'.repeat(86),
	key: 'K'.repeat(87),
};
const parse = (value: unknown) => parsePeerMessage(JSON.stringify(value));
const parseOne = (change: object) => parse({ type: 'chat-messages', messages: [{ ...message, ...change }] });
const parseHoldings = (streams: unknown) => parse({ type: 'chat-have', streams });

describe('parsePeerMessage', () => {
	it('reads what was written, and drops unknown keys', () => {
		expect(parseOne({ colour: 'red' })).toEqual({ type: 'chat-messages', messages: [message] });
		const streams = [
			[stream, 4, 'A'.repeat(16), 1_000],
			[pageLoad('forked'), 0, 'forked', 0],
		];
		expect(parseHoldings(streams)).toEqual({ type: 'chat-have', streams, reply: false });
		const name = { type: 'name', name: 'Ann', revision: 2 };
		expect(parse(name)).toEqual(name);
		const fork = { type: 'chat-fork', messages: [message, { ...message, text: 'another' }] };
		expect(parse(fork)).toEqual(fork);
	});

	it('[A1] [N11] takes what one transport says to the other for none of them, and a type to come', () => {
		for (const type of ['receiver-constraints', 'ping', 'reaction'])
			expect(parse({ type, camera: null, screen: null })).toBeNull();
	});

	it('reads garbage as nothing', () => {
		for (const text of ['', '{', 'null', '[]', '"chat-have"', '{"type":"chat-have"}', '{"type":"other"}']) {
			expect(parsePeerMessage(text)).toBeNull();
		}
		expect(parsePeerMessage(`{"type":"chat-have","streams":[]${' '.repeat(70_000)}}`)).toBeNull();
	});

	it.each([
		['a stream that no key has', { stream: 'constructor' }],
		['a first message without its key', { key: undefined }],
		['a signature that is none', { signature: 'short' }],
		['an empty text that introduces nobody', { text: '' }],
		['a text that introduces somebody', { introduces: [[stream, 1]] }],
		['more introductions than one may hold', { text: '', introduces: new Array(65).fill([stream, 1]) }],
		['an introduction beyond a stream', { text: '', introduces: [[stream, limits.streamMessagesMax + 1]] }],
		['a text that is too long', { text: 'x'.repeat(limits.messageTextMax + 1) }],
		['a text with control characters', { text: 'a\u0000b' }],
		['a text that is not well-formed', { text: 'a\ud800' }],
		['a text that shows nothing', { text: '\u200b \n' }],
		['a name that is not normalised', { authorName: 'Ann\u202e' }],
		['no name', { authorName: '' }],
		['a sequence of zero', { sequence: 0, id: `${stream}.0` }],
		['an order beyond what numbers can tell apart', { order: Number.MAX_SAFE_INTEGER + 1 }],
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

	it.each([
		[['constructor', 1, '', 1]],
		[['__proto__', 1, '', 1]],
		[[stream, -1, '', 1]],
		[[stream, 1_001, '', 1]],
		[[stream, 1, 'A'.repeat(17), 1]],
		[[stream, 1, '']],
		[[stream, 1.5, '', 1]],
	])('refuses a holding like %j', (holding) => {
		expect(parseHoldings([holding])).toBeNull();
	});

	it('says what it holds in one text, or refuses', () => {
		const holding = [stream, 1_000, 'A'.repeat(16), 1_000];
		const text = JSON.stringify({
			type: 'chat-have',
			streams: new Array(holdingsMax).fill(holding),
			reply: true,
		});
		expect(text.length).toBeLessThan(peerMessageBytesMax);
		expect(parsePeerMessage(text)).not.toBeNull();
		expect(parseHoldings(new Array(holdingsMax + 1).fill(holding))).toBeNull();
	});

	it.each([
		{ name: '' },
		{ name: 'Ann\u202e' },
		{ name: 'x'.repeat(65) },
		{ revision: 0 },
		{ revision: 1.5 },
	])('[C11] refuses to call anybody %j', (change) => {
		expect(parse({ type: 'name', name: 'Ann', revision: 1, ...change })).toBeNull();
	});
});

describe('what is signed', () => {
	it('[C1] is all that a message says, and nothing that two messages share', () => {
		expect(signedText('team-sync', { ...message, introduces: [[stream, 2]], text: '"' })).toBe(
			`["parley chat v1","team-sync","participant-a","Ann","${stream}",1,1,1700000000000,"\\"",[["${stream}",2]]]`,
		);
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
