import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { pageLoad } from '../../../../tests/support/page-load';
import { createPeerInbox } from './peer-inbox';

const eve = { id: 'participant-eve', incarnation: 'eve-1' };
const bob = { id: 'participant-bob', incarnation: 'bob-1' };
const have = JSON.stringify({ type: 'chat-have', streams: [], reply: false });

function createInbox() {
	const clock = new FakeClock();
	const heard: string[] = [];
	const dropped: string[] = [];
	const inbox = createPeerInbox({
		clock,
		chat: (from, { type }) => heard.push(`${from} ${type}`),
		name: (from, { name }) => heard.push(`${from} is ${name}`),
		secret: ({ generation }) => heard.push(`secret ${generation}`),
		dropped: (from) => dropped.push(from),
	});
	inbox.setParticipants([eve, bob]);
	return { clock, inbox, heard, dropped };
}

it('[C10] hands on so much of a kind, then so much a second, and never counts one for another', async () => {
	const { clock, inbox, heard, dropped } = createInbox();
	for (let n = 0; n < 1_000; n++) inbox.handleText(eve.id, have, 'channel');
	expect(heard).toHaveLength(30);
	expect(dropped).toHaveLength(970);
	inbox.handleText(eve.id, '{"type":"name","name":"Eve","revision":1}', 'channel');
	inbox.handleText(bob.id, have, 'channel');
	expect(heard.slice(30)).toEqual([`${eve.id} is Eve`, `${bob.id} chat-have`]);
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
	const secret = JSON.stringify({
		...{ type: 'room-secret', generation: 1, secret: 'BBBBBBBBBBBBBBBBBBBBBA' },
		...{ author: pageLoad('eve'), stays: [pageLoad('bob')] },
		...{ key: 'k'.repeat(87), signature: 's'.repeat(86) },
	});
	inbox.handleText(eve.id, secret, 'relay');
	expect(heard).toEqual([]);
	for (let n = 0; n < 1_000; n++) inbox.handleText(eve.id, secret, 'channel');
	expect(heard.length).toBeLessThan(20);
	expect(heard[0]).toBe('secret 1');
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
