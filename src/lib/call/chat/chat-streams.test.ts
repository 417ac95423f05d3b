import { beforeEach, describe, expect, it } from 'vitest';
import { messageFrom, type Draft } from '../../../../tests/support/chat-messages';
import { room } from '../../../../tests/support/chat-world';
import { fakeIdentity, type FakeIdentity } from '../../../../tests/support/fake-identity';
import { seededRandom } from '../../../../tests/support/random';
import { limits } from '../../protocol';
import type { ChatMessage } from '../../protocol/peer/chat';
import { nextIntroduction, streamsFor } from './chat-introductions';
import { createChatLog } from './chat-log';
import { createChatStreams, type ChatStreams } from './chat-streams';

const [own, ann, bob, eve, gone] = ['own', 'ann', 'bob', 'eve', 'gone'].map(fakeIdentity) as [
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
];

function streamsWith(...met: FakeIdentity[]): ChatStreams {
	const streams = createChatStreams(room);
	for (const { incarnation } of met) streams.meet(incarnation);
	return streams;
}

/** As if verified. The tail stands for all contents so far. */
function offer(streams: ChatStreams, message: ChatMessage): string {
	const judgement = streams.judge(message);
	if (judgement === 'next') {
		const { stream, sequence, text } = message;
		streams.add(message, `${streams.tail(stream, sequence - 1)}|${text}`);
	}
	return judgement;
}

function offerAll(streams: ChatStreams, identity: FakeIdentity, count: number, from = 1): void {
	for (let n = from; n < from + count; n++) offer(streams, messageFrom(identity, { sequence: n }));
}

const introduction = (identity: FakeIdentity, sequence: number, introduces: [string, number][]) =>
	messageFrom(identity, { sequence, text: '', introduces });
const held = (streams: ChatStreams, { incarnation }: FakeIdentity) => streams.messages(incarnation).length;

describe('a stream', () => {
	it('[C1] is taken in sequence, without a gap, each message once', () => {
		const streams = streamsWith(ann);
		expect(offer(streams, messageFrom(ann, { sequence: 2 }))).toBe('later');
		expect(offer(streams, messageFrom(ann))).toBe('next');
		expect(offer(streams, messageFrom(ann, { sequence: 2 }))).toBe('next');
		expect(offer(streams, messageFrom(ann))).toBe('known');
		expect(offer(streams, messageFrom(ann, { text: 'another' }))).toBe('conflict');
	});

	it('[C1] is the same message under another signature of the same words', () => {
		const streams = streamsWith(ann);
		offer(streams, messageFrom(ann));
		expect(offer(streams, messageFrom(ann, { signature: 'B'.repeat(86) }))).toBe('known');
	});

	it('[C7] ends at its bounds, and leaves all others as they are', () => {
		const streams = streamsWith(ann, eve);
		offerAll(streams, ann, 3);
		offerAll(streams, eve, limits.streamMessagesMax);
		expect(held(streams, eve)).toBe(limits.streamMessagesMax);
		expect(held(streams, ann)).toBe(3);
		const wordy = streamsWith(eve);
		for (let n = 1; n <= 150; n++) {
			offer(wordy, messageFrom(eve, { sequence: n, text: 'x'.repeat(limits.messageTextMax) }));
		}
		expect(held(wordy, eve)).toBe(limits.streamTextMax / limits.messageTextMax);
	});

	it('[C2] has orders that rise', () => {
		const streams = streamsWith(ann);
		offer(streams, messageFrom(ann, { order: 7 }));
		expect(offer(streams, messageFrom(ann, { sequence: 2, order: 7 }))).toBe('unwanted');
		expect(offer(streams, messageFrom(ann, { sequence: 2, order: 8 }))).toBe('next');
	});

	it('is taken of nobody we neither met nor heard of, whatever they are called', () => {
		const streams = streamsWith(ann);
		expect(offer(streams, messageFrom(gone))).toBe('unwanted');
		for (const name of ['constructor', '__proto__', 'toString']) {
			expect(streams.isWanted(name)).toBe(false);
			expect(streams.messages(name)).toEqual([]);
			streams.meet(name);
			expect(streams.holding(name)).toEqual([name, 0, '', limits.streamMessagesMax]);
		}
	});
});

describe('an introduction', () => {
	it('[C8] lets in as many messages of a stream as it says', () => {
		const streams = streamsWith(ann);
		offer(streams, introduction(ann, 1, [[gone.incarnation, 2]]));
		offerAll(streams, gone, 5);
		expect(held(streams, gone)).toBe(2);
		offer(streams, introduction(ann, 2, [[gone.incarnation, 4]]));
		offerAll(streams, gone, 5, 3);
		expect(held(streams, gone)).toBe(4);
	});

	it('[C8] counts of those we met, from the moment we meet them', () => {
		const streams = streamsWith(ann);
		offer(streams, introduction(ann, 1, [[eve.incarnation, 1]]));
		offer(streams, introduction(eve, 1, [[gone.incarnation, 1]]));
		expect(streams.isWanted(gone.incarnation)).toBe(false);
		streams.meet(eve.incarnation);
		expect(streams.isWanted(gone.incarnation)).toBe(true);
	});

	it('[C8] holds 256 streams and 8,000 messages of one introducer, and takes nothing from the next', () => {
		const streams = streamsWith(ann, eve);
		const made = Array.from({ length: 400 }, (_, n) => fakeIdentity(`made up ${n}`));
		made.forEach(({ incarnation }, n) =>
			offer(streams, introduction(eve, n + 1, [[incarnation, limits.streamMessagesMax]])),
		);
		const wanted = made.filter(({ incarnation }) => streams.isWanted(incarnation));
		expect(wanted).toHaveLength(limits.introducedStreamsMax);
		for (const identity of made) offerAll(streams, identity, 100);
		const inAll = made.reduce((sum, identity) => sum + held(streams, identity), 0);
		expect(inAll).toBeLessThanOrEqual(limits.introducedMessagesMax);
		expect(streams.account(eve.incarnation).messages).toBe(limits.introducedMessagesMax);

		offer(streams, introduction(ann, 1, [[gone.incarnation, 3]]));
		offerAll(streams, gone, 3);
		expect(held(streams, gone)).toBe(3);
	});
});

describe('a fork', () => {
	it('[C9] ends the stream, and takes with it what its author alone introduced', () => {
		const streams = streamsWith(ann, eve);
		offer(streams, introduction(eve, 1, [[gone.incarnation, 3], [bob.incarnation, 3]])); // prettier-ignore
		offer(streams, introduction(ann, 1, [[bob.incarnation, 1]]));
		offerAll(streams, gone, 3);
		offerAll(streams, bob, 3);
		const before = streams.weight;
		streams.end([messageFrom(eve), messageFrom(eve, { text: 'another' })]);
		expect([eve, gone, bob, ann].map((identity) => held(streams, identity))).toEqual([0, 0, 1, 1]);
		expect(offer(streams, messageFrom(eve, { sequence: 2 }))).toBe('unwanted');
		expect(streams.holding(eve.incarnation)).toEqual([eve.incarnation, 0, 'forked', 1_000]);
		expect(streams.weight, 'nothing that was believed is doubted since').toBeGreaterThan(before);
	});
});

describe('what we introduce', () => {
	let stays: Map<string, number>;
	beforeEach(() => (stays = new Map()));

	const next = (streams: ChatStreams, ...present: FakeIdentity[]) =>
		nextIntroduction(
			streams,
			own.incarnation,
			(name) => present.some(({ incarnation }) => incarnation === name),
			(name) => stays.get(name) ?? 0,
		);

	it('[C8] is those gone, the ones we met first and the shorter ones before the longer', () => {
		const streams = streamsWith(own, ann, bob, eve);
		offerAll(streams, ann, 5);
		offerAll(streams, bob, 2);
		offerAll(streams, eve, 1);
		offer(streams, introduction(eve, 2, [[gone.incarnation, 1]]));
		offerAll(streams, gone, 1);
		expect(next(streams, eve)).toEqual([[bob.incarnation, 2], [ann.incarnation, 5], [gone.incarnation, 1]]); // prettier-ignore
	});

	it('[C8] is said once, and again when there is more', () => {
		const streams = streamsWith(own, ann);
		offerAll(streams, ann, 1);
		offer(streams, introduction(own, 1, next(streams)));
		expect(next(streams)).toEqual([]);
		offerAll(streams, ann, 1, 2);
		expect(next(streams)).toEqual([[ann.incarnation, 2]]);
	});

	it('[C8] leaves room for those who go later, however much others have written and gone', () => {
		const streams = streamsWith(own, ann);
		for (let n = 0; n < 12; n++) {
			const page = fakeIdentity(`page ${n} of eve`);
			streams.meet(page.incarnation);
			offerAll(streams, page, limits.streamMessagesMax);
			offer(streams, introduction(own, n + 1, next(streams, ann)));
		}
		offerAll(streams, ann, 20);
		expect(next(streams)).toContainEqual([ann.incarnation, 20]);
	});

	it('[C8] is who stayed longest first, and has room for them, however many page loads come and go', () => {
		const streams = streamsWith(own, ann, bob);
		stays.set(ann.incarnation, 20 * 60_000).set(bob.incarnation, 10_000);
		let said = 0;
		const sayAll = (...present: FakeIdentity[]) => {
			for (let names = next(streams, ...present); names.length > 0; names = next(streams, ...present))
				offer(streams, introduction(own, (said += 1), names));
		};
		for (let n = 0; n < 400; n++) {
			const page = fakeIdentity(`page ${n} of eve`);
			streams.meet(page.incarnation);
			stays.set(page.incarnation, n < 300 ? 60_000 : 5 * 60_000);
			offerAll(streams, page, 1);
			sayAll(ann, bob);
		}
		const { streams: used } = streams.account(own.incarnation);
		expect(used).toBe(streamsFor(5 * 60_000));
		offerAll(streams, ann, 20);
		offerAll(streams, bob, 1);
		expect(next(streams)).toEqual([[ann.incarnation, 20]]);
	});

	it.each([
		[0, 128],
		[60_000, 128],
		[120_000, 128],
		[240_000, 192],
		[3_600_000, 251],
	])('[C8] after %i ms in the room, is one of at most %i', (stayMs, most) => {
		expect(streamsFor(stayMs)).toBe(most);
	});

	it('takes turns among those who told us of streams that we did not meet', () => {
		const streams = streamsWith(own, ann, eve);
		const made = [1, 2, 3].map((n) => fakeIdentity(`made up ${n}`));
		offer(streams, introduction(eve, 1, made.map(({ incarnation }) => [incarnation, 1]))); // prettier-ignore
		offer(streams, introduction(ann, 1, [[gone.incarnation, 1]]));
		for (const identity of [...made, gone]) offerAll(streams, identity, 1);
		const order = next(streams, ann, eve).map(([name]) => name);
		expect(order.indexOf(gone.incarnation)).toBeLessThan(2);
	});
});

/** All that any of them may have said, honest and not; each set in another order. */
it('[C2] comes to one conversation, with every honest message in it, whatever is said and in whatever order', () => {
	for (let seed = 1; seed <= 80; seed++) {
		const random = seededRandom(seed);
		const honest = [ann, bob].flatMap((identity) => {
			let order = 0;
			return Array.from({ length: 8 }, (_, n) =>
				messageFrom(identity, { sequence: n + 1, order: (order += 1 + random.below(5)) }),
			);
		});
		const lies = Array.from({ length: 60 }, (): ChatMessage => {
			const identity = random.pick([eve, eve, gone, fakeIdentity(`made up ${random.below(5)}`)]);
			const introduces = Array.from({ length: 1 + random.below(3) }, (): [string, number] => [
				random.pick([gone, ann, fakeIdentity(`made up ${random.below(5)}`)]).incarnation,
				random.below(6),
			]);
			const change: Draft = random.chance(0.3) ? { text: '', introduces } : { text: random.pick(['x', 'y']) };
			const order = random.pick([1, 3, 900, 5_000, 40_000, Number.MAX_SAFE_INTEGER]) - random.below(2);
			return messageFrom(identity, { ...change, sequence: 1 + random.below(6), order });
		}).filter(({ order }) => order > 0);

		const arrive = () => {
			const streams = streamsWith(own, ann, bob, eve);
			const log = createChatLog(streams);
			// Everything goes round until nothing changes, as digests make it.
			for (let changed = true; changed;) {
				changed = false;
				const left = [...honest, ...lies];
				while (left.length > 0) {
					const [message] = left.splice(random.below(left.length), 1) as [ChatMessage];
					const judgement = offer(streams, message);
					if (judgement === 'next') log.insert(message);
					if (judgement === 'conflict') {
						const other = streams.messages(message.stream)[message.sequence - 1] as ChatMessage;
						streams.end([other, message]);
						log.rebuild();
					}
					changed ||= judgement === 'next' || judgement === 'conflict';
				}
			}
			return { streams, log };
		};
		// Which of two contents comes first is not for the order to decide: whoever misses the other is told of it.
		const forks = findForks([...honest, ...lies]);
		const [one, other] = [arrive(), arrive()].map(({ streams, log }) => {
			for (const fork of forks) if (streams.isWanted(fork[0].stream)) streams.end(fork);
			log.rebuild();
			return log.messages();
		}) as [readonly ChatMessage[], readonly ChatMessage[]];
		expect(one, `seed ${seed}`).toEqual(other);
		for (const message of honest) expect(one, `seed ${seed}`).toContain(message);
		for (const { incarnation } of [ann, bob]) {
			const sequences = one.filter(({ stream }) => stream === incarnation).map(({ sequence }) => sequence);
			expect(sequences, `seed ${seed}`).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		}
	}
});

function findForks(messages: ChatMessage[]): [ChatMessage, ChatMessage][] {
	return messages.flatMap((one, index) => {
		const { stream, sequence } = one;
		const other = messages.find(
			(each, at) =>
				at > index &&
				each.stream === stream &&
				each.sequence === sequence &&
				JSON.stringify(each) !== JSON.stringify(one),
		);
		return other ? [[one, other] as [ChatMessage, ChatMessage]] : [];
	});
}
