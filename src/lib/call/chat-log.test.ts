import { describe, expect, it } from 'vitest';
import { pageLoad } from '../../../tests/support/page-load';
import { seededRandom } from '../../../tests/support/random';
import {
	batchMessagesMax,
	chatMessageId,
	counterMax,
	limits,
	parsePeerMessage,
	peerMessageBytesMax,
	type ChatMessage,
} from '../protocol';
import {
	batches,
	chatDigest,
	emptyChatLog,
	lacks,
	mergeMessages,
	missingFrom,
	nextOrder,
	type ChatLog,
} from './chat-log';

function message(stream: string, sequence: number, change: Partial<ChatMessage> = {}): ChatMessage {
	return {
		id: chatMessageId(stream, sequence),
		author: `author-of-${stream}`.slice(0, 32),
		authorName: 'Ann',
		stream,
		sequence,
		order: sequence,
		sentAt: 0,
		text: `${stream} ${sequence}`,
		...change,
	};
}

const logOf = (...messages: ChatMessage[]): ChatLog => mergeMessages(emptyChatLog, messages);
const ids = (messages: readonly ChatMessage[]) => messages.map(({ id }) => id);

describe('mergeMessages', () => {
	it('[C2] sorts by order, then author, stream and sequence, and keeps each id once', () => {
		const log = logOf(
			message('sb', 2),
			message('sa', 2),
			message('sb', 1),
			message('sa', 2),
			message('sa', 3),
		);
		expect(ids(log.messages)).toEqual(['sb.1', 'sa.2', 'sb.2', 'sa.3']);
	});

	it('settles a tie by the author before the stream', () => {
		const log = logOf(message('sa', 1, { author: 'person-b' }), message('sb', 1, { author: 'person-a' }));
		expect(ids(log.messages)).toEqual(['sb.1', 'sa.1']);
	});

	it('returns the same log when there is nothing new', () => {
		const log = logOf(message('sa', 1));
		expect(mergeMessages(log, [])).toBe(log);
		expect(mergeMessages(log, [message('sa', 1)])).toBe(log);
	});

	it('[C2] gives one result for every order of arrival, with conflicting contents and a bound', () => {
		for (let seed = 1; seed <= 300; seed++) {
			const random = seededRandom(seed);
			const all = Array.from({ length: 40 }, () =>
				message(random.pick(['sa', 'sb', 'sc']), 1 + random.below(8), {
					order: 1 + random.below(12),
					text: random.pick(['x', 'y']),
				}),
			);
			const arrive = () => {
				const left = [...all, ...all.slice(0, 10)];
				let log = emptyChatLog;
				while (left.length > 0) {
					const some = Array.from({ length: Math.min(left.length, 1 + random.below(5)) }, () =>
						left.splice(random.below(left.length), 1),
					);
					log = mergeMessages(log, some.flat(), 10);
				}
				return log.messages;
			};
			expect(arrive(), `seed ${seed}`).toEqual(arrive());
		}
	});

	it('drops the oldest beyond its bound', () => {
		const log = mergeMessages(emptyChatLog, [1, 2, 3, 4].map((n) => message('sa', n)), 3); // prettier-ignore
		expect(ids(log.messages)).toEqual(['sa.2', 'sa.3', 'sa.4']);
		expect(log.byId.size).toBe(3);
		expect(mergeMessages(log, [message('sa', 1)], 3)).toBe(log);
	});
});

describe('nextOrder', () => {
	it('[C2] comes after everything seen', () => {
		expect(nextOrder(emptyChatLog)).toBe(1);
		expect(nextOrder(logOf(message('sa', 1, { order: 7 }), message('sb', 1, { order: 3 })))).toBe(8);
	});

	it('stays within what a message may carry', () => {
		expect(nextOrder(logOf(message('sa', 1, { order: counterMax })))).toBe(counterMax);
	});
});

describe('the digest', () => {
	const log = logOf(...[1, 2, 3, 6, 8, 9].map((n) => message('sa', n)), message('sb', 1));

	it('names the ranges held of each stream', () => {
		expect(chatDigest(log)).toEqual({
			sa: [[1, 3], [6, 6], [8, 9]], // prettier-ignore
			sb: [[1, 1]],
		});
	});

	it('[C4] says what its holder lacks', () => {
		const of = (...digest: Parameters<typeof missingFrom>[1]['x']) => ids(missingFrom(log, { sa: digest }));
		expect(of()).toEqual(ids(log.messages));
		expect(of([1, 3])).toEqual(['sb.1', 'sa.6', 'sa.8', 'sa.9']);
		expect(of([2, 2], [4, 8])).toEqual(['sa.1', 'sb.1', 'sa.3', 'sa.9']);
		expect(missingFrom(log, chatDigest(log))).toEqual([]);
	});

	it('says whether its holder has something we lack', () => {
		expect(lacks(log, {})).toBe(false);
		expect(lacks(log, chatDigest(log))).toBe(false);
		expect(lacks(log, { sa: [[1, 2], [9, 9]] })).toBe(false); // prettier-ignore
		expect(lacks(log, { sa: [[3, 4]] })).toBe(true);
		expect(lacks(log, { sa: [[9, 10]] })).toBe(true);
		expect(lacks(log, { sc: [[1, 1]] })).toBe(true);
	});

	it('is read without counting through what it claims, and without tripping over names', () => {
		const claim = { sa: [[1, counterMax]] as [number, number][], toString: [[1, 1]] as [number, number][] };
		expect(lacks(log, claim)).toBe(true);
		expect(ids(missingFrom(log, claim))).toEqual(['sb.1']);
		expect(missingFrom(logOf(message('constructor', 1)), {})).toHaveLength(1);
		expect(chatDigest(logOf(message('__proto__', 1)))).toEqual(JSON.parse('{"__proto__":[[1,1]]}'));
	});

	it('leaves out what would not fit, a scattered stream before the others', () => {
		const scattered = Array.from({ length: 4_000 }, (_, n) =>
			message('scattered', 2 * n + 1, { order: counterMax }),
		);
		const digest = chatDigest(logOf(message('sa', 1), ...scattered));
		expect(digest).toEqual({ sa: [[1, 1]] });
		const many = chatDigest(logOf(...Array.from({ length: 4_000 }, (_, n) => message(`stream-${n}`, 1))));
		const text = JSON.stringify({ type: 'chat-have', digest: many, reply: true });
		expect(text.length).toBeLessThanOrEqual(peerMessageBytesMax);
		expect(Object.keys(many).length).toBeGreaterThan(500);
	});
});

describe('batches', () => {
	it('keep the order, and fit any carrier whatever the messages hold', () => {
		const random = seededRandom(7);
		const units = ['a', '\n', '"', '\\', 'é', '語', '😀'];
		const messages = Array.from({ length: 300 }, (_, n) => {
			const unit = random.pick(units);
			const length = random.pick([1, 10, limits.messageTextMax / unit.length]);
			return message(pageLoad('stream-one'), n + 1, {
				authorName: '語'.repeat(limits.nameMax),
				text: `${unit.repeat(length - 1)}x`,
			});
		});
		const cut = batches(messages);
		expect(cut.flat()).toEqual(messages);
		for (const batch of cut) {
			const text = JSON.stringify({ type: 'chat-messages', messages: batch });
			expect(Buffer.byteLength(text)).toBeLessThanOrEqual(peerMessageBytesMax);
			expect(parsePeerMessage(text)).toEqual({ type: 'chat-messages', messages: batch });
		}
	});

	it('hold at most a hundred messages, and are none for none', () => {
		const cut = batches(Array.from({ length: 250 }, (_, n) => message('sa', n + 1)));
		expect(cut.every((batch) => batch.length <= batchMessagesMax)).toBe(true);
		expect(cut).toHaveLength(3);
		expect(batches([])).toEqual([]);
	});
});
