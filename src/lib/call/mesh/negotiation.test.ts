import { beforeEach, describe, expect, it } from 'vitest';
import type { DescriptionSignal, Signal } from '../../protocol';
import { FakeClock } from '../../../../tests/support/fake-clock';
import {
	createFakeInternet,
	type FakeInternet,
	type FakePeerConnection,
} from '../../../../tests/support/fake-peer-connection';
import { seededRandom } from '../../../../tests/support/random';
import { createNegotiation, offerPatienceMs, repeatedAnswerMs, type Negotiation } from './negotiation';

interface End {
	connection: FakePeerConnection;
	negotiation: Negotiation;
	/** Everything sent and not yet delivered. */
	outbox: Signal[];
	settled: number;
	yielded: Signal[] | null;
	failure: unknown;
}

let clock: FakeClock;
let internet: FakeInternet;

function makeEnd(polite: boolean, offersBefore = 0): End {
	const connection = internet.createPeerConnection();
	const end: End = {
		connection: internet.connections.at(-1) as FakePeerConnection,
		negotiation: createNegotiation(
			connection,
			clock,
			{ epoch: 0, polite: () => polite, offersBefore, adapt: (sdp) => sdp },
			{
				send: (signal) => end.outbox.push(signal),
				beforeAnswer: () => {
					for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv';
				},
				settled: () => end.settled++,
				yielded: (unused) => (end.yielded = unused),
				failed: (error) => (end.failure = error),
			},
		),
		outbox: [],
		settled: 0,
		yielded: null,
		failure: null,
	};
	return end;
}

/** Makes the first offer: a layout of its own, begun in one go. */
function call({ negotiation, connection }: End): void {
	negotiation.begin();
	connection.addTransceiver('audio');
}

const isDescription = (signal: Signal): signal is DescriptionSignal => signal.kind === 'description';
const descriptions = ({ outbox }: End) => outbox.filter(isDescription);

/** Takes the first waiting description, leaving the candidates. */
function takeDescription({ outbox }: End): Signal {
	return outbox.splice(outbox.findIndex(isDescription), 1)[0] as Signal;
}

/** Delivers all there is, both ways, until both have nothing more to say. */
async function converse(a: End, b: End): Promise<void> {
	do {
		for (const signal of a.outbox.splice(0)) b.negotiation.handleSignal(signal);
		for (const signal of b.outbox.splice(0)) a.negotiation.handleSignal(signal);
		await clock.advance(100);
	} while (a.outbox.length + b.outbox.length > 0);
}

async function connect(a: End, b: End): Promise<void> {
	call(a);
	await clock.advance(100);
	await converse(a, b);
}

beforeEach(() => {
	clock = new FakeClock();
	internet = createFakeInternet(clock, seededRandom(1));
});

describe('an offer and its answer', () => {
	it('settle both ends and connect them', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		await connect(a, b);
		expect([a.settled, b.settled]).toEqual([1, 1]);
		expect(a.connection.linkedTo).toBe(b.connection);
		expect(a.connection.connectionState).toBe('connected');
	});

	it('[N5] an unanswered offer is sent again, ever more patiently, with the candidates gathered since', async () => {
		const a = makeEnd(true);
		call(a);
		await clock.advance(100);
		const first = takeDescription(a) as DescriptionSignal;
		expect(first.sdp).not.toContain('candidate:');
		a.outbox.length = 0;

		await clock.advance(offerPatienceMs.first);
		const again = takeDescription(a) as DescriptionSignal;
		expect(again.offer).toBe(first.offer);
		expect(again.sdp).toContain('candidate:');
		await clock.advance(offerPatienceMs.first);
		expect(descriptions(a)).toEqual([]);
		await clock.advance(offerPatienceMs.first);
		expect(descriptions(a)).toHaveLength(1);
		await clock.advance(10 * offerPatienceMs.most);
		expect(descriptions(a).length).toBeGreaterThanOrEqual(10);
	});

	it('an offer that was answered is not sent again', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		await connect(a, b);
		await clock.advance(10 * offerPatienceMs.most);
		a.negotiation.sendOfferAgain();
		expect(a.outbox).toEqual([]);
	});

	it('[N5] a repeated offer is answered again, without being applied again', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(100);
		const offer = takeDescription(a);
		b.negotiation.handleSignal(offer);
		await clock.advance(100);
		b.outbox.length = 0; // the answer is lost
		b.negotiation.handleSignal(offer);
		await clock.advance(repeatedAnswerMs);
		expect(b.settled).toBe(1);
		expect(descriptions(b)).toMatchObject([{ type: 'answer', offer: 1 }]);
		await converse(a, b);
		expect(a.connection.linkedTo).toBe(b.connection);
	});

	it('[N5] an offer repeated all the time is answered once a second, and once more when it stops', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(100);
		const offer = takeDescription(a);
		for (let count = 0; count < 300; count++) {
			b.negotiation.handleSignal(offer);
			await clock.advance(10);
		}
		expect(descriptions(b).length).toBeLessThanOrEqual(4);
		b.outbox.length = 0;
		await clock.advance(repeatedAnswerMs);
		expect(descriptions(b)).toMatchObject([{ type: 'answer', offer: 1 }]);
		await clock.advance(60_000);
		expect(descriptions(b)).toHaveLength(1);
	});

	it('[N4] an answer to an earlier offer is ignored, and so is the second copy of one', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(100);
		b.negotiation.handleSignal(takeDescription(a));
		await clock.advance(100);
		const answer = takeDescription(b);
		a.negotiation.handleSignal(answer);
		a.negotiation.handleSignal(answer);
		await converse(a, b);
		a.connection.restartIce();
		await clock.advance(100);
		a.negotiation.handleSignal(answer);
		await clock.advance(100);
		expect(a.connection.signalingState).toBe('have-local-offer');
		await converse(a, b);
		expect(a.failure).toBeNull();
		expect(a.settled).toBe(2);
		expect(a.connection.linkedTo).toBe(b.connection);
	});

	it('an offer older than one already answered is void', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(100);
		const old = a.outbox.find(isDescription) as Signal;
		await converse(a, b);
		a.connection.restartIce();
		await clock.advance(100);
		await converse(a, b);
		const { sdp } = b.connection.remoteDescription as { sdp: string };
		b.negotiation.handleSignal(old);
		await clock.advance(100);
		expect(b.connection.remoteDescription?.sdp).toBe(sdp);
		expect(descriptions(b)).toEqual([]);
	});

	it('a description that cannot be applied is told once, and nothing is tried after it', async () => {
		const b = makeEnd(false);
		b.negotiation.handleSignal({ kind: 'description', epoch: 0, offer: 1, type: 'offer', sdp: 'nonsense' });
		await clock.advance(100);
		expect(b.failure).toMatchObject({ name: 'OperationError' });
		b.failure = null;
		b.connection.addTransceiver('audio');
		await clock.advance(100);
		expect([b.outbox, b.failure]).toEqual([[], null]);
	});
});

describe('candidates', () => {
	it('[N8] that arrive before their description wait for it', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(100);
		const offer = takeDescription(a);
		for (const candidate of a.outbox.splice(0)) b.negotiation.handleSignal(candidate);
		await clock.advance(100);
		b.negotiation.handleSignal(offer);
		await clock.advance(100);
		expect(b.connection.remoteDescription?.sdp.match(/a=candidate/g)).toHaveLength(2);
	});

	it('[N8] of the next ICE generation wait for its description, though an earlier one is applied', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		await connect(a, b);
		a.connection.restartIce();
		await clock.advance(100);
		const offer = takeDescription(a);
		for (const candidate of a.outbox.splice(0)) b.negotiation.handleSignal(candidate);
		await clock.advance(100);
		b.negotiation.handleSignal(offer);
		await clock.advance(100);
		expect(b.connection.remoteDescription?.sdp.match(/a=candidate/g)).toHaveLength(2);
	});

	it('that cannot be read are no failure', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		await connect(a, b);
		b.connection.addIceCandidate = () => Promise.reject(new DOMException('unreadable', 'OperationError'));
		const candidate = { candidate: 'candidate:?', sdpMid: '9', sdpMLineIndex: 9, usernameFragment: null };
		b.negotiation.handleSignal({ kind: 'candidate', epoch: 0, ...candidate });
		await clock.advance(100);
		expect(b.failure).toBeNull();
	});
});

describe('glare', () => {
	it('[N6] in the first offers: the impolite end goes on, the polite one hands back all it received', async () => {
		const [polite, impolite] = [makeEnd(true), makeEnd(false)];
		call(polite);
		call(impolite);
		await clock.advance(100);
		const received = impolite.outbox.splice(0);
		for (const signal of [...received].reverse()) polite.negotiation.handleSignal(signal);
		for (const signal of polite.outbox.splice(0)) impolite.negotiation.handleSignal(signal);
		await clock.advance(100);
		expect(polite.yielded).toHaveLength(received.length);
		expect(polite.yielded).toEqual(expect.arrayContaining(received));
		expect(impolite.connection.signalingState).toBe('have-local-offer');
		expect(impolite.failure).toBeNull();
	});

	it('is also an offer that arrives between our first transceiver and our first offer', async () => {
		const [polite, impolite] = [makeEnd(true), makeEnd(false)];
		call(impolite);
		await clock.advance(100);
		call(polite);
		polite.negotiation.handleSignal(takeDescription(impolite));
		await clock.advance(100);
		expect(polite.yielded).not.toBeNull();
	});

	it.each(['polite', 'impolite'])(
		'a rollback leaves what is received as it is, called first by the %s end',
		async (caller) => {
			const [polite, impolite] = [makeEnd(true), makeEnd(false)];
			await (caller === 'polite' ? connect(polite, impolite) : connect(impolite, polite));
			const { sdp } = polite.connection.localDescription as { sdp: string };
			polite.connection.restartIce();
			impolite.connection.restartIce();
			await clock.advance(100);
			await converse(polite, impolite);
			expect(polite.connection.localDescription?.sdp).not.toBe(sdp);
			expect(polite.connection.blind).toBe(false);
			expect(polite.connection.linkedTo).toBe(impolite.connection);
		},
	);

	it('a hundred times in a row ends stable and connected, with the transceivers it began with', async () => {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		await connect(a, b);
		for (let round = 0; round < 100; round++) {
			a.connection.restartIce();
			b.connection.restartIce();
			await clock.advance(round % 2 === 0 ? 10 : 100);
			await converse(a, b);
			expect(a.connection.signalingState, `round ${round}`).toBe('stable');
			expect(a.connection.linkedTo).toBe(b.connection);
		}
		expect([a, b].map(({ connection }) => connection.getTransceivers().length)).toEqual([1, 1]);
		expect([a.failure, b.failure]).toEqual([null, null]);
		expect(a.settled).toBeGreaterThan(100); // the offers that gave way were made again
	});
});

it('[N7] numbers offers on from those of the connection before', async () => {
	const a = makeEnd(true, 3);
	call(a);
	await clock.advance(100);
	expect(takeDescription(a)).toMatchObject({ offer: 4 });
	expect(a.negotiation.offersMade).toBe(4);
});

it('an offer that is wanted waits until the one before is answered', async () => {
	const [a, b] = [makeEnd(true), makeEnd(false)];
	call(a);
	await clock.advance(100);
	a.connection.onnegotiationneeded?.();
	await clock.advance(100);
	expect(descriptions(a)).toHaveLength(1);
	await converse(a, b);
	expect(a.negotiation.offersMade).toBe(2);
});

it('a step that comes back although it was closed meanwhile has no consequences', async () => {
	const [a, b] = [makeEnd(true), makeEnd(false)];
	call(a);
	await clock.advance(100);
	let setUp = false;
	b.connection.getTransceivers = () => {
		setUp = true;
		return [];
	};
	b.connection.setRemoteDescription = () => Promise.resolve(b.negotiation.close());
	b.negotiation.handleSignal(takeDescription(a));
	await clock.advance(100);
	expect([setUp, b.outbox, b.settled, b.failure]).toEqual([false, [], 0, null]);
	const c = makeEnd(true);
	c.connection.setLocalDescription = () => Promise.reject(new Error(String(c.negotiation.close())));
	call(c);
	await clock.advance(100);
	expect([c.outbox, c.failure]).toEqual([[], null]);
});

it('nothing is sent, told or left running once it is closed, whichever step it was in', async () => {
	for (let moment = 0; moment < 60; moment++) {
		const [a, b] = [makeEnd(true), makeEnd(false)];
		call(a);
		await clock.advance(5);
		for (const signal of a.outbox.splice(0)) b.negotiation.handleSignal(signal);
		await clock.advance(moment % 8);
		for (const signal of b.outbox.splice(0)) a.negotiation.handleSignal(signal);
		if (moment % 3 === 0) b.connection.restartIce();
		await clock.advance(moment / 8);
		const told = [a.settled, b.settled];
		for (const end of [a, b]) {
			end.negotiation.close();
			end.connection.close();
			end.outbox.length = 0;
		}
		await clock.advance(60_000);
		expect([a.outbox, b.outbox, a.failure, b.failure]).toEqual([[], [], null, null]);
		expect([a.settled, b.settled]).toEqual(told);
		expect(clock.pending).toBe(0);
	}
});
