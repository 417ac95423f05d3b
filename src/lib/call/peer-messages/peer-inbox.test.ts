import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { pageLoad } from '../../../../tests/support/page-load';
import type { PeerMessageType } from '../../protocol/peer/peer-message';
import { createPeerInbox } from './peer-inbox';
import type { PeerTable } from './peer-table';

const eve = { id: 'participant-eve', incarnation: 'eve-1' };
const bob = { id: 'participant-bob', incarnation: 'bob-1' };
const have = JSON.stringify({ type: 'chat-have', streams: [], reply: false });
const message = {
	...{ author: 'participant-a', authorName: 'Ann', stream: pageLoad('ann'), sequence: 1, order: 1 },
	...{ sentAt: 0, text: 'hello', signature: 'S'.repeat(86), key: 'K'.repeat(87) },
};
/** One of each type. */
const examples: { [Type in PeerMessageType]: { type: Type } } = {
	'chat-have': { type: 'chat-have', ...{ streams: [] } },
	'chat-messages': { type: 'chat-messages', ...{ messages: [message] } },
	'chat-fork': { type: 'chat-fork', ...{ messages: [message, { ...message, text: 'another' }] } },
	name: { type: 'name', ...{ name: 'Eve', revision: 1 } },
	'room-secret': {
		type: 'room-secret',
		...{ generation: 1, secret: 'BBBBBBBBBBBBBBBBBBBBBA', author: pageLoad('eve'), stays: [pageLoad('bob')] },
		...{ key: 'k'.repeat(87), signature: 's'.repeat(86) },
	},
};
const types = Object.keys(examples) as PeerMessageType[];

function createInbox() {
	const clock = new FakeClock();
	const heard: string[] = [];
	const dropped: string[] = [];
	const row = <Type extends PeerMessageType>(type: Type, perSecond: number, burst: number) => ({
		[type]: {
			rate: { perSecond, burst },
			channelOnly: type === 'room-secret',
			handle: (from: string, said: { type: string }) => void heard.push(`${type}: ${said.type} of ${from}`),
		},
	});
	const table: Partial<PeerTable> = {
		...row('chat-have', 3, 30),
		...row('chat-messages', 12, 60),
		...row('chat-fork', 1, 20),
		...row('name', 0.5, 5),
		...row('room-secret', 1, 20),
	};
	const inbox = createPeerInbox({ clock, table, dropped: (from) => dropped.push(from) });
	inbox.setParticipants([eve, bob]);
	return { clock, inbox, heard, dropped };
}

describe.each(['channel', 'relay'] as const)('over the %s', (by) => {
	it.each(types.filter((type) => by === 'channel' || type !== 'room-secret'))(
		'[N11] hands %s to its own handler and to no other',
		(type) => {
			const { inbox, heard, dropped } = createInbox();
			inbox.handleText(eve.id, JSON.stringify(examples[type]), by);
			expect(heard).toEqual([`${type}: ${type} of ${eve.id}`]);
			expect(dropped).toEqual([]);
		},
	);

	it('[N11] [C6] drops a type that it does not know, and what is not of its form', () => {
		const { inbox, heard, dropped } = createInbox();
		const unknown = ['reaction', 'ping', 'constructor', '__proto__', 'receiver-constraints'];
		for (const type of unknown) inbox.handleText(eve.id, JSON.stringify({ type }), by);
		for (const type of types) inbox.handleText(eve.id, JSON.stringify({ type }), by);
		for (const text of ['', '{', 'null', '[]', '"name"']) inbox.handleText(eve.id, text, by);
		expect([heard, dropped]).toEqual([[], []]);
	});

	it('[C10] counts what is dropped all the same, and leaves the others their measure', () => {
		const { inbox, heard, dropped } = createInbox();
		// Each costs 256 characters at least, of a megabyte.
		for (let n = 0; n < 5_000; n++) inbox.handleText(eve.id, n % 2 ? '{"type":"reaction"}' : '{', by);
		expect(dropped).toHaveLength(5_000 - 4_096);
		inbox.handleText(eve.id, have, by);
		expect(heard).toEqual([]);
		inbox.handleText(bob.id, have, by);
		expect(heard).toEqual([`chat-have: chat-have of ${bob.id}`]);
	});
});

it('drops a type that has no row', () => {
	const dropped: string[] = [];
	const inbox = createPeerInbox({
		...{ clock: new FakeClock(), table: {}, dropped: (from: string) => dropped.push(from) },
	});
	inbox.setParticipants([eve]);
	for (let n = 0; n < 100; n++) inbox.handleText(eve.id, have, 'channel');
	expect(dropped).toEqual([]);
});

it('[C10] hands on so much of a kind, then so much a second, and never counts one for another', async () => {
	const { clock, inbox, heard, dropped } = createInbox();
	for (let n = 0; n < 1_000; n++) inbox.handleText(eve.id, have, 'channel');
	expect(heard).toHaveLength(30);
	expect(dropped).toHaveLength(970);
	inbox.handleText(eve.id, '{"type":"name","name":"Eve","revision":1}', 'channel');
	inbox.handleText(bob.id, have, 'channel');
	expect(heard.slice(30)).toEqual([`name: name of ${eve.id}`, `chat-have: chat-have of ${bob.id}`]);
	await clock.advance(10_000);
	for (let n = 0; n < 1_000; n++) inbox.handleText(eve.id, have, 'channel');
	expect(heard.length).toBeLessThan(32 + 31);
});

it('[C10] reads no more than a megabyte at once, however it is cut', () => {
	const { inbox, dropped } = createInbox();
	for (let n = 0; n < 30; n++)
		inbox.handleText(eve.id, `{"type":"other","x":"${'x'.repeat(60_000)}"}`, 'channel');
	expect(dropped.length).toBeGreaterThan(10);
});

it('[C10] gives nobody a fresh measure for a reload', () => {
	const { inbox, heard } = createInbox();
	for (let n = 0; n < 100; n++) inbox.handleText(eve.id, have, 'channel');
	inbox.setParticipants([{ ...eve, incarnation: 'eve-2' }, bob]);
	for (let n = 0; n < 100; n++) inbox.handleText(eve.id, have, 'channel');
	expect(heard).toHaveLength(30);
});

it('[Q1] [C10] takes a new secret over a channel alone, and so many', () => {
	const { inbox, heard, dropped } = createInbox();
	const secret = JSON.stringify(examples['room-secret']);
	inbox.handleText(eve.id, secret, 'relay');
	expect(heard).toEqual([]);
	for (let n = 0; n < 1_000; n++) inbox.handleText(eve.id, secret, 'channel');
	expect(heard.length).toBeLessThan(20);
	expect(heard[0]).toBe(`room-secret: room-secret of ${eve.id}`);
	expect(dropped.length).toBeGreaterThan(970);
});

it('[C6] passes over garbage and strangers', () => {
	const { inbox, heard, dropped } = createInbox();
	for (const text of ['', '{', 'null', '{"type":"chat-messages","messages":[{}]}', '{"type":"ping"}']) {
		inbox.handleText(eve.id, text, 'channel');
	}
	inbox.handleText('participant-nobody', have, 'channel');
	expect([heard, dropped]).toEqual([[], []]);
});
