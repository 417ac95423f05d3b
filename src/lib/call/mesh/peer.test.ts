import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { FakeTrack } from '../../../../tests/support/fake-media-devices';
import { createFakeInternet } from '../../../../tests/support/fake-peer-connection';
import { seededRandom } from '../../../../tests/support/random';
import type { PeerConnection } from '../../platform/platform';
import { createPeer, senderMaxMs, type Published } from './peer';
import { sendingLimits } from '../adaptation/sending-limits';

const limits = sendingLimits({ others: 1, encoderLoad: 0, saver: null }, null);
const silent: Published = {
	tracks: { microphone: null, camera: null, screen: null, screenAudio: null },
	limits,
};

/** A peer on a browser's connection, with nothing said to anybody. */
function peerOn(connection: PeerConnection, clock: FakeClock) {
	const nothing = () => {};
	return createPeer(
		connection,
		clock,
		{ epoch: 0, polite: () => true, offersBefore: 0, adapt: (sdp) => sdp, published: silent },
		{
			...{ send: nothing, changed: nothing, settled: nothing },
			...{ yielded: nothing, failed: nothing, messageReceived: nothing },
		},
	);
}

it('[N9] [N11] has four transceivers both ways, in their order, and a channel that both ends know of', async () => {
	const clock = new FakeClock();
	const connection = createFakeInternet(clock, seededRandom(4)).createPeerConnection({});
	const added: unknown[] = [];
	const { addTransceiver, createDataChannel } = connection;
	connection.addTransceiver = (kind, init) => {
		added.push([kind, init?.direction ?? 'sendrecv']);
		return addTransceiver.call(connection, kind, init);
	};
	connection.createDataChannel = (label, init) => {
		added.push([label, init]);
		return createDataChannel.call(connection, label, init);
	};
	peerOn(connection, clock).call();
	await clock.advance(100);
	expect(added).toEqual([
		['audio', 'sendrecv'],
		['video', 'sendrecv'],
		['video', 'sendrecv'],
		['audio', 'sendrecv'],
		['parley', { negotiated: true, id: 0, ordered: true }],
	]);
});

it('a sender that takes no track keeps the others waiting no longer than a moment', async () => {
	const clock = new FakeClock();
	const connection = createFakeInternet(clock, seededRandom(5)).createPeerConnection({});
	const peer = peerOn(connection, clock);
	peer.call();
	await clock.advance(100);
	const [microphone, camera, screen] = connection.getTransceivers().map(({ sender }) => sender);
	if (!microphone || !camera || !screen) throw new Error('there are no transceivers');
	let takeAfterAll = () => {};
	const take = camera.replaceTrack.bind(camera);
	camera.replaceTrack = (track) =>
		new Promise((resolve) => (takeAfterAll = () => void take(track).then(resolve)));

	const track = (kind: 'audio' | 'video') => new FakeTrack(kind).asTrack();
	const shared = { ...silent.tracks, camera: track('video'), screen: track('video') };
	peer.publish({ tracks: shared, limits });
	await clock.advance(senderMaxMs + 100);
	expect(screen.track).toBe(shared.screen);
	const spoken = { ...shared, camera: null, microphone: track('audio') };
	peer.publish({ tracks: spoken, limits });
	await clock.advance(100);
	expect(microphone.track).toBe(spoken.microphone);

	// What it took after all is not what is wished for by now.
	camera.replaceTrack = take;
	takeAfterAll();
	await clock.advance(2 * senderMaxMs);
	expect(camera.track).toBeNull();
	expect(screen.track).toBe(shared.screen);
});
