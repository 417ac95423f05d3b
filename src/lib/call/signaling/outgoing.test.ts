import { beforeEach, describe, expect, it } from 'vitest';
import { connectionRates, type CertifiedSignal, type SignalInput, type WireError } from '../../protocol';
import { createBucket } from '../../protocol/token-bucket';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createOutgoing, type Outgoing } from './outgoing';
import { createSendPace } from './send-pace';

let clock: FakeClock;
let outgoing: Outgoing;
let isOpen: boolean;
/** What arrived at the server, and when. */
let sent: { to: string; what: string; atMs: number }[];
/** A server that refuses what the real one would. */
let refused: number;
let answer: (input: SignalInput) => WireError | null;
let began: number;

beforeEach(() => {
	clock = new FakeClock();
	[isOpen, sent, refused, answer, began] = [true, [], 0, () => null, clock.now()];
	const calls = createBucket(connectionRates.calls);
	const chars = createBucket(connectionRates.frameBytes);
	const relayed = createBucket(connectionRates.relayedChars);
	const meter = (size: number, relayedSize: number) => {
		const isRefused = [
			calls.take(1, clock.now()),
			chars.take(size, clock.now()),
			relayed.take(relayedSize, clock.now()),
		].some(({ ok }) => !ok);
		if (isRefused) refused++;
	};
	outgoing = createOutgoing(clock, createSendPace(), {
		isOpen: () => isOpen,
		sendSignal(input) {
			const { signal } = input;
			meter(signal.kind === 'description' ? signal.sdp.length : signal.candidate.length, 0);
			sent.push({ to: input.to, what: nameOf(signal), atMs: clock.now() - began });
			const refusal = answer(input);
			return refusal ? Promise.reject(new Error('refused', { cause: refusal })) : Promise.resolve();
		},
		sendRelay(input) {
			meter(input.sealed.length, input.sealed.length);
			sent.push({ to: input.to, what: 'relay', atMs: clock.now() - began });
			return Promise.resolve();
		},
		refusalOf: (error) => (error instanceof Error ? ((error.cause as WireError | undefined) ?? null) : null),
	});
});

const nameOf = (signal: CertifiedSignal) =>
	signal.kind === 'description'
		? `${signal.type} ${signal.epoch}.${signal.offer}`
		: (signal.candidate.split(' ')[0] ?? '');
const candidate = (number: number, epoch = 0): CertifiedSignal => ({
	...{ kind: 'candidate', epoch, candidate: `candidate:${number} 1 udp 1 192.0.2.7 9 typ host` },
	...{ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null },
});
const description = (
	type: 'offer' | 'answer',
	epoch: number,
	offer: number,
	sdp = 'v=0',
): CertifiedSignal => ({
	...{ kind: 'description', epoch, type, offer, sdp, key: '', signature: '' },
});
const add = (to: string, ...signals: CertifiedSignal[]) => {
	for (const signal of signals) outgoing.addSignal({ to, incarnation: 'load', signal });
};
const to = (id: string) => sent.filter((each) => each.to === id).map(({ what }) => what);

describe('the pace', () => {
	it('[L1] is never more than the server takes, whatever one end makes us say', async () => {
		for (let round = 0; round < 1_000; round++) {
			add('loud', description('answer', 0, round, 'x'.repeat(10_000)), candidate(round));
			await clock.advance(10);
		}
		await clock.advance(60_000);
		expect(refused).toBe(0);
		expect(sent.length).toBeGreaterThan(500);
	});

	it('[L1] holds for relayed texts as well, which are told when they are not taken', async () => {
		const outcomes: Promise<boolean>[] = [];
		for (let count = 0; count < 60; count++) {
			outcomes.push(
				outgoing.addRelay({ to: `a${count % 3}`, incarnation: 'load', sealed: 'x'.repeat(32_000) }),
			);
		}
		await clock.advance(120_000);
		expect(refused).toBe(0);
		expect(sent).toHaveLength(60);
		expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => true));
		for (let count = 0; count < 100; count++) {
			outcomes.push(outgoing.addRelay({ to: 'a0', incarnation: 'load', sealed: 'x'.repeat(32_000) }));
		}
		expect(await outcomes.at(-1)).toBe(false);
	});

	it('waits where errors have come close to what the server bears', async () => {
		answer = () => ({ code: 'bad-input' });
		for (let count = 0; count < 500; count++) {
			add(`end${count % 50}`, candidate(count));
			await clock.advance(1);
		}
		expect(sent.length).toBeLessThanOrEqual(connectionRates.errors.burst / 2 + 10);
		await clock.advance(60_000);
		expect(sent).toHaveLength(500);
	});
});

describe('one recipient', () => {
	it('makes no other wait: they are served in turn', async () => {
		for (let count = 0; count < 400; count++)
			add('loud', description('answer', 0, 0, 'x'.repeat(40_000)), candidate(count));
		for (let count = 0; count < 20; count++)
			add(`loud${count}`, ...Array.from({ length: 100 }, (_, at) => candidate(at)));
		add('honest', description('offer', 0, 1), candidate(1), candidate(2));
		await clock.advance(3_000);
		expect(to('honest')).toEqual(['offer 0.1', 'candidate:1', 'candidate:2']);
	});

	it('hears all in order, across a pause of the connection too', async () => {
		isOpen = false;
		add('bob', ...Array.from({ length: 300 }, (_, number) => candidate(number)));
		isOpen = true;
		outgoing.flush();
		await clock.advance(30_000);
		expect(to('bob')).toEqual(Array.from({ length: 300 }, (_, number) => `candidate:${number}`));
	});

	it('is told again on the next connection what the last one did not answer', async () => {
		answer = () => null;
		add('bob', candidate(1));
		await clock.advance(10);
		let lose = (_: Error) => {};
		const never = createOutgoing(clock, createSendPace(), {
			isOpen: () => isOpen,
			sendSignal: (input) =>
				new Promise((_, reject) => {
					sent.push({ to: input.to, what: nameOf(input.signal), atMs: 0 });
					lose = reject;
				}),
			sendRelay: () => Promise.resolve(),
			refusalOf: () => null,
		});
		never.addSignal({ to: 'amy', incarnation: 'load', signal: candidate(7) });
		lose(new Error('the socket is gone'));
		await clock.advance(10);
		expect(to('amy')).toEqual(['candidate:7']);
		never.detach();
		never.flush();
		expect(to('amy')).toEqual(['candidate:7', 'candidate:7']);
	});

	it('who is gone is said nothing more', async () => {
		answer = () => ({ code: 'no-such-participant' });
		add('bob', ...Array.from({ length: 300 }, (_, number) => candidate(number)));
		await clock.advance(60_000);
		expect(to('bob').length).toBeLessThanOrEqual(32);
	});

	it('who is said too much is said the latest, and not all', () => {
		isOpen = false;
		add(
			'bob',
			description('offer', 0, 1),
			...Array.from({ length: 1_000 }, (_, number) => candidate(number)),
		);
		isOpen = true;
		answer = () => null;
		outgoing.flush();
		expect(to('bob')[0]).toBe('offer 0.1');
		expect(to('bob')).not.toContain('candidate:0');
	});
});

describe('a description', () => {
	const queued = (...signals: CertifiedSignal[]) => {
		isOpen = false;
		add('bob', ...signals);
		isOpen = true;
		outgoing.flush();
		return to('bob');
	};

	it('takes the place of its repetitions and of those before it', () => {
		expect(
			queued(description('offer', 0, 1), description('offer', 0, 1), description('offer', 0, 2)),
		).toEqual(['offer 0.2']);
		sent = [];
	});

	it('goes before no candidate but those that are in it', () => {
		const { candidate: text } = candidate(1) as { candidate: string };
		expect(queued(candidate(1), candidate(2), description('answer', 0, 1, `v=0\r\na=${text}\r\n`))).toEqual([
			'candidate:2',
			'answer 0.1',
		]);
	});

	it('[N3] makes void all that is of an earlier epoch, and nothing of its own', () => {
		expect(
			queued(
				description('offer', 0, 1),
				candidate(1, 0),
				description('answer', 1, 1),
				candidate(2, 1),
				description('offer', 1, 1),
			),
		).toEqual(['answer 1.1', 'candidate:2', 'offer 1.1']);
	});
});
