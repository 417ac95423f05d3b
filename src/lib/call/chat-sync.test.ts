import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock';
import { limits, type ChatMessage, type PeerMessage } from '../protocol';
import { createChatSync, type ChatSync } from './chat-sync';
import type { ChatEntry } from './snapshot';
import { pageLoad } from '../../../tests/support/page-load';

const ann = { id: 'participant-ann', incarnation: pageLoad('stream-of-ann') };
const bob = { id: 'participant-bob', incarnation: pageLoad('stream-of-bob') };
const cat = { id: 'participant-cat', incarnation: pageLoad('stream-of-cat') };

/** A message of Bob's, as it would come from him. */
function bobs(sequence: number, change: Partial<ChatMessage> = {}): ChatMessage {
	return {
		id: `${bob.incarnation}.${sequence}`,
		author: bob.id,
		authorName: 'Bob',
		stream: bob.incarnation,
		sequence,
		order: sequence,
		sentAt: 0,
		text: `bob ${sequence}`,
		...change,
	};
}

let clock: FakeClock;
let chat: ChatSync;
let open: Set<string>;
let relayWorks: boolean;
let sent: { by: 'direct' | 'relay'; to: string; message: PeerMessage }[];
let changes: (readonly ChatEntry[])[];
let news: string[];

beforeEach(() => {
	clock = new FakeClock();
	open = new Set();
	relayWorks = true;
	sent = [];
	changes = [];
	news = [];
	chat = createChatSync({
		clock,
		incarnation: ann.incarnation,
		self: () => ({ id: ann.id, name: 'Ann' }),
		sendDirect(to, text) {
			if (open.has(to)) sent.push({ by: 'direct', to, message: JSON.parse(text) });
			return open.has(to);
		},
		sendRelay(to, text) {
			if (relayWorks) sent.push({ by: 'relay', to: to.id, message: JSON.parse(text) });
			return Promise.resolve(relayWorks);
		},
		onChange: (entries) => changes.push(entries),
		onNews: (entries) => news.push(...entries.map(({ text }) => text)),
	});
});

const setChannel = (id: string, isOpen: boolean) => {
	if (isOpen) open.add(id);
	else open.delete(id);
	chat.setChannel(id, isOpen);
};
const receive = (from: string, message: PeerMessage) => chat.handleText(from, JSON.stringify(message));
const have = (digest: Record<string, [number, number][]>, reply = false): PeerMessage => ({
	type: 'chat-have',
	digest,
	reply,
});
const messages = (...list: ChatMessage[]): PeerMessage => ({ type: 'chat-messages', messages: list });
const textsTo = (to: string) =>
	sent.flatMap((one) =>
		one.to === to && one.message.type === 'chat-messages' ? one.message.messages.map(({ text }) => text) : [],
	);
const havesTo = (to: string) => sent.filter((one) => one.to === to && one.message.type === 'chat-have');
const states = () => chat.entries.map(({ text, state }) => [text, state]);

function meet(...ends: (typeof bob)[]): void {
	chat.setParticipants(ends);
	chat.signalingResumed();
}

describe('sending', () => {
	it('goes to everyone present: by the channel where one is open, by the relay elsewhere', async () => {
		meet(bob, cat);
		setChannel(bob.id, true);
		sent = [];
		expect(chat.send('hello  \n')).toEqual({ ok: true });
		await clock.advance(0);
		expect(sent.map(({ by, to }) => [by, to])).toEqual([['direct', bob.id], ['relay', cat.id]]); // prettier-ignore
		expect(textsTo(bob.id)).toEqual(['hello']);
		expect(chat.entries).toMatchObject([
			{ id: `${ann.incarnation}.1`, authorName: 'Ann', mine: true, state: 'sent' },
		]);
	});

	it('counts as sent once somebody says that they hold it, though no answer told that it went', async () => {
		meet(bob);
		relayWorks = false;
		chat.send('hello');
		await clock.advance(0);
		expect(states()).toEqual([['hello', 'waiting']]);
		receive(bob.id, have({}));
		expect(states()).toEqual([['hello', 'waiting']]);
		receive(bob.id, have({ [ann.incarnation]: [[1, 1]] }));
		expect(states()).toEqual([['hello', 'sent']]);
	});

	it('comes after everything seen, whatever the clocks say', () => {
		meet(bob);
		receive(bob.id, messages(bobs(1, { order: 7, sentAt: clock.now() + 60_000 })));
		setChannel(bob.id, true);
		chat.send('a reply');
		expect(sent.at(-1)?.message).toMatchObject({ messages: [{ order: 8, text: 'a reply' }] });
	});

	it('[C5] refuses what is empty or too long, with the limit, and keeps nothing of it', () => {
		const max = limits.messageTextMax;
		expect(chat.send(' \n ')).toEqual({ ok: false, code: 'empty', max });
		expect(chat.send('x'.repeat(max + 1))).toEqual({ ok: false, code: 'too-long', max });
		expect(chat.entries).toEqual([]);
		expect(chat.send(`${'x'.repeat(max)}\n\n`)).toEqual({ ok: true });
	});

	it('counts as sent when one is alone, and goes to whoever comes', async () => {
		meet();
		chat.send('anyone?');
		expect(states()).toEqual([['anyone?', 'sent']]);
		chat.setParticipants([bob]);
		setChannel(bob.id, true);
		receive(bob.id, have({}));
		await clock.advance(0);
		expect(textsTo(bob.id)).toEqual(['anyone?']);
		expect(states()).toEqual([['anyone?', 'sent']]);
	});

	it('waits while signaling is lost, when one can not know to be alone', () => {
		chat.send('anyone?');
		expect(states()).toEqual([['anyone?', 'waiting']]);
		meet();
		expect(states()).toEqual([['anyone?', 'sent']]);
	});

	it('waits while the relay refuses, and goes when it no longer does', async () => {
		meet(bob);
		relayWorks = false;
		chat.send('hello');
		await clock.advance(5_000);
		expect(states()).toEqual([['hello', 'waiting']]);
		relayWorks = true;
		await clock.advance(30_000);
		expect(havesTo(bob.id)).not.toEqual([]);
		receive(bob.id, have({}, true));
		await clock.advance(0);
		expect(textsTo(bob.id)).toEqual(['hello']);
		expect(states()).toEqual([['hello', 'sent']]);
	});

	it('waits while signaling is lost and no channel is open, and asks at once when it is back', async () => {
		meet(bob);
		await clock.advance(3_000);
		chat.signalingLost();
		chat.send('hello');
		await clock.advance(60_000);
		sent = [];
		chat.signalingResumed();
		expect(havesTo(bob.id)).toHaveLength(1);
		expect(states()).toEqual([['hello', 'waiting']]);
	});
});

describe('catching up', () => {
	it('[C3] says what it holds when a channel opens', () => {
		meet(bob);
		setChannel(bob.id, true);
		expect(sent).toEqual([{ by: 'direct', to: bob.id, message: have({}) }]);
	});

	it('[C3] uses the relay when no channel opens within two seconds, and not before', async () => {
		meet(bob, cat);
		setChannel(cat.id, true);
		await clock.advance(1_900);
		expect(havesTo(bob.id)).toEqual([]);
		await clock.advance(200);
		expect(havesTo(bob.id)).toEqual([{ by: 'relay', to: bob.id, message: have({}) }]);
		await clock.advance(60_000);
		expect(sent).toHaveLength(2);
	});

	it('uses the relay when a channel closes and stays closed', async () => {
		meet(bob, cat);
		for (const { id } of [bob, cat]) setChannel(id, true);
		sent = [];
		for (const { id } of [bob, cat]) setChannel(id, false);
		await clock.advance(1_000);
		setChannel(cat.id, true);
		await clock.advance(5_000);
		expect(sent.map(({ by, to }) => [by, to])).toEqual([['direct', cat.id], ['relay', bob.id]]); // prettier-ignore
	});

	it('[C4] answers with what the other lacks, in batches, and asks for what it lacks itself', async () => {
		meet(bob);
		for (let n = 1; n <= 150; n++) chat.send(`ann ${n}`);
		setChannel(bob.id, true);
		await clock.advance(5_000);
		sent = [];
		receive(bob.id, have({ [ann.incarnation]: [[1, 10]], [bob.incarnation]: [[1, 1]] }));
		await clock.advance(0);
		expect(textsTo(bob.id)).toEqual(Array.from({ length: 140 }, (_, n) => `ann ${n + 11}`));
		expect(sent.filter(({ message }) => message.type === 'chat-messages')).toHaveLength(2);
		expect(havesTo(bob.id).map(({ message }) => message)).toEqual([
			have({ [ann.incarnation]: [[1, 150]] }, true),
		]);
	});

	it('[C4] never answers a reply with a have at once, so that two cannot go on for ever', async () => {
		meet(bob);
		setChannel(bob.id, true);
		await clock.advance(5_000);
		sent = [];
		receive(bob.id, have({ [bob.incarnation]: [[1, 1]] }, true));
		await clock.advance(0);
		expect(sent).toEqual([]);
	});

	it('asks again for what is claimed, five times at growing intervals, and then lets it be', async () => {
		meet(bob);
		setChannel(bob.id, true);
		sent = [];
		receive(bob.id, have({ [pageLoad('stream-of-nobody')]: [[1, 2_000_000_000]] }));
		await clock.advance(120_000);
		expect(havesTo(bob.id)).toHaveLength(5);
	});

	it('asks the author when one of their messages is missing, and not when it comes in time', async () => {
		meet(bob);
		setChannel(bob.id, true);
		sent = [];
		receive(bob.id, messages(bobs(2)));
		await clock.advance(500);
		receive(bob.id, messages(bobs(1)));
		await clock.advance(10_000);
		expect(sent).toEqual([]);
		receive(bob.id, messages(bobs(4)));
		await clock.advance(1_000);
		expect(sent.map(({ message }) => message)).toEqual([have({ [bob.incarnation]: [[1, 2], [4, 4]] }, true)]); // prettier-ignore
	});

	it('answers one participant at most twice a second, and then the newest have', async () => {
		meet(bob);
		chat.send('hello');
		setChannel(bob.id, true);
		sent = [];
		for (let n = 0; n < 50; n++) receive(bob.id, have({}));
		await clock.advance(400);
		expect(textsTo(bob.id)).toEqual(['hello']);
		await clock.advance(10_000);
		expect(textsTo(bob.id)).toEqual(['hello', 'hello']);
	});

	it('spreads what somebody who is gone wrote, for their own links may have been the bad ones', async () => {
		meet(bob, cat);
		for (const { id } of [bob, cat]) setChannel(id, true);
		await clock.advance(5_000);
		sent = [];
		receive(bob.id, messages(bobs(1)));
		await clock.advance(5_000);
		expect(sent).toEqual([]);
		receive(
			bob.id,
			messages(bobs(1, { stream: pageLoad('stream-gone'), id: `${pageLoad('stream-gone')}.1` })),
		);
		await clock.advance(5_000);
		expect(sent.map(({ to, message }) => [to, message.type])).toEqual([[cat.id, 'chat-have']]);
		chat.setParticipants([cat]);
		await clock.advance(5_000);
		expect(havesTo(cat.id)).toHaveLength(2);
	});

	it('treats a reloaded participant as one who holds nothing', async () => {
		meet(bob);
		setChannel(bob.id, true);
		const reloaded = { ...bob, incarnation: pageLoad('stream-of-bob-2') };
		open.delete(bob.id);
		chat.setParticipants([reloaded]);
		sent = [];
		await clock.advance(2_500);
		expect(havesTo(bob.id)).toHaveLength(1);
	});
});

describe('receiving', () => {
	it('merges by order and tells of each message once', () => {
		meet(bob);
		receive(bob.id, messages(bobs(2), bobs(1)));
		receive(bob.id, messages(bobs(2)));
		expect(chat.entries.map(({ text, mine, state }) => [text, mine, state])).toEqual([
			['bob 1', false, 'sent'],
			['bob 2', false, 'sent'],
		]);
		expect(changes).toHaveLength(1);
		expect(news).toEqual(['bob 1', 'bob 2']);
	});

	it('keeps the entries that did not change', () => {
		meet(bob);
		receive(bob.id, messages(bobs(1)));
		const [first] = chat.entries;
		receive(bob.id, messages(bobs(2)));
		expect(chat.entries[0]).toBe(first);
	});

	it('does not announce what was written before we met', () => {
		meet(bob, cat);
		setChannel(bob.id, true);
		receive(bob.id, have({ [bob.incarnation]: [[1, 2]] }));
		receive(bob.id, messages(bobs(1), bobs(2), bobs(3)));
		receive(
			cat.id,
			messages(bobs(4), bobs(1, { stream: pageLoad('stream-gone'), id: `${pageLoad('stream-gone')}.1` })),
		);
		expect(chat.entries).toHaveLength(5);
		expect(news).toEqual(['bob 3', 'bob 4']);
	});

	it('[C6] ignores garbage and strangers', () => {
		meet(bob);
		for (const text of ['', '{', '{"type":"chat-messages","messages":[{}]}', 'null'])
			chat.handleText(bob.id, text);
		chat.handleText(cat.id, JSON.stringify(messages(bobs(1))));
		expect(chat.entries).toEqual([]);
		expect(changes).toEqual([]);
	});

	it('[C1] lets nobody write in our own stream', () => {
		meet(bob);
		chat.send('mine');
		const forged = { stream: ann.incarnation, order: 9, text: 'forged' };
		receive(
			bob.id,
			messages(
				bobs(1, { ...forged, id: `${ann.incarnation}.1` }),
				bobs(2, { ...forged, id: `${ann.incarnation}.2` }),
			),
		);
		expect(chat.entries.map(({ text }) => text)).toEqual(['mine']);
		chat.send('also mine');
		expect(chat.entries.map(({ id }) => id)).toEqual([`${ann.incarnation}.1`, `${ann.incarnation}.2`]);
	});

	it('knows our own messages of before a reload', () => {
		meet(bob);
		receive(bob.id, messages(bobs(1, { author: ann.id })));
		expect(chat.entries).toMatchObject([{ mine: true }]);
		expect(news).toEqual([]);
	});
});

it('leaves no timer behind', async () => {
	meet(bob, cat);
	setChannel(bob.id, true);
	receive(bob.id, messages(bobs(5)));
	receive(bob.id, have({ [pageLoad('stream-of-nobody')]: [[1, 9]] }));
	relayWorks = false;
	chat.send('hello');
	await clock.advance(100);
	expect(clock.pending).toBeGreaterThan(0);
	chat.close();
	await clock.advance(100);
	expect(clock.pending).toBe(0);
});
