import { beforeEach, describe, expect, it } from 'vitest';
import type { DescriptionSignal, Signal } from '../../protocol';
import { createBucket, type Rate } from '../../protocol/token-bucket';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createFakeInternet, type FakeInternet } from '../../../../tests/support/fake-peer-connection';
import { describe as fakeSdp } from '../../../../tests/support/fake-sdp';
import { seededRandom } from '../../../../tests/support/random';
import { createEndBudget } from './end-budget';
import { createPair } from './pair';
import { progressAfter } from './pair-epoch';
import { epochLeapMax } from './signal-intake';
import { slotKinds, slots } from '../transport/transport';

let clock: FakeClock;
let internet: FakeInternet;

beforeEach(() => {
	clock = new FakeClock();
	internet = createFakeInternet(clock, seededRandom(3));
});

const plenty: Rate = { perSecond: 1, burst: 1_000 };

/** The end with the later id gives way: `zoe` is polite to `amy`. */
function makePair(self: string, other: string, peers: Rate = plenty) {
	const outbox: Signal[] = [];
	const looks = { atPublished: 0 };
	const pair = createPair(
		{ id: other, incarnation: 'load' },
		self,
		{ epoch: 0, heardEpoch: 0 },
		{
			clock,
			createPeerConnection: (configuration) => internet.createPeerConnection(configuration),
			configuration: () => ({}),
			budget: { ...createEndBudget(), peers: createBucket(peers) },
			hasRelays: () => false,
			lacksRelay: () => false,
			send: (signal) => outbox.push(signal),
			published() {
				looks.atPublished += 1;
				return {
					tracks: { microphone: null, camera: null, screen: null, screenAudio: null },
					conditions: { others: 1, encoderLoad: 0, saver: null },
				};
			},
			mediaChanged: () => {},
			messageReceived: () => {},
			stalled: () => {},
		},
	);
	return { pair, outbox, looks };
}

const description = (outbox: Signal[], type: 'offer' | 'answer') =>
	outbox.find((signal): signal is DescriptionSignal => signal.kind === 'description' && signal.type === type);

/** Both call, and the polite end is handed the other's candidates and then, overtaken by them, the offer. */
async function crossFirstOffers() {
	const [zoe, amy] = [makePair('zoe', 'amy'), makePair('amy', 'zoe')];
	zoe.pair.call();
	amy.pair.call();
	await clock.advance(100);
	const given = zoe.outbox.splice(0);
	for (const signal of amy.outbox.splice(0).reverse()) zoe.pair.handleSignal(signal);
	await clock.advance(100);
	return { zoe, amy, given };
}

it('answers the first offer it yields to with a fresh peer, which gets all that came for the one before', async () => {
	const { zoe, amy } = await crossFirstOffers();
	const [yielded, , fresh] = internet.connections;
	expect(yielded?.closed).toBe(true);
	expect(fresh?.remoteDescription?.sdp.match(/a=candidate/g)).toHaveLength(2);
	for (const signal of zoe.outbox.splice(0)) amy.pair.handleSignal(signal);
	await clock.advance(100);
	expect([zoe.pair.media.connection, amy.pair.media.connection]).toEqual(['connected', 'connected']);
	expect([zoe.pair.progress.epoch, amy.pair.progress.epoch]).toEqual([0, 0]);
});

it('numbers the offers of the fresh peer on from those of the one that yielded', async () => {
	const { zoe, amy, given } = await crossFirstOffers();
	expect(description(given, 'offer')?.offer).toBe(1);
	for (const signal of zoe.outbox.splice(0)) amy.pair.handleSignal(signal);
	await clock.advance(100);
	zoe.pair.peer.restartIce(false);
	await clock.advance(100);
	expect(description(zoe.outbox, 'offer')?.offer).toBe(2);
});

it('starts over when its abandoned offer turns out to have been answered: the answer was overtaken', async () => {
	const { zoe, given } = await crossFirstOffers();
	const { offer } = description(given, 'offer') as DescriptionSignal;
	zoe.outbox.length = 0;
	zoe.pair.handleSignal({ ...anOffer(0, offer), type: 'answer' });
	await clock.advance(100);
	expect(zoe.pair.progress.epoch).toBe(1);
	expect(description(zoe.outbox, 'offer')?.epoch).toBe(1);
});

describe('a later epoch', () => {
	it('[N3] begins with an offer, which replaces the peer; what is of an earlier epoch is void', async () => {
		const { pair, outbox } = makePair('zoe', 'amy');
		const { peer } = pair;
		pair.handleSignal(anOffer(2));
		expect(pair.progress.epoch).toBe(2);
		expect(pair.peer).not.toBe(peer);
		const second = pair.peer;
		pair.handleSignal(anOffer(1));
		expect([pair.progress.epoch, pair.peer]).toEqual([2, second]);
		await clock.advance(100);
		expect(description(outbox, 'answer')).toMatchObject({ epoch: 2, offer: 1 });
	});

	it('[N3] never begins with a candidate or an answer', async () => {
		const { pair } = makePair('zoe', 'amy');
		for (let epoch = 1; epoch <= 900; epoch++) {
			pair.handleSignal(aCandidate(epoch));
			pair.handleSignal({ ...anOffer(epoch), type: 'answer' });
		}
		await clock.advance(1_000);
		expect(pair.progress.epoch).toBe(0);
		expect(internet.connections).toHaveLength(1);
	});

	it('[N3] is never far ahead', async () => {
		const { pair } = makePair('zoe', 'amy');
		for (const epoch of [epochLeapMax + 1, 1_000, Number.MAX_SAFE_INTEGER]) pair.handleSignal(anOffer(epoch));
		expect(pair.progress.epoch).toBe(0);
		pair.handleSignal(anOffer(epochLeapMax));
		expect(pair.progress.epoch).toBe(epochLeapMax);
		await clock.advance(100);
	});

	it('[N8] keeps candidates that overtook its offer, in order', async () => {
		const { pair } = makePair('zoe', 'amy');
		for (const number of [1, 2, 3]) pair.handleSignal(aCandidate(2, number));
		pair.handleSignal(aCandidate(1, 9));
		pair.handleSignal(anOffer(2));
		await clock.advance(100);
		const applied = internet.connections.at(-1)?.remoteDescription?.sdp.match(/candidate:\d/g);
		expect(applied).toEqual(['candidate:1', 'candidate:2', 'candidate:3']);
	});

	it('is not gone into again and again while they do not follow, so that they always can', async () => {
		const { pair, outbox } = makePair('zoe', 'amy');
		for (let count = 0; count < 30; count++) {
			pair.rebuild();
			await clock.advance(100);
		}
		expect(pair.progress).toEqual({ epoch: epochLeapMax, heardEpoch: 0 });
		const offers = outbox.filter((signal) => signal.kind === 'description');
		expect(new Set(offers.map(({ epoch, offer }) => `${epoch} ${offer}`)).size).toBe(30);
		expect(progressAfter(pair.progress)).toEqual(pair.progress);
		pair.handleSignal(anOffer(epochLeapMax + 1));
		expect(pair.progress.epoch).toBe(epochLeapMax + 1);
	});
});

describe('a flood', () => {
	it('[N13] of offers in rising epochs gets the peers of its budget, and a peer again once there is one', async () => {
		const { pair, outbox } = makePair('zoe', 'amy', { perSecond: 0.2, burst: 6 });
		for (let epoch = 1; epoch <= 900; epoch++) {
			pair.handleSignal(anOffer(epoch));
			await clock.advance(10);
		}
		expect(internet.connections.length).toBeLessThanOrEqual(9);
		await clock.advance(10_000);
		outbox.length = 0;
		const { epoch } = pair.progress;
		pair.handleSignal(anOffer(epoch + 1));
		await clock.advance(1_000);
		expect(description(outbox, 'answer')).toMatchObject({ epoch: epoch + 1 });
	});

	it('[N5] of one offer is answered once a second', async () => {
		const { pair, outbox } = makePair('zoe', 'amy');
		for (let count = 0; count < 500; count++) {
			pair.handleSignal(anOffer(0));
			await clock.advance(20);
		}
		const answers = outbox.filter((signal) => signal.kind === 'description');
		expect(answers.length).toBeGreaterThan(5);
		expect(answers.length).toBeLessThanOrEqual(11);
	});

	it('[N14] of offers is answered no more often than an honest end offers, the last one in any case', async () => {
		const { pair, outbox } = makePair('zoe', 'amy');
		for (let offer = 1; offer <= 1_000; offer++) {
			pair.handleSignal(anOffer(0, offer));
			await clock.advance(10);
		}
		const answers = () => outbox.filter((signal) => signal.kind === 'description');
		expect(answers().length).toBeLessThanOrEqual(85);
		await clock.advance(1_000);
		expect(answers().at(-1)).toMatchObject({ type: 'answer', offer: 1_000 });
	});

	it('[N14] of candidates leaves the browser with a bounded number', async () => {
		const { pair } = makePair('zoe', 'amy');
		pair.handleSignal(anOffer(0));
		await clock.advance(100);
		for (let number = 0; number < 5_000; number++) pair.handleSignal(aCandidate(0, number));
		await clock.advance(10_000);
		expect(internet.connections[0]?.remoteDescription?.sdp.match(/a=candidate/g)?.length).toBeLessThan(80);
	});
});

describe('where the browser has no peer connection to give', () => {
	it('the tile says so, and another one is asked for until there is one', async () => {
		const give = internet.createPeerConnection;
		let asked = 0;
		internet.createPeerConnection = () => {
			asked++;
			throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
		};
		const [zoe, amy] = [makePair('zoe', 'amy'), makePair('amy', 'zoe')];
		zoe.pair.call();
		expect(zoe.pair.media.connection).toBe('failed');
		zoe.pair.handleSignal(anOffer(0));
		zoe.pair.networkChanged();
		await clock.advance(60_000);
		expect(asked).toBeGreaterThan(4);
		expect(asked).toBeLessThan(30);
		expect(zoe.pair.progress.epoch).toBe(0);
		internet.createPeerConnection = give;
		for (let turn = 0; turn < 100; turn++) {
			await clock.advance(500);
			for (const signal of zoe.outbox.splice(0)) amy.pair.handleSignal(signal);
			for (const signal of amy.outbox.splice(0)) zoe.pair.handleSignal(signal);
		}
		expect([zoe.pair.media.connection, amy.pair.media.connection]).toEqual(['connected', 'connected']);
	});

	it.each(['addTransceiver', 'createDataChannel'] as const)('or none that does %s', async (what) => {
		const give = internet.createPeerConnection;
		internet.createPeerConnection = (configuration) => {
			const made = give(configuration);
			made[what] = () => {
				throw new DOMException('not today', 'OperationError');
			};
			return made;
		};
		const { pair, outbox } = makePair('zoe', 'amy');
		pair.call();
		await clock.advance(10_000);
		expect(outbox).toEqual([]);
		internet.createPeerConnection = give;
		await clock.advance(20_000);
		expect(description(outbox, 'offer')).toBeDefined();
	});
});

it('a description that cannot be applied leads to a new peer', async () => {
	const { pair, outbox } = makePair('zoe', 'amy');
	const offer = anOffer(0);
	pair.handleSignal({ ...offer, sdp: offer.sdp.replace(/^o=/m, 's=') });
	await clock.advance(2_000);
	expect(pair.progress.epoch).toBe(1);
	expect(description(outbox, 'offer')?.epoch).toBe(1);
	pair.close();
	expect(clock.pending).toBe(0);
});

it('a repair that signaling held up is over when it turns out that media never stopped', async () => {
	const [zoe, amy] = [makePair('zoe', 'amy'), makePair('amy', 'zoe')];
	async function exchange() {
		for (let turn = 0; turn < 4; turn++) {
			for (const signal of zoe.outbox.splice(0)) amy.pair.handleSignal(signal);
			for (const signal of amy.outbox.splice(0)) zoe.pair.handleSignal(signal);
			await clock.advance(50);
		}
	}
	zoe.pair.call();
	await exchange();
	expect(zoe.pair.media.connection).toBe('connected');
	zoe.pair.signalingLost();
	zoe.pair.rebuild();
	zoe.pair.networkChanged();
	expect(zoe.pair.media.connection).toBe('reconnecting');
	zoe.pair.signalingResumed();
	await exchange();
	expect(zoe.pair.media.connection).toBe('connected');
});

const layout = [...slots.map((slot) => slotKinds[slot]), 'application'];

/** As somebody writes it who knows the layout and is nobody's peer. */
function anOffer(epoch: number, offer = 1): DescriptionSignal {
	const media = layout.map((kind, mid) => ({ kind, mid: String(mid), direction: 'sendrecv' as const }));
	const sdp = fakeSdp({
		...{ type: 'offer', fingerprint: 'stranger' },
		version: offer,
		ufrag: 'x',
		media,
		candidates: [],
	});
	return { kind: 'description', epoch, type: 'offer', offer, sdp };
}

function aCandidate(epoch: number, number = 1): Signal {
	const candidate = `candidate:${number} 1 udp 1 192.0.2.7 9 typ host`;
	return { kind: 'candidate', epoch, candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' };
}

it('sets its encoders anew for the newest of what the other end makes of them, and so often', async () => {
	const [zoe, amy] = [makePair('zoe', 'amy'), makePair('amy', 'zoe')];
	amy.pair.call();
	for (let turn = 0; turn < 10; turn += 1) {
		for (const signal of amy.outbox.splice(0)) zoe.pair.handleSignal(signal);
		for (const signal of zoe.outbox.splice(0)) amy.pair.handleSignal(signal);
		await clock.advance(100);
	}
	await clock.advance(5_000);
	const before = zoe.looks.atPublished;
	const text = JSON.stringify({ type: 'receiver-constraints', camera: null, screen: null });
	for (let count = 0; count < 1_000; count += 1) amy.pair.peer.sendMessage(text);
	await clock.advance(1_000);
	const times = zoe.looks.atPublished - before;
	expect(times).toBeGreaterThan(10);
	expect(times).toBeLessThan(40);
});
