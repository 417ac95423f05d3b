import { describe, expect, it } from 'vitest';
import { messageFrom } from '../../../../tests/support/chat-messages';
import { room } from '../../../../tests/support/chat-world';
import { fakeIdentity, type FakeIdentity } from '../../../../tests/support/fake-identity';
import { batchMessagesMax, forkedTail, type ChatHolding } from '../../protocol/peer/chat';
import { peerMessageBytesMax } from '../../protocol/peer/peer-message';
import { answersTo, lackedStreams } from './chat-difference';
import { createChatStreams, type ChatStreams } from './chat-streams';

const [own, ann, bob, stranger] = ['own', 'ann', 'bob', 'stranger'].map(fakeIdentity) as [
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
];

/** Holds so many messages of each. */
function streamsHolding(...held: [FakeIdentity, number][]): ChatStreams {
	const streams = createChatStreams(room);
	for (const [identity, count] of held) {
		streams.meet(identity.incarnation);
		for (let sequence = 1; sequence <= count; sequence++) {
			streams.add(messageFrom(identity, { sequence }), `tail ${sequence}`);
		}
	}
	return streams;
}

function fork(streams: ChatStreams, identity: FakeIdentity): void {
	streams.end([messageFrom(identity), messageFrom(identity, { text: 'another' })]);
}

describe('what we lack', () => {
	const lacked = (streams: ChatStreams, { incarnation }: FakeIdentity, count: number, tail: string) =>
		lackedStreams(streams, new Map([[incarnation, { count, tail }]])).includes(incarnation);

	it('[C3] is what they hold more of, or another content of', () => {
		const streams = streamsHolding([ann, 2]);
		expect(lacked(streams, ann, 3, 'tail 3')).toBe(true);
		expect(lacked(streams, ann, 2, 'another tail')).toBe(true);
		expect(lacked(streams, ann, 0, forkedTail)).toBe(true);
	});

	it('[C3] is nothing where they hold the same, or less of it, or did not say what stands there', () => {
		const streams = streamsHolding([ann, 2]);
		expect(lacked(streams, ann, 2, 'tail 2')).toBe(false);
		expect(lacked(streams, ann, 1, 'tail 1')).toBe(false);
		expect(lacked(streams, ann, 2, '')).toBe(false);
	});

	it('[C8] is nothing of whom nobody introduced, and no more of others than they were introduced with', () => {
		const streams = streamsHolding([ann, 0]);
		expect(lacked(streams, stranger, 5, 'tail 5')).toBe(false);
		const introduces: [string, number][] = [[stranger.incarnation, 1]];
		streams.add(messageFrom(ann, { text: '', introduces }), 'tail 1');
		expect(lacked(streams, stranger, 5, 'tail 5')).toBe(true);
		streams.add(messageFrom(stranger), 'tail 1');
		expect(lacked(streams, stranger, 5, 'tail 5')).toBe(false);
	});

	it('[C9] is nothing of a stream that has ended', () => {
		const streams = streamsHolding([ann, 2]);
		fork(streams, ann);
		expect(lacked(streams, ann, 5, 'tail 5')).toBe(false);
	});
});

describe('what they lack', () => {
	const answers = (streams: ChatStreams, ...asked: ChatHolding[]) => [
		...answersTo(streams, own.incarnation, asked),
	];
	const ids = (streams: ChatStreams, ...asked: ChatHolding[]) =>
		answers(streams, ...asked).flatMap((answer) =>
			answer.type === 'chat-messages'
				? answer.messages.map(({ stream, sequence }) => [stream, sequence])
				: [answer.type],
		);

	it('[C4] is what follows what they hold, as far as they take it, and nothing of what they did not name', () => {
		const streams = streamsHolding([ann, 4], [bob, 2]);
		expect(ids(streams, [ann.incarnation, 1, 'tail 1', 3])).toEqual([
			[ann.incarnation, 2],
			[ann.incarnation, 3],
		]);
		expect(ids(streams, [ann.incarnation, 4, 'tail 4', 1_000])).toEqual([]);
		expect(ids(streams, [ann.incarnation, 9, 'tail 9', 1_000])).toEqual([]);
	});

	it('[C8] begins with our own stream: it introduces the others', () => {
		const streams = streamsHolding([ann, 1], [own, 1]);
		const [first] = ids(streams, [ann.incarnation, 0, '', 1_000], [own.incarnation, 0, '', 1_000]);
		expect(first).toEqual([own.incarnation, 1]);
	});

	it('[C9] is all of a stream that they hold another content of, also beyond what they would take', () => {
		const streams = streamsHolding([ann, 3]);
		expect(ids(streams, [ann.incarnation, 2, 'another tail', 0])).toEqual([
			[ann.incarnation, 1],
			[ann.incarnation, 2],
		]);
	});

	it('[C9] is the proof that a stream has ended, unless they know', () => {
		const streams = streamsHolding([ann, 3]);
		fork(streams, ann);
		expect(ids(streams, [ann.incarnation, 1, 'tail 1', 1_000])).toEqual(['chat-fork']);
		expect(ids(streams, [ann.incarnation, 0, forkedTail, 1_000])).toEqual([]);
	});

	it('[C4] goes in batches that others take', () => {
		const streams = streamsHolding([ann, batchMessagesMax + 1]);
		const batches = answers(streams, [ann.incarnation, 0, '', 1_000]);
		for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(peerMessageBytesMax);
		const counts = batches.map(({ type, ...rest }) => ('messages' in rest ? rest.messages.length : type));
		expect(Math.max(...counts.map(Number))).toBeLessThanOrEqual(batchMessagesMax);
		expect(counts.reduce((sum, count) => Number(sum) + Number(count), 0)).toBe(batchMessagesMax + 1);
	});
});
