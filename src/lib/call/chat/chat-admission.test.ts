import { beforeEach, describe, expect, it } from 'vitest';
import { forgedSignature, messageFrom, signMessage } from '../../../../tests/support/chat-messages';
import { room } from '../../../../tests/support/chat-world';
import { settle } from '../../../../tests/support/fake-clock';
import { fakeCheck, fakeIdentity, type FakeIdentity } from '../../../../tests/support/fake-identity';
import type { ChatMessage } from '../../protocol/peer/chat';
import { createChatAdmission, type ChatAdmission } from './chat-admission';
import { createChatStreams, type ChatStreams, type Fork } from './chat-streams';

const [own, ann, stranger] = ['own', 'ann', 'stranger'].map(fakeIdentity) as [
	FakeIdentity,
	FakeIdentity,
	FakeIdentity,
];

let streams: ChatStreams;
let admission: ChatAdmission<string>;
let closed: boolean;
let checks: number;
let log: string[];
let forks: Fork[];
/** Signatures are checked once this is called, where `isSlow`. */
let release: () => void;
let isSlow: boolean;

beforeEach(() => {
	streams = createChatStreams(room);
	for (const { incarnation } of [own, ann]) streams.meet(incarnation);
	[closed, isSlow, checks, log, forks] = [false, false, 0, [], []];
	const released = new Promise<void>((resolve) => (release = resolve));
	admission = createChatAdmission<string>({
		...{ room, streams, own: own.incarnation },
		async check(signed, text) {
			checks++;
			if (isSlow) await released;
			return fakeCheck(signed, text);
		},
		tailAfter: ({ sequence, text }) => Promise.resolve(`tail ${sequence} ${text}`),
		isClosed: () => closed,
		later: (from) => log.push(`later ${from}`),
		admitted(from, message, tail) {
			log.push(`${message.text} from ${from}, ${tail}`);
			streams.add(message, tail);
		},
		forked(fork) {
			forks.push(fork);
			streams.end(fork);
		},
	});
});

const anns = (sequence: number, text: string) => signMessage(ann, { sequence, text });
const admitAll = async (...messages: ChatMessage[]) => {
	for (const message of messages) await admission.admit('bob', message);
};

describe('a message', () => {
	it('[C1] comes in when it is the next of its stream and its author signed it', async () => {
		await admitAll(await anns(1, 'hello'), await anns(2, 'there'));
		expect(log).toEqual(['hello from bob, tail 1 hello', 'there from bob, tail 2 there']);
	});

	it('stays outside when somebody else signed it, and the genuine one still comes in', async () => {
		const forged = { ...(await anns(1, 'hello')), text: 'not what she said' };
		const signedByAnother = messageFrom(ann, {
			text: 'mine',
			...{ key: stranger.key, signature: (await signMessage(stranger)).signature },
		});
		await admitAll(forged, signedByAnother, messageFrom(ann, { signature: forgedSignature }));
		expect(log).toEqual([]);
		await admitAll(await anns(1, 'hello'));
		expect(log).toHaveLength(1);
	});

	it('costs no check where it could not come in anyway: in our own stream, from a stranger, known or too early', async () => {
		await admitAll(await anns(1, 'hello'));
		checks = 0;
		await admitAll(await signMessage(own), await signMessage(stranger), await anns(1, 'hello'));
		expect(log).toHaveLength(1);
		await admitAll(await anns(3, 'too early'));
		expect(log.slice(1)).toEqual(['later bob']);
		expect(checks).toBe(0);
	});

	it('comes in once when it arrives from two people while it is being checked', async () => {
		isSlow = true;
		const message = await anns(1, 'hello');
		const both = ['bob', 'cat'].map((from) => admission.admit(from, message));
		release();
		await Promise.all(both);
		expect(log).toEqual(['hello from bob, tail 1 hello']);
	});

	it('is dropped when the chat closes while it is being checked', async () => {
		isSlow = true;
		const admitted = admission.admit('bob', await anns(1, 'hello'));
		closed = true;
		release();
		await admitted;
		expect(log).toEqual([]);
	});

	it('[C9] proves that its author said two things, with the key that whoever gets the proof may lack', async () => {
		await admitAll(await anns(1, 'first'), await anns(2, 'yes'));
		await admitAll({ ...messageFrom(ann, { sequence: 2, text: 'forged' }) });
		expect(forks).toEqual([]);
		await admitAll(await anns(2, 'no'));
		expect(forks.map((fork) => fork.map(({ text, key }) => [text, key]))).toEqual([
			[
				['yes', ann.key],
				['no', ann.key],
			],
		]);
	});
});

describe('[C9] a proof', () => {
	const proof = async (): Promise<Fork> => [await anns(1, 'yes'), await anns(1, 'no')];

	it('is taken of a stream of which nothing is held, and both messages carry its key', async () => {
		const [yes, no] = await proof();
		const { key: _, ...keyless } = no;
		expect(await admission.admitFork([yes, keyless])).toBe(true);
		expect(forks[0]?.map(({ key }) => key)).toEqual([ann.key, ann.key]);
	});

	it('proves nothing unless two signed messages under one number say different things', async () => {
		const [yes, no] = await proof();
		const unsigned = { ...no, signature: forgedSignature };
		for (const fork of [
			[yes, yes],
			[yes, await anns(2, 'no')],
			[yes, unsigned],
			[unsigned, yes],
			[yes, await signMessage(stranger, { text: 'no' })],
		] as Fork[]) {
			expect(await admission.admitFork(fork)).toBe(false);
		}
		expect(forks).toEqual([]);
	});

	it('ends neither our own stream nor one that is not taken', async () => {
		for (const author of [own, stranger]) {
			const fork: Fork = [await signMessage(author, { text: 'a' }), await signMessage(author, { text: 'b' })];
			expect(await admission.admitFork(fork)).toBe(false);
		}
		expect([forks, checks]).toEqual([[], 0]);
	});

	it('is news once, also when it comes from two people while it is being checked', async () => {
		isSlow = true;
		const fork = await proof();
		const both = [admission.admitFork(fork), admission.admitFork(fork)];
		release();
		expect(await Promise.all(both)).toEqual([true, false]);
		expect(await admission.admitFork(fork)).toBe(false);
		expect(forks).toHaveLength(1);
	});

	it('is dropped when the chat closes while it is being checked', async () => {
		isSlow = true;
		const admitted = admission.admitFork(await proof());
		await settle();
		closed = true;
		release();
		expect(await admitted).toBe(false);
		expect(forks).toEqual([]);
	});
});
