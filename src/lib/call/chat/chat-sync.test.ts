import { beforeEach, describe, expect, it } from 'vitest';
import { forgedSignature, signMessage, type Draft } from '../../../../tests/support/chat-messages';
import { room } from '../../../../tests/support/chat-world';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { fakeCheck, fakeHash, fakeIdentity } from '../../../../tests/support/fake-identity';
import { limits } from '../../protocol';
import { handlePeerMessage } from '../peer-messages/peer-table';
import type { ChatHolding, ChatMessage } from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import { answerRates } from './answer-budget';
import { createChatSync, type ChatSync } from './chat-sync';
import type { ChatEntry } from './chat-state';

const personOf = (name: string) => {
	const identity = fakeIdentity(name);
	return { id: `participant-${name}`, incarnation: identity.incarnation, identity };
};
const [ann, bob, cat, gone] = ['ann', 'bob', 'cat', 'gone'].map(personOf) as [
	ReturnType<typeof personOf>,
	ReturnType<typeof personOf>,
	ReturnType<typeof personOf>,
	ReturnType<typeof personOf>,
];

/** A message of Bob's, as it would come from him. */
const bobs = (sequence: number, change: Draft = {}) =>
	signMessage(bob.identity, { text: `bob ${sequence}`, ...change, sequence });

let clock: FakeClock;
let chat: ChatSync;
let open: Set<string>;
let relayWorks: boolean;
let sent: { by: 'direct' | 'relay'; to: string; message: ChatPeerMessage; length: number }[];
let changes: (readonly ChatEntry[])[];
let news: string[];
let checks: number;

beforeEach(() => {
	clock = new FakeClock();
	open = new Set();
	relayWorks = true;
	sent = [];
	changes = [];
	news = [];
	checks = 0;
	chat = createChatSync({
		clock,
		room,
		incarnation: ann.incarnation,
		key: ann.identity.key,
		sign: ann.identity.sign,
		check(signed, text) {
			checks++;
			return fakeCheck(signed, text);
		},
		hash: fakeHash,
		self: () => ({ id: ann.id, name: 'Ann' }),
		sendDirect(to, text) {
			if (open.has(to)) sent.push({ by: 'direct', to, message: JSON.parse(text), length: text.length });
			return open.has(to);
		},
		sendRelay(to, text) {
			if (relayWorks) sent.push({ by: 'relay', to: to.id, message: JSON.parse(text), length: text.length });
			return Promise.resolve(relayWorks);
		},
		onChange: (entries) => changes.push(entries),
		onNews: (entries) => news.push(...entries.map(({ text }) => text)),
	});
});

const setChannel = (id: string, isOpen: boolean) => {
	if (isOpen) open.add(id);
	else open.delete(id);
	chat.setChannel({ id, incarnation: id }, isOpen);
};
/** And lets it be checked and shown. */
async function receive(from: string, message: ChatPeerMessage): Promise<void> {
	void handlePeerMessage(chat.rows, from, message);
	await clock.advance(20);
}
const have = (...streams: ChatHolding[]): ChatPeerMessage => ({ type: 'chat-have', streams, reply: false });
const reply = (...streams: ChatHolding[]): ChatPeerMessage => ({ type: 'chat-have', streams, reply: true });
const nothingOf = ({ incarnation }: typeof ann): ChatHolding => [incarnation, 0, '', 1_000];
const messages = (...list: ChatMessage[]): ChatPeerMessage => ({ type: 'chat-messages', messages: list });
const textsTo = (to: string) =>
	sent.flatMap((one) =>
		one.to === to && one.message.type === 'chat-messages'
			? one.message.messages.flatMap(({ text }) => text || [])
			: [],
	);
const havesTo = (to: string) => sent.filter((one) => one.to === to && one.message.type === 'chat-have');
const states = () => chat.entries.map(({ text, state }) => [text, state]);
const texts = () => chat.entries.map(({ text }) => text);
async function send(text: string): Promise<void> {
	expect(chat.send(text)).toEqual({ ok: true });
	await clock.advance(20);
}

function meet(...ends: (typeof bob)[]): void {
	chat.setParticipants(ends);
	chat.signalingResumed();
}

describe('sending', () => {
	it('[C1] goes, signed, to everyone present: by the channel where one is open, by the relay elsewhere', async () => {
		meet(bob, cat);
		setChannel(bob.id, true);
		sent = [];
		await send('hello  \n');
		expect(sent.map(({ by, to }) => [by, to])).toEqual([['direct', bob.id], ['relay', cat.id]]); // prettier-ignore
		expect(textsTo(bob.id)).toEqual(['hello']);
		expect(chat.entries).toMatchObject([{ authorName: 'Ann', mine: true, state: 'sent' }]);
		const { message } = sent[0] ?? {};
		const [signed] = message?.type === 'chat-messages' ? message.messages : [];
		expect(signed).toEqual(await signMessage(ann.identity, { ...signed }));
		expect(signed?.key).toBe(ann.identity.key);
	});

	it('is shown at once, under the id it keeps', async () => {
		meet(bob);
		setChannel(bob.id, true);
		chat.send('one');
		chat.send('two');
		const before = chat.entries.map(({ id }) => id);
		expect(states()).toEqual([['one', 'waiting'], ['two', 'waiting']]); // prettier-ignore
		await clock.advance(20);
		expect(chat.entries.map(({ id }) => id)).toEqual(before);
		expect(states()).toEqual([['one', 'sent'], ['two', 'sent']]); // prettier-ignore
	});

	it('counts as sent once somebody says that they hold it, though no answer told that it went', async () => {
		meet(bob);
		relayWorks = false;
		await send('hello');
		expect(states()).toEqual([['hello', 'waiting']]);
		await receive(bob.id, have([ann.incarnation, 1, 'AAAAAAAAAAAAAAAA', 1_000]));
		expect(states()).toEqual([['hello', 'waiting']]);
		setChannel(bob.id, true);
		const [holding] = havesTo(bob.id).flatMap(({ message }) =>
			message.type === 'chat-have' ? message.streams : [],
		);
		setChannel(bob.id, false);
		await receive(bob.id, have(holding as ChatHolding));
		expect(states()).toEqual([['hello', 'sent']]);
	});

	it('comes after everything seen, whatever the clocks say', async () => {
		meet(bob);
		await receive(bob.id, messages(await bobs(1, { order: 7, sentAt: clock.now() + 60_000 })));
		setChannel(bob.id, true);
		await send('a reply');
		expect(sent.at(-1)?.message).toMatchObject({ messages: [{ order: 8, text: 'a reply' }] });
	});

	it('[C2] is shown by the clock of who reads it, with what its author wrote before', async () => {
		meet(bob);
		setChannel(bob.id, true);
		const aheadMs = 3 * 3_600_000;
		await clock.advance(60_000);
		await receive(bob.id, have([bob.incarnation, 1, '', 1_000]));
		const saidAt = clock.epochMs() - 30_000;
		await receive(bob.id, messages(await bobs(1, { sentAt: saidAt + aheadMs })));
		await clock.advance(60_000);
		const cameAt = clock.epochMs();
		await receive(bob.id, messages(await bobs(2, { sentAt: cameAt + aheadMs })));
		await send('a reply');
		const [first, second, third] = chat.entries.map(({ shownAt }) => shownAt);
		expect(first).toBe(saidAt);
		expect(second).toBe(cameAt);
		expect(third).toBeGreaterThanOrEqual(cameAt);
		expect(chat.entries[1]?.sentAt).toBe(cameAt + aheadMs);
	});

	it('[C5] refuses what is empty or too long, with the limit, and keeps nothing of it', () => {
		const max = limits.messageTextMax;
		expect(chat.send(' \n ')).toEqual({ ok: false, code: 'empty', max });
		expect(chat.send('x'.repeat(max + 1))).toEqual({ ok: false, code: 'too-long', max });
		expect(chat.entries).toEqual([]);
		expect(chat.send(`${'x'.repeat(max)}\n\n`)).toEqual({ ok: true });
	});

	it('[C7] refuses what the others would not take, and says so, however fast it is written', async () => {
		meet(bob);
		const results = Array.from({ length: limits.streamMessagesMax + 2 }, (_, n) => chat.send(`${n}`).ok);
		expect(results.filter(Boolean)).toHaveLength(limits.streamMessagesMax);
		expect(chat.send('more')).toEqual({ ok: false, code: 'too-many', max: limits.streamMessagesMax });
		await clock.advance(1_000);
		expect(chat.entries).toHaveLength(limits.streamMessagesMax);
		expect(chat.send('more').ok).toBe(false);
	});

	it('[C7] refuses more text than the others would take', () => {
		const long = 'x'.repeat(limits.messageTextMax);
		const full = limits.streamTextMax / limits.messageTextMax;
		for (let n = 0; n < full; n++) expect(chat.send(long).ok).toBe(true);
		expect(chat.send('x')).toMatchObject({ ok: false, code: 'too-many' });
	});

	it('counts as sent when one is alone, and goes to whoever comes', async () => {
		meet();
		await send('anyone?');
		expect(states()).toEqual([['anyone?', 'sent']]);
		chat.setParticipants([bob]);
		setChannel(bob.id, true);
		await receive(bob.id, have(nothingOf(ann)));
		expect(textsTo(bob.id)).toEqual(['anyone?']);
	});

	it('waits while signaling is lost, when one can not know to be alone', async () => {
		await send('anyone?');
		expect(states()).toEqual([['anyone?', 'waiting']]);
		meet();
		await clock.advance(20);
		expect(states()).toEqual([['anyone?', 'sent']]);
	});

	it('waits while the relay refuses, and goes when it no longer does', async () => {
		meet(bob);
		relayWorks = false;
		await send('hello');
		await clock.advance(5_000);
		expect(states()).toEqual([['hello', 'waiting']]);
		relayWorks = true;
		await clock.advance(30_000);
		expect(havesTo(bob.id)).not.toEqual([]);
		await receive(bob.id, reply(nothingOf(ann)));
		expect(textsTo(bob.id)).toEqual(['hello']);
		expect(states()).toEqual([['hello', 'sent']]);
	});

	it('never takes the relay while a channel is open, also where that does not keep up', async () => {
		meet(bob);
		setChannel(bob.id, true);
		open.clear();
		sent = [];
		await send('hello');
		await receive(bob.id, have(nothingOf(ann)));
		await clock.advance(60_000);
		expect(sent).toEqual([]);
	});
});

describe('catching up', () => {
	it('[C3] says what it holds, and of whom it takes more, when a channel opens', () => {
		meet(bob);
		setChannel(bob.id, true);
		expect(sent.map(({ message }) => message)).toEqual([have(nothingOf(ann), nothingOf(bob))]);
	});

	it('[C3] uses the relay when no channel opens within two seconds, and not before', async () => {
		meet(bob, cat);
		setChannel(cat.id, true);
		await clock.advance(1_900);
		expect(havesTo(bob.id)).toEqual([]);
		await clock.advance(200);
		expect(havesTo(bob.id).map(({ by }) => by)).toEqual(['relay']);
		await clock.advance(60_000);
		expect(sent).toHaveLength(2);
	});

	it('[C4] answers with what the other lacks of the streams they name, in batches', async () => {
		meet(bob);
		for (let n = 1; n <= 150; n++) chat.send(`ann ${n}`);
		setChannel(bob.id, true);
		await clock.advance(5_000);
		sent = [];
		await receive(bob.id, have(nothingOf(cat)));
		expect(textsTo(bob.id)).toEqual([]);
		await clock.advance(1_000);
		await receive(bob.id, have(nothingOf(ann)));
		expect(textsTo(bob.id)).toHaveLength(150);
		expect(sent.filter(({ message }) => message.type === 'chat-messages').length).toBeGreaterThan(1);
	});

	it('[C4] asks for what it lacks itself, and never answers a reply with a have at once', async () => {
		meet(bob);
		setChannel(bob.id, true);
		await clock.advance(5_000);
		sent = [];
		await receive(bob.id, reply([bob.incarnation, 1, 'AAAAAAAAAAAAAAAA', 1_000]));
		expect(sent).toEqual([]);
		await receive(bob.id, have([bob.incarnation, 1, 'AAAAAAAAAAAAAAAA', 1_000]));
		expect(sent.map(({ message }) => message)).toEqual([reply(nothingOf(bob))]);
	});

	it('asks again for what is claimed, five times at growing intervals, and then lets it be', async () => {
		meet(bob, cat);
		setChannel(bob.id, true);
		sent = [];
		await receive(bob.id, have([cat.incarnation, 999, 'AAAAAAAAAAAAAAAA', 1_000]));
		await clock.advance(120_000);
		expect(havesTo(bob.id)).toHaveLength(5);
	});

	it('asks the author when one of their messages is missing, and not when it comes in time', async () => {
		meet(bob);
		setChannel(bob.id, true);
		sent = [];
		await receive(bob.id, messages(await bobs(2)));
		await clock.advance(500);
		await receive(bob.id, messages(await bobs(1), await bobs(2)));
		await clock.advance(10_000);
		expect(sent).toEqual([]);
		await receive(bob.id, messages(await bobs(4)));
		await clock.advance(1_000);
		const [asked] = havesTo(bob.id).map(({ message }) =>
			message.type === 'chat-have' ? message : undefined,
		);
		expect(asked?.reply).toBe(true);
		expect(asked?.streams.map(([stream, count]) => [stream, count])).toEqual([[bob.incarnation, 2]]);
	});

	it('[C3] says all that it holds when signaling is back, though it was about to speak of something else', async () => {
		meet(bob, cat);
		await clock.advance(3_000);
		await receive(cat.id, messages(await signMessage(cat.identity)));
		chat.signalingLost();
		await send('meanwhile');
		sent = [];
		chat.signalingResumed();
		const [said] = havesTo(bob.id).map(({ message }) => message);
		expect(said?.type === 'chat-have' && said.streams.map(([stream]) => stream)).toContain(ann.incarnation);
	});

	it('[C8] introduces who is gone to those who come, and takes what others introduce', async () => {
		meet(gone, bob);
		for (const { id } of [gone, bob]) setChannel(id, true);
		await receive(gone.id, messages(await signMessage(gone.identity, { text: 'farewell' })));
		meet(bob);
		await clock.advance(2_000);
		sent = [];
		meet(bob, cat);
		setChannel(cat.id, true);
		await receive(cat.id, have(nothingOf(ann)));
		const [said] = sent.flatMap(({ to, message }) =>
			to === cat.id && message.type === 'chat-messages' ? message.messages : [],
		);
		expect(said).toMatchObject({ text: '', introduces: [[gone.incarnation, 1]] });
		await clock.advance(1_000);
		await receive(cat.id, have(nothingOf(gone)));
		expect(textsTo(cat.id)).toEqual(['farewell']);

		const stranger = fakeIdentity('stranger');
		const introduction = { text: '', introduces: [[stranger.incarnation, 1]] as [string, number][] };
		sent = [];
		await receive(bob.id, messages(await bobs(1, introduction)));
		expect(havesTo(bob.id)[0]?.message).toMatchObject({ streams: [[stranger.incarnation, 0, '', 1]] });
		await receive(bob.id, messages(await signMessage(stranger, { text: 'long ago' })));
		expect(texts()).toContain('long ago');
	});

	it('[C8] introduces one who was there all along, though somebody reloaded three hundred times and wrote each time', async () => {
		for (let load = 0; load < 300; load++) {
			const eve = { ...personOf(`eve ${load}`), id: 'participant-eve' };
			meet(gone, bob, eve);
			if (load === 0)
				await receive(gone.id, messages(await signMessage(gone.identity, { text: 'farewell' })));
			await receive(eve.id, messages(await signMessage(eve.identity, { text: 'again' })));
			await clock.advance(20_000);
		}
		meet(bob);
		await clock.advance(200_000);
		sent = [];
		meet(bob, cat);
		setChannel(cat.id, true);
		await receive(cat.id, have(nothingOf(ann)));
		await clock.advance(60_000);
		const introduced = sent.flatMap(({ to, message }) =>
			to === cat.id && message.type === 'chat-messages'
				? message.messages.flatMap(({ introduces }) => introduces.map(([stream]) => stream))
				: [],
		);
		expect(introduced).toContain(gone.incarnation);
	});

	it('treats a reloaded participant as one who holds nothing', async () => {
		meet(bob);
		setChannel(bob.id, true);
		open.delete(bob.id);
		chat.setParticipants([{ ...bob, incarnation: fakeIdentity('bob again').incarnation }]);
		sent = [];
		await clock.advance(2_500);
		expect(havesTo(bob.id)).toHaveLength(1);
	});
});

describe('receiving', () => {
	it('shows in order, once a frame, and tells of each message once', async () => {
		meet(bob);
		await receive(bob.id, messages(await bobs(1), await bobs(2)));
		await receive(bob.id, messages(await bobs(2)));
		expect(chat.entries.map(({ text, mine, state }) => [text, mine, state])).toEqual([
			['bob 1', false, 'sent'],
			['bob 2', false, 'sent'],
		]);
		expect(changes).toHaveLength(1);
		expect(news).toEqual(['bob 1', 'bob 2']);
	});

	it('keeps the entries that did not change', async () => {
		meet(bob);
		await receive(bob.id, messages(await bobs(1)));
		const [first] = chat.entries;
		await receive(bob.id, messages(await bobs(2)));
		expect(chat.entries[0]).toBe(first);
	});

	it('does not announce what was written before we met', async () => {
		meet(bob, cat);
		setChannel(bob.id, true);
		await receive(bob.id, have([bob.incarnation, 2, 'AAAAAAAAAAAAAAAA', 1_000]));
		await receive(bob.id, messages(await bobs(1), await bobs(2), await bobs(3)));
		await receive(cat.id, messages(await bobs(4)));
		expect(texts()).toHaveLength(4);
		expect(news).toEqual(['bob 3', 'bob 4']);
	});

	it('[C1] takes nothing that its author did not sign as it is', async () => {
		meet(bob, cat);
		const one = await bobs(1);
		const otherRoom = { ...one, signature: await bob.identity.sign('in another room') };
		for (const bent of [
			{ ...one, signature: forgedSignature },
			{ ...one, text: 'bent' },
			{ ...one, order: 2 },
			{ ...one, authorName: 'Cat' },
			{ ...one, author: cat.id },
			{ ...one, sentAt: 1 },
			{ ...one, stream: cat.incarnation, key: cat.identity.key },
			{ ...one, key: cat.identity.key },
			otherRoom,
		]) {
			await receive(cat.id, messages(bent));
		}
		expect(chat.entries).toEqual([]);
		await receive(cat.id, messages(one));
		expect(texts()).toEqual(['bob 1']);
	});

	it('[C1] lets nobody write in our own stream, nor be us by our id or name', async () => {
		meet(bob);
		await send('mine');
		await receive(bob.id, messages(await signMessage(ann.identity, { sequence: 2, text: 'forged' })));
		await receive(bob.id, messages(await bobs(1, { author: ann.id, authorName: 'You' })));
		expect(chat.entries.map(({ text, mine }) => [text, mine])).toEqual([['mine', true], ['bob 1', false]]); // prettier-ignore
		await send('also mine');
		expect(chat.entries.filter(({ mine }) => mine)).toHaveLength(2);
	});

	it('[C9] shows nothing of who says two things, and brings the proof to the others', async () => {
		meet(bob, cat);
		for (const { id } of [bob, cat]) setChannel(id, true);
		await receive(bob.id, messages(await bobs(1)));
		await receive(cat.id, messages(await bobs(1, { text: 'another' })));
		expect(chat.entries).toEqual([]);
		expect(chat.forked).toBe(1);
		sent = [];
		await receive(cat.id, have([bob.incarnation, 1, 'AAAAAAAAAAAAAAAA', 1_000]));
		const proof = sent.find(({ message }) => message.type === 'chat-fork')?.message;
		expect(proof?.type === 'chat-fork' && proof.messages.map(({ text }) => text).sort()).toEqual([
			'another',
			'bob 1',
		]);
	});

	it('[C9] takes a proof, and no accusation', async () => {
		meet(bob, cat);
		const [one, other] = [await bobs(1), await bobs(1, { text: 'another' })];
		await receive(bob.id, messages(one));
		for (const accusation of [
			[one, { ...one, text: 'never said' }],
			[one, one],
			[one, { ...one, signature: forgedSignature }],
			[one, await bobs(2)],
		] as [ChatMessage, ChatMessage][]) {
			await receive(cat.id, { type: 'chat-fork', messages: accusation });
		}
		expect(texts()).toEqual(['bob 1']);
		await receive(cat.id, { type: 'chat-fork', messages: [one, other] });
		expect(chat.entries).toEqual([]);
	});

	it('checks what is known already by comparing, and what is not wanted not at all', async () => {
		meet(bob);
		const one = await bobs(1);
		await receive(bob.id, messages(one));
		const before = checks;
		for (let n = 0; n < 50; n++) await receive(bob.id, messages(one, await signMessage(gone.identity)));
		expect(checks).toBe(before);
	});

	it('checks each of the others in turn: who sends much waits for themselves', async () => {
		meet(bob, cat);
		const many = await Promise.all(Array.from({ length: 100 }, (_, n) => bobs(n + 1)));
		void handlePeerMessage(chat.rows, bob.id, messages(...many));
		void handlePeerMessage(chat.rows, cat.id, messages(await signMessage(cat.identity, { text: 'between' })));
		await clock.advance(20);
		const order = news.indexOf('between');
		expect(order).toBeGreaterThanOrEqual(0);
		expect(order).toBeLessThan(3);
	});
});

describe('one who asks too much', () => {
	it('gets the conversation within what answers may cost, and no more', async () => {
		meet(bob, cat);
		for (let n = 0; n < 90; n++) chat.send('x'.repeat(limits.messageTextMax));
		setChannel(bob.id, true);
		await clock.advance(5_000);
		sent = [];
		const seconds = 120;
		for (let n = 0; n < seconds * 2; n++) {
			void handlePeerMessage(chat.rows, bob.id, have(nothingOf(ann)));
			await clock.advance(500);
		}
		const length = sent.filter(({ to }) => to === bob.id).reduce((sum, one) => sum + one.length, 0);
		const { burst, perSecond } = answerRates.each;
		expect(length).toBeGreaterThan(burst);
		expect(length).toBeLessThan(burst + (seconds + 5) * perSecond);
	});
});

it('leaves no timer behind', async () => {
	meet(bob, cat);
	setChannel(bob.id, true);
	await receive(bob.id, messages(await bobs(5)));
	await receive(bob.id, have([cat.incarnation, 9, 'AAAAAAAAAAAAAAAA', 1_000]));
	relayWorks = false;
	await send('hello');
	await clock.advance(100);
	expect(clock.pending).toBeGreaterThan(0);
	chat.close();
	await clock.advance(100);
	expect(clock.pending).toBe(0);
});
