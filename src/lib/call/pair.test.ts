import { beforeEach, expect, it } from 'vitest';
import type { DescriptionSignal, Signal } from '../protocol';
import { FakeClock } from '../../../tests/support/fake-clock';
import { createFakeInternet, type FakeInternet } from '../../../tests/support/fake-peer-connection';
import { seededRandom } from '../../../tests/support/random';
import { calledPatienceMs, createPair, type Pair } from './pair';

let clock: FakeClock;
let internet: FakeInternet;

beforeEach(() => {
	clock = new FakeClock();
	internet = createFakeInternet(clock, seededRandom(3));
});

/** The end with the later id gives way: `zoe` is polite to `amy`. */
function makePair(self: string, other: string): { pair: Pair; outbox: Signal[] } {
	const outbox: Signal[] = [];
	const pair = createPair({ id: other, incarnation: 'load' }, self, 0, {
		clock,
		createPeerConnection: internet.createPeerConnection,
		configuration: () => ({}),
		hasRelays: () => false,
		send: (signal) => outbox.push(signal),
		published: () => ({
			tracks: { microphone: null, camera: null, screen: null, screenAudio: null },
			conditions: { others: 1, strain: 0, saver: null },
		}),
		mediaChanged: () => {},
		messageReceived: () => {},
		stalled: () => {},
	});
	return { pair, outbox };
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
	expect([zoe.pair.epoch, amy.pair.epoch]).toEqual([0, 0]);
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
	zoe.pair.handleSignal({
		kind: 'description',
		epoch: 0,
		type: 'answer',
		offer,
		sdp: 'of a peer that is gone',
	});
	await clock.advance(100);
	expect(zoe.pair.epoch).toBe(1);
	expect(description(zoe.outbox, 'offer')?.epoch).toBe(1);
});

it('a signal of a later epoch replaces the peer, one of an earlier epoch is void', async () => {
	const { pair, outbox } = makePair('zoe', 'amy');
	const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' };
	const { peer } = pair;
	pair.handleSignal({ kind: 'candidate', epoch: 2, ...candidate });
	expect(pair.epoch).toBe(2);
	expect(pair.peer).not.toBe(peer);
	const second = pair.peer;
	pair.handleSignal({ kind: 'description', epoch: 1, type: 'offer', offer: 1, sdp: 'late' });
	expect([pair.epoch, pair.peer]).toEqual([2, second]);
	// The offer that was to follow may be lost; then this end calls, in that epoch.
	await clock.advance(calledPatienceMs + 100);
	expect(description(outbox, 'offer')?.epoch).toBe(2);
});

it('a description that cannot be applied leads to a new peer', async () => {
	const { pair, outbox } = makePair('zoe', 'amy');
	pair.handleSignal({ kind: 'description', epoch: 0, type: 'offer', offer: 1, sdp: 'nonsense' });
	await clock.advance(2_000);
	expect(pair.epoch).toBe(1);
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
