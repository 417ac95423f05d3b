import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { holdingsMax } from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import { createChatDelivery, type ChatDelivery } from './chat-delivery';
import { updateRemotes, type Remote } from './chat-remote';

const hello: ChatPeerMessage = { type: 'chat-messages', messages: [] };

let clock: FakeClock;
let remotes: Map<string, Remote>;
let delivery: ChatDelivery;
let signalingUp: boolean;
let channelTakes: boolean;
let relayTakes: boolean;
let taken: string[];
/** What was tried, and when. */
let tried: { by: 'channel' | 'relay'; to: string; about: string[]; atMs: number }[];
let sent: ChatPeerMessage[];
let ann: Remote;
let bob: Remote;

beforeEach(() => {
	clock = new FakeClock();
	remotes = new Map();
	[signalingUp, channelTakes, relayTakes, taken, tried, sent] = [true, true, true, ['own', 'a', 'b'], [], []];
	const beganAt = clock.now();
	const note = (by: 'channel' | 'relay', to: string, text: string) => {
		const message = JSON.parse(text) as ChatPeerMessage;
		const about = message.type === 'chat-have' ? message.streams.map(([name]) => name) : [];
		tried.push({ by, to, about, atMs: clock.now() - beganAt });
	};
	updateRemotes(remotes, ['ann', 'bob'].map((id) => ({ id, incarnation: `${id}-1` })), 0); // prettier-ignore
	[ann, bob] = [...remotes.values()] as [Remote, Remote];
	delivery = createChatDelivery({
		...{ clock, remotes },
		isSignalingUp: () => signalingUp,
		holding: (stream) => [stream, 0, '', 1],
		taken: () => taken,
		sent: (message) => sent.push(message),
		sendDirect(to, text) {
			if (!remotes.get(to)?.channelOpen) return false;
			note('channel', to, text);
			return channelTakes;
		},
		sendRelay({ id }, text) {
			note('relay', id, text);
			return Promise.resolve(relayTakes);
		},
	});
});

const times = () => tried.map(({ atMs }) => atMs);

describe('a message', () => {
	it('goes by the data channel where one is open, else by the relay', async () => {
		expect(await delivery.deliver(ann, hello)).toBe(true);
		ann.channelOpen = true;
		expect(await delivery.deliver(ann, hello)).toBe(true);
		expect(tried.map(({ by }) => by)).toEqual(['relay', 'channel']);
		expect(sent).toEqual([hello, hello]);
	});

	it('does not go through the server because a channel is full: what we hold is told later', async () => {
		ann.channelOpen = true;
		channelTakes = false;
		expect(await delivery.deliver(ann, hello)).toBe(false);
		channelTakes = true;
		await clock.advance(10_000);
		expect(tried.map(({ by }) => by)).toEqual(['channel', 'channel']);
		expect(sent).toMatchObject([{ type: 'chat-have', reply: false }]);
	});

	it('is followed, where it was refused, by tries ever further apart, up to half a minute', async () => {
		relayTakes = false;
		await delivery.deliver(ann, hello);
		await clock.advance(130_000);
		expect(times()).toEqual([0, 2_000, 6_000, 14_000, 30_000, 60_000, 90_000, 120_000]);
		relayTakes = true;
		await clock.advance(20_000);
		relayTakes = false;
		tried = [];
		await delivery.deliver(ann, hello);
		await clock.advance(2_000);
		expect(times(), 'a success begins anew').toEqual([150_000, 152_000]);
	});

	it('waits for nothing while there is neither a channel nor signaling', async () => {
		signalingUp = false;
		expect(await delivery.deliver(ann, hello)).toBe(false);
		expect([tried, clock.pending]).toEqual([[], 0]);
	});

	it('leaves no timer for one who left while it was being refused', async () => {
		relayTakes = false;
		const delivered = delivery.deliver(ann, hello);
		updateRemotes(remotes, [bob.end], 0);
		await delivered;
		expect(clock.pending).toBe(0);
	});
});

describe('what we hold', () => {
	it('[C3] is told in parts that fit a message, all of them at once, and each stream once', () => {
		ann.channelOpen = true;
		taken = ['own', 'own', ...Array.from({ length: 2 * holdingsMax }, (_, n) => `stream ${n}`)];
		delivery.tell(ann, true);
		expect(tried.map(({ about }) => about.length)).toEqual([holdingsMax, holdingsMax, 1]);
		expect(tried[0]?.about[0]).toBe('own');
	});

	it('is told once for several reasons that come within a second, to everyone but the one it came from', async () => {
		delivery.spread(['a'], bob);
		await clock.advance(500);
		delivery.spread(['b', 'a'], bob);
		await clock.advance(10_000);
		expect(tried).toMatchObject([{ to: 'ann', about: ['a', 'b'], atMs: 1_000 }]);
	});

	it('is told whole when one of the reasons is about everything, whichever came first', async () => {
		delivery.tellLater(ann, 1_000, ['a']);
		delivery.tellLater(ann, 1_000);
		delivery.tellLater(bob, 1_000);
		delivery.tellLater(bob, 1_000, ['a']);
		await clock.advance(10_000);
		expect(tried.map(({ about }) => about)).toEqual([taken, taken]);
	});

	it('is not told a second time later when all of it has been told, but is when only some has', async () => {
		delivery.tellLater(ann, 1_000);
		delivery.tell(ann, false);
		expect(clock.pending).toBe(0);
		delivery.tellLater(ann, 1_000);
		delivery.tell(ann, false, ['a']);
		await clock.advance(1_000);
		expect(tried.map(({ about }) => about)).toEqual([taken, ['a'], taken]);
	});

	it('is told to nobody who has left, though somebody else has come back under their id', async () => {
		delivery.tellLater(ann, 1_000);
		updateRemotes(remotes, [{ id: 'ann', incarnation: 'ann-2' }], 0);
		delivery.tellLater(ann, 1_000);
		await clock.advance(10_000);
		expect([tried, clock.pending]).toEqual([[], 0]);
	});
});
