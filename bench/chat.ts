/**
 * What the chat costs when somebody makes the most of it: the time of one message where thousands are held already, against the same where
 * none are, and the bytes given to one who asks for everything twice a second, against what answers may cost. With real signatures.
 */
import { answerRates } from '../src/lib/call/chat/answer-budget';
import { createChatSync, type ChatSync } from '../src/lib/call/chat/chat-sync';
import type { Clock } from '../src/lib/platform/platform';
import { createPageIdentity, createSignatureChecker, type PageIdentity } from '../src/lib/e2ee/page-identity';
import { limits } from '../src/lib/protocol';
import { handlePeerMessage } from '../src/lib/call/peer-messages/peer-table';
import { signedText, type ChatMessage } from '../src/lib/protocol/peer/chat';
import { FakeClock } from '../tests/support/fake-clock';
import { fakeHash } from '../tests/support/fake-identity';
import { browserClock } from '../src/lib/platform/browser-clock';
import { percentile, rounded, type BenchResult } from './support/bench';

const room = 'measured';
const { subtle } = globalThis.crypto;
/** Held when the log counts as full: nine authors who have written all that they may. */
const fullAuthors = 9;
const measured = 300;
const floodSeconds = 120;
const most = { fullToEmpty: 3, toBudget: 1.1 };

interface Subject {
	chat: ChatSync;
	/** Characters given to the others so far. */
	given(): number;
	/** Resolves once something else is shown. */
	shown(): Promise<void>;
}

async function createSubject(clock: Clock): Promise<Subject> {
	const own = await createPageIdentity(subtle);
	let given = 0;
	let waiting: (() => void)[] = [];
	const chat = createChatSync({
		clock,
		room,
		incarnation: own.incarnation,
		key: own.key,
		sign: own.sign,
		check: createSignatureChecker(subtle),
		hash: fakeHash,
		self: () => ({ id: 'participant-own', name: 'Own' }),
		sendDirect(_to, text) {
			given += text.length;
			return true;
		},
		sendRelay: () => Promise.resolve(false),
		onChange() {
			for (const resolve of waiting.splice(0)) resolve();
			waiting = [];
		},
		onNews: () => {},
	});
	return { chat, given: () => given, shown: () => new Promise((resolve) => waiting.push(resolve)) };
}

async function written(author: PageIdentity, count: number): Promise<ChatMessage[]> {
	return Promise.all(
		Array.from({ length: count }, async (_, n): Promise<ChatMessage> => {
			const { incarnation: stream, key } = author;
			const content = { author: 'author-of-it', authorName: 'Author', stream, sequence: n + 1, order: n + 1 };
			const message = { ...content, sentAt: 0, text: `message ${n} of theirs`, introduces: [] };
			return { ...message, signature: await author.sign(signedText(room, message)), key };
		}),
	);
}

/** Milliseconds of processor time for each of the last author's messages, with so many others' held already. */
async function costs(authors: number): Promise<number[]> {
	const { chat, shown } = await createSubject(browserClock);
	const people = await Promise.all(Array.from({ length: authors + 1 }, () => createPageIdentity(subtle)));
	const ends = people.map(({ incarnation }, n) => ({ id: `participant-${n}`, incarnation }));
	chat.setParticipants(ends);
	for (const [n, person] of people.entries()) {
		if (n === authors) break;
		void handlePeerMessage(chat.rows, ends[n]?.id ?? '', {
			type: 'chat-messages',
			messages: await written(person, limits.streamMessagesMax),
		});
	}
	while (chat.entries.length < authors * limits.streamMessagesMax) await shown();
	const result: number[] = [];
	for (const message of await written(people[authors] as PageIdentity, measured)) {
		const changed = shown();
		const before = process.cpuUsage();
		void handlePeerMessage(chat.rows, ends[authors]?.id ?? '', {
			type: 'chat-messages',
			messages: [message],
		});
		await changed;
		const { user, system } = process.cpuUsage(before);
		result.push((user + system) / 1_000);
	}
	chat.close();
	return result;
}

/** Characters a second, after the burst, given to one who says twice a second that they hold nothing. */
async function givenUnderFlood(): Promise<number> {
	const clock = new FakeClock();
	const { chat, given } = await createSubject(clock);
	const greedy = { id: 'participant-greedy', incarnation: 'g'.repeat(32) };
	chat.setParticipants([greedy]);
	chat.setChannel(greedy, true);
	const text = 'x'.repeat(limits.messageTextMax);
	for (let n = 0; n < limits.streamTextMax / text.length; n++) chat.send(text);
	while (chat.entries.some(({ state }) => state === 'waiting')) await clock.advance(100);
	const own = chat.entries[0]?.stream ?? '';
	const before = given();
	for (let n = 0; n < floodSeconds * 2; n++) {
		void handlePeerMessage(chat.rows, 'participant-greedy', {
			type: 'chat-have',
			streams: [[own, 0, '', limits.streamMessagesMax]],
			reply: false,
		});
		await clock.advance(500);
	}
	chat.close();
	return (given() - before - answerRates.each.burst) / floodSeconds;
}

export async function bench(): Promise<BenchResult> {
	const empty = percentile(await costs(0), 0.5);
	const full = percentile(await costs(fullAuthors), 0.5);
	const perSecond = await givenUnderFlood();
	const held = fullAuthors * limits.streamMessagesMax;
	return {
		rows: [
			{ what: 'one message, checked and shown, of an empty log', is: rounded(empty), unit: 'ms of CPU' },
			{ what: `the same where ${held} are held`, is: rounded(full), unit: 'ms of CPU' },
			{
				what: 'given to one who asks for all twice a second',
				is: rounded(perSecond / 1024, 1),
				unit: 'KiB/s',
			},
		],
		ratios: [
			{ what: 'a message at a full log, against an empty one', is: full / empty, most: most.fullToEmpty },
			{
				what: 'answers to one who asks too much, against what they may cost',
				is: perSecond / answerRates.each.perSecond,
				most: most.toBudget,
			},
		],
	};
}
