import { describe, expect, it } from 'vitest';
import { counterLies, messageFrom } from '../../../../tests/support/chat-messages';
import { room } from '../../../../tests/support/chat-world';
import { fakeIdentity } from '../../../../tests/support/fake-identity';
import { seededRandom } from '../../../../tests/support/random';
import type { ChatMessage } from '../../protocol/peer/chat';
import { createChatLog, leapMax } from './chat-log';
import { createChatStreams } from './chat-streams';

const ann = fakeIdentity('ann');
const bob = fakeIdentity('bob');
const eve = fakeIdentity('eve');

function createLog() {
	const streams = createChatStreams(room);
	for (const { incarnation } of [ann, bob, eve]) streams.meet(incarnation);
	const log = createChatLog(streams);
	return {
		streams,
		log,
		add(...messages: ChatMessage[]) {
			for (const message of messages) {
				expect(streams.judge(message)).toBe('next');
				streams.add(message, '');
				log.insert(message);
			}
			return log.messages();
		},
	};
}

const texts = (messages: readonly ChatMessage[]) => messages.map(({ text }) => text);

describe('the conversation', () => {
	it('[C2] stands by order, then stream and sequence, whatever the clocks say', () => {
		const { add } = createLog();
		add(
			messageFrom(ann, { order: 3, text: 'third', sentAt: 9 }),
			messageFrom(bob, { order: 1, text: 'first', sentAt: 99 }),
			messageFrom(bob, { order: 2, sequence: 2, text: 'second' }),
		);
		expect(texts(add())).toEqual(['first', 'second', 'third']);
	});

	it('[C8] shows no introductions', () => {
		const { add } = createLog();
		expect(add(messageFrom(ann, { text: '', introduces: [[bob.incarnation, 1]] }))).toEqual([]);
	});

	it('is the same array while nothing changes', () => {
		const { log, add } = createLog();
		expect(add(messageFrom(ann))).toBe(log.messages());
	});

	it('[C2] is what sorting it all afresh would make of it, wherever messages come in', () => {
		for (let seed = 1; seed <= 100; seed++) {
			const random = seededRandom(seed);
			const { log, add } = createLog();
			const last = new Map([ann, bob, eve].map((identity) => [identity, { sequence: 0, order: 0 }]));
			for (let n = 0; n < 60; n++) {
				const identity = random.pick([ann, bob, eve]);
				const { sequence, order } = last.get(identity) ?? { sequence: 0, order: 0 };
				const next = { sequence: sequence + 1, order: order + 1 + random.below(3) ** (1 + random.below(9)) };
				last.set(identity, next);
				add(messageFrom(identity, next));
			}
			const incremental = texts(log.messages());
			log.rebuild();
			expect(texts(log.messages()), `seed ${seed}`).toEqual(incremental);
		}
	});
});

describe('a counter that leaps', () => {
	it.each(counterLies)('[C2] of %i uses up nothing: what is written next comes last', (order) => {
		const { log, add } = createLog();
		add(messageFrom(ann, { text: 'before' }), messageFrom(eve, { order, text: 'leap' }));
		for (let sequence = 2; sequence < 12; sequence++) {
			const next = log.nextOrder(ann.incarnation);
			expect(next).toBeLessThan(leapMax * 20);
			const shown = texts(add(messageFrom(ann, { sequence, order: next, text: `after ${sequence}` })));
			expect(shown.filter((text) => text !== 'leap').at(-1)).toBe(`after ${sequence}`);
			expect(shown).toContain('leap');
		}
		expect(texts(log.messages()).at(-1)).toBe('after 11');
	});

	it('[C2] is believed once the conversation has grown that far', () => {
		const { add } = createLog();
		add(messageFrom(ann, { text: 'before' }), messageFrom(eve, { order: 3 * leapMax, text: 'leap' }));
		expect(texts(add())).toEqual(['before', 'leap']);
		add(messageFrom(bob, { order: 2, text: 'after' }));
		expect(texts(add())).toEqual(['before', 'after', 'leap']);
	});

	it('stands after what its author said before', () => {
		const { add } = createLog();
		add(
			messageFrom(ann, { order: 1, text: 'a' }),
			messageFrom(eve, { order: 2, text: 'b' }),
			messageFrom(ann, { order: 3, sequence: 2, text: 'c' }),
			messageFrom(eve, { order: 2 ** 40, sequence: 2, text: 'leap' }),
		);
		expect(texts(add())).toEqual(['a', 'b', 'leap', 'c']);
	});
});
