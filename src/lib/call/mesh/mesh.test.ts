import { beforeEach, describe, expect, it } from 'vitest';
import { limits, type Signal } from '../../protocol';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createFakeInternet, type FakeInternet } from '../../../../tests/support/fake-peer-connection';
import { createLinkedRoom, type LinkedRoom, type Member } from '../../../../tests/support/linked-signaling';
import { seededRandom } from '../../../../tests/support/random';
import { readFingerprints } from '../../e2ee/fingerprints';
import { createMesh } from './mesh';
import { dataChannelBufferMaxBytes } from './peer';
import { failedAfterMs } from './recovery';
import type { RemoteEnd } from '../transport/transport';

let clock: FakeClock;
let internet: FakeInternet;
let room: LinkedRoom;

beforeEach(() => {
	clock = new FakeClock();
	const random = seededRandom(7);
	internet = createFakeInternet(clock, random);
	room = createLinkedRoom({ clock, random, createPeerConnection: internet.createPeerConnection });
});

const open = () => internet.connections.filter(({ closed }) => !closed);
const state = (member: Member, id: string) => member.mesh.media(id)?.connection;
const track = (id: string, kind: string) => ({ id, kind }) as MediaStreamTrack;

async function joinBoth(): Promise<[Member, Member]> {
	const both: [Member, Member] = [room.join('alice'), room.join('bob')];
	await clock.advance(1_000);
	expect(both.map(({ mesh }, index) => mesh.media(index === 0 ? 'bob' : 'alice')?.connection)).toEqual([
		'connected',
		'connected',
	]);
	return both;
}

describe('a new end', () => {
	it('[N1] is called by the one who is told to, and shows its four tracks once connected', async () => {
		const [alice] = await joinBoth();
		expect(open()).toHaveLength(2);
		const media = alice.mesh.media('bob');
		expect([media?.microphone, media?.camera, media?.screen, media?.screenAudio].map((t) => t?.kind)).toEqual(
			['audio', 'video', 'video', 'audio'],
		);
		expect(alice.told.get('bob')).toBe(media);
	});

	it('[N2] that believes that we call it is called by both in the end', async () => {
		const [alice, bob] = [room.join('alice'), room.join('bob')];
		const ends = [alice.end, bob.end];
		for (const { mesh, end } of [alice, bob]) mesh.sync(end, ends, () => false);
		await clock.advance(6_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
	});

	it('that never answers stays connecting, and is offered again', async () => {
		const sent: Signal[] = [];
		const mesh = lonelyMesh(sent);
		mesh.sync({ id: 'me', incarnation: 'x' }, [{ id: 'them', incarnation: 'y' }], () => true);
		await clock.advance(5 * failedAfterMs);
		expect(mesh.media('them')).toMatchObject({
			connection: 'connecting',
			camera: null,
			dataChannelOpen: false,
		});
		expect(sent.filter(({ kind }) => kind === 'description').length).toBeGreaterThan(5);
		mesh.close();
		expect(clock.pending).toBe(0);
	});

	it('may signal before the roster names it: what it said is kept until then', async () => {
		const sent: Signal[] = [];
		const [them, me] = [lonelyMesh(sent), lonelyMesh([])];
		const [theirEnd, myEnd] = [
			{ id: 'them', incarnation: 'y' },
			{ id: 'me', incarnation: 'x' },
		];
		them.sync(theirEnd, [myEnd], () => true);
		await clock.advance(100);
		for (const signal of sent) me.handleSignal(theirEnd, signal);
		me.handleSignal({ ...theirEnd, incarnation: 'older' }, { ...(sent[0] as Signal), epoch: 9 });
		me.sync(myEnd, [theirEnd], () => true);
		await clock.advance(100);
		expect(internet.connections[1]?.remoteDescription?.type).toBe('offer');
	});
});

describe('one end that floods', () => {
	const candidate: Signal = {
		...{ kind: 'candidate', epoch: 0, candidate: 'candidate:1 1 udp 1 192.0.2.7 9 typ host' },
		...{ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' },
	};

	it('[N14] before the roster names it leaves room for what others have said by then', async () => {
		const sent: Signal[] = [];
		const [them, me] = [lonelyMesh(sent), lonelyMesh([])];
		const [theirEnd, myEnd, flooder] = [
			{ id: 'them', incarnation: 'y' },
			{ id: 'me', incarnation: 'x' },
			{ id: 'flooder', incarnation: 'z' },
		];
		them.sync(theirEnd, [myEnd], () => true);
		await clock.advance(100);
		for (const signal of sent) me.handleSignal(theirEnd, signal);
		for (let count = 0; count < 10_000; count++) me.handleSignal(flooder, candidate);
		me.sync(myEnd, [theirEnd, flooder], () => true);
		await clock.advance(100);
		expect(internet.connections[1]?.remoteDescription?.type).toBe('offer');
	});

	it('[N13] has its peers counted over its page loads, and takes none from others', async () => {
		const [alice, bob] = await joinBoth();
		const before = internet.connections.length;
		const offer = (epoch: number): Signal => ({
			...{ kind: 'description', epoch, type: 'offer', offer: 1 },
			sdp: open()[0]?.localDescription?.sdp ?? '',
		});
		const ends = (load: number) => [alice.end, bob.end, { id: 'flooder', incarnation: `f${load}` }];
		for (let load = 0; load < 20; load++) {
			alice.mesh.sync(alice.end, ends(load), () => false);
			for (let epoch = 1; epoch <= 8; epoch++) {
				alice.mesh.handleSignal({ id: 'flooder', incarnation: `f${load}` }, offer(epoch));
			}
		}
		expect(internet.connections.length - before).toBeLessThanOrEqual(30);
		bob.mesh.rebuild('alice');
		await clock.advance(1_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
	});
});

describe('an end that is there already', () => {
	it('is never touched by another sync', async () => {
		const [alice, bob] = await joinBoth();
		const before = open();
		room.join('carol');
		await clock.advance(1_000);
		room.leave('carol');
		await clock.advance(1_000);
		expect(open()).toEqual(before);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
	});

	it('[J5] gets a fresh peer when it comes back as another page load', async () => {
		const [alice] = await joinBoth();
		const bob = room.join('bob');
		await clock.advance(1_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
		expect(open()).toHaveLength(2);
	});

	it('that the roster lost and found again is called in a later epoch, which replaces the peer it kept', async () => {
		const [alice, bob] = await joinBoth();
		alice.mesh.sync(alice.end, [], () => false);
		alice.mesh.sync(alice.end, [bob.end], () => false);
		expect(state(alice, 'bob')).toBe('connecting');
		await clock.advance(1_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
		expect(open()).toHaveLength(2);
	});

	it('is another one when we are another one', async () => {
		const [alice, bob] = await joinBoth();
		alice.mesh.sync({ ...alice.end, id: 'alice2' }, [bob.end], () => false);
		expect(state(alice, 'bob')).toBe('connecting');
	});
});

describe('starting over', () => {
	it('at one end takes the other along', async () => {
		const [alice, bob] = await joinBoth();
		alice.mesh.rebuild('bob');
		expect(state(alice, 'bob')).toBe('reconnecting');
		await clock.advance(1_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
		expect(open()).toHaveLength(2);
		expect(internet.connections).toHaveLength(4);
	});

	it('[N3] at both ends at once meets in one epoch', async () => {
		const [alice, bob] = await joinBoth();
		alice.mesh.rebuild('bob');
		bob.mesh.rebuild('alice');
		await clock.advance(1_000);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
		expect(internet.connections).toHaveLength(5); // one of the four had to yield
	});
});

describe('media that goes', () => {
	/** ICE generations begun so far, over all open connections. */
	const restarts = () =>
		open()
			.map(({ localDescription }) => /ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? '')?.[1])
			.join();

	function setPath(up: boolean): void {
		internet.up = up;
		internet.changed();
	}

	it('is reconnecting within 1.5 s, then failed, and back by itself', async () => {
		const [alice] = await joinBoth();
		setPath(false);
		await clock.advance(1_500);
		expect(state(alice, 'bob')).toBe('reconnecting');
		await clock.advance(failedAfterMs);
		expect(state(alice, 'bob')).toBe('failed');
		setPath(true);
		await clock.advance(45_000);
		expect(state(alice, 'bob')).toBe('connected');
	});

	it('and is back before anything else has noticed is connected at once', async () => {
		const [alice] = await joinBoth();
		setPath(false);
		await clock.advance(4_000);
		expect(open().map(({ connectionState }) => connectionState)).toEqual(['connected', 'connected']);
		expect(state(alice, 'bob')).toBe('reconnecting');
		setPath(true);
		await clock.advance(1_000);
		expect(state(alice, 'bob')).toBe('connected');
		expect(open()).toHaveLength(2);
	});

	it('is never restarted while it flows, nor where nobody has anything to send', async () => {
		const [alice, bob] = await joinBoth();
		const before = restarts();
		await clock.advance(120_000);
		alice.mesh.publish('microphone', track('microphone1', 'audio'));
		await clock.advance(120_000);
		for (const { mesh } of [alice, bob]) {
			mesh.suspect();
			mesh.networkChanged();
			mesh.signalingLost();
			mesh.signalingResumed();
		}
		await clock.advance(10_000);
		expect(restarts()).toBe(before);
		expect(internet.connections).toHaveLength(2);
	});

	it('says by which descriptions two ends speak, the same at both, and others after a new start', async () => {
		const [alice, bob] = await joinBoth();
		const certificates = (sdp: string | undefined) => readFingerprints(sdp ?? '');
		const before = alice.mesh.descriptions('bob');
		expect(certificates(before?.ours)).toHaveLength(1);
		expect(bob.mesh.descriptions('alice')).toEqual({ ours: before?.theirs, theirs: before?.ours });
		expect(alice.mesh.descriptions('nobody')).toBeNull();
		alice.mesh.rebuild('bob');
		expect(alice.mesh.descriptions('bob')).toBeNull();
		await clock.advance(10_000);
		const after = alice.mesh.descriptions('bob');
		expect(certificates(after?.ours)).not.toEqual(certificates(before?.ours));
		expect(certificates(bob.mesh.descriptions('alice')?.theirs)).toEqual(certificates(after?.ours));
		expect(certificates(bob.mesh.descriptions('alice')?.ours)).toEqual(certificates(after?.theirs));
	});

	it('waits for signaling where that is away too, and is mended the moment it is back', async () => {
		const [alice, bob] = await joinBoth();
		const before = restarts();
		for (const { mesh } of [alice, bob]) mesh.signalingLost();
		setPath(false);
		await clock.advance(9_000);
		expect(restarts()).toBe(before);
		setPath(true);
		for (const { mesh } of [alice, bob]) mesh.signalingResumed();
		await clock.advance(300);
		expect(restarts()).not.toBe(before);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
	});

	it('after a change of network is noticed sooner, and mended with candidates of the new one', async () => {
		const [alice] = await joinBoth();
		const before = restarts();
		setPath(false);
		alice.mesh.networkChanged();
		await clock.advance(600);
		expect(state(alice, 'bob')).toBe('reconnecting');
		expect(restarts()).not.toBe(before);
	});

	it('goes through a relay and nothing else at last, where there is one', async () => {
		const [alice, bob] = await joinBoth();
		const policies = () =>
			new Set(internet.connections.map((made) => made.getConfiguration().iceTransportPolicy));
		setPath(false);
		await clock.advance(60_000);
		expect(policies()).toEqual(new Set(['all']));
		for (const { mesh } of [alice, bob]) mesh.setIceServers([{ urls: ['turn:example.org'] }]);
		await clock.advance(60_000);
		expect(policies()).toEqual(new Set(['all', 'relay']));
		setPath(true);
		await clock.advance(60_000);
		expect(state(alice, 'bob')).toBe('connected');
	});

	it('fails for want of a relay where they answer and nothing gets through, and says so', async () => {
		setPath(false);
		const [alice, bob] = [room.join('alice'), room.join('bob')];
		await clock.advance(failedAfterMs + 10_000);
		expect(alice.mesh.media('bob')).toMatchObject({ connection: 'failed', pathFailure: 'no-relay' });
		for (const { mesh } of [alice, bob]) mesh.setIceServers([{ urls: ['turn:example.org'] }]);
		await clock.advance(60_000);
		expect(alice.mesh.media('bob')).toMatchObject({ connection: 'failed', pathFailure: 'relay-unreachable' });
		setPath(true);
		await clock.advance(60_000);
		expect(alice.mesh.media('bob')).toMatchObject({ connection: 'connected', pathFailure: null });
	});

	it('of somebody who is gone without a word blames no relay', async () => {
		const [alice, bob] = await joinBoth();
		bob.mesh.close();
		await clock.advance(failedAfterMs + 10_000);
		expect(alice.mesh.media('bob')).toMatchObject({ connection: 'failed', pathFailure: null });
	});
});

describe('offers from the lobby', () => {
	it('connect without another one, and their later candidates follow', async () => {
		const alice = room.join('alice');
		await clock.advance(100);
		const lobby = room.prepare('bob');
		await clock.advance(10); // an offer, and not all candidates
		const bob = lobby.enter();
		await clock.advance(200);
		expect([state(alice, 'bob'), state(bob, 'alice')]).toEqual(['connected', 'connected']);
		expect(internet.connections).toHaveLength(2);
	});

	it('are at most those a join may carry, and none for seats no longer named', async () => {
		const mesh = lonelyMesh([]);
		const seats = Array.from({ length: 9 }, (_, index) => ({ id: `seat${index}`, incarnation: 'y' }));
		mesh.prepare(seats);
		await clock.advance(100);
		expect(mesh.takeOffers()).toHaveLength(limits.joinOffersMax);
		mesh.prepare(seats.slice(0, 1));
		expect(mesh.takeOffers().map(({ to }) => to)).toEqual(['seat0']);
		expect(open()).toHaveLength(1);
	});

	it('are none while the browser has no peer connection to give, and nothing is thrown', async () => {
		const give = internet.createPeerConnection;
		internet.createPeerConnection = () => {
			throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
		};
		const mesh = lonelyMesh([]);
		mesh.prepare([{ id: 'seat', incarnation: 'y' }]);
		await clock.advance(100);
		expect(mesh.takeOffers()).toEqual([]);
		expect(mesh.media('seat')?.connection).toBe('failed');
		internet.createPeerConnection = give;
		await clock.advance(10_000);
		expect(mesh.takeOffers()).toHaveLength(1);
		mesh.close();
	});

	it('for seats that are empty or taken anew by the time of the welcome are dropped', async () => {
		const mesh = lonelyMesh([]);
		const [gone, reloaded] = ['gone', 'reloaded'].map((id) => ({ id, incarnation: 'y' })) as [
			RemoteEnd,
			RemoteEnd,
		];
		mesh.prepare([gone, reloaded]);
		await clock.advance(100);
		mesh.takeOffers();
		mesh.sync({ id: 'me', incarnation: 'x' }, [{ ...reloaded, incarnation: 'z' }], () => true);
		expect(mesh.media('gone')).toBeUndefined();
		expect(internet.connections.map(({ closed }) => closed)).toEqual([true, true, false]);
	});
});

describe('[N17] with our address hidden', () => {
	const policies = () => open().map((made) => made.getConfiguration().iceTransportPolicy);
	const relay = [{ urls: ['turn:example.org'] }];

	it('every peer uses a relay alone: those in a call, those to come, and those of the lobby', async () => {
		const [alice] = await joinBoth();
		alice.mesh.setIceServers(relay);
		alice.mesh.setAddressHidden(true);
		await clock.advance(1_000);
		expect(policies().sort()).toEqual(['all', 'relay']);
		room.join('carol');
		await clock.advance(1_000);
		expect(policies().filter((policy) => policy === 'relay')).toHaveLength(2);

		const mesh = lonelyMesh([]);
		mesh.setIceServers(relay);
		mesh.prepare([{ id: 'seat', incarnation: 'y' }]);
		await clock.advance(100);
		mesh.setAddressHidden(true);
		await clock.advance(100);
		expect(policies().filter((policy) => policy === 'relay')).toHaveLength(3);
		expect(JSON.stringify(mesh.takeOffers())).not.toContain('typ host');
	});

	it('no address leaves, whatever the browser gathers', async () => {
		const sent: Signal[] = [];
		const mesh = lonelyMesh(sent);
		mesh.setIceServers(relay);
		mesh.setAddressHidden(true);
		mesh.sync({ id: 'me', incarnation: 'x' }, [{ id: 'them', incarnation: 'y' }], () => true);
		await clock.advance(10_000);
		expect(sent.length).toBeGreaterThan(0);
		expect(open()[0]?.localDescription?.sdp).toContain('typ host');
		expect(JSON.stringify(sent)).not.toContain('typ host');
	});

	it('nobody is reached where there is no relay, and that is said at once', () => {
		const mesh = lonelyMesh([]);
		mesh.setAddressHidden(true);
		mesh.sync({ id: 'me', incarnation: 'x' }, [{ id: 'them', incarnation: 'y' }], () => true);
		expect(policies()).toEqual(['relay']);
		expect(mesh.media('them')).toMatchObject({ connection: 'failed', pathFailure: 'address-hidden' });
		mesh.setIceServers(relay);
		expect(mesh.media('them')?.connection).toBe('connecting');
	});
});

describe('what is published', () => {
	it('[N10] is sent to present and future ends, without any negotiation', async () => {
		const [alice] = await joinBoth();
		const descriptionOf = () => open().map(({ localDescription }) => localDescription?.sdp);
		const before = descriptionOf();
		alice.mesh.publish('camera', track('camera1', 'video'));
		alice.mesh.publish('microphone', track('microphone1', 'audio'));
		alice.mesh.publish('camera', track('camera2', 'video'));
		await clock.advance(100);
		expect(descriptionOf()).toEqual(before);
		room.join('carol');
		await clock.advance(1_000);
		const sent = open().map((connection) =>
			connection.getTransceivers().map(({ sender }) => sender.track?.id),
		);
		expect(sent.filter(([, camera]) => camera === 'camera2')).toEqual([
			['microphone1', 'camera2', undefined, undefined],
			['microphone1', 'camera2', undefined, undefined],
		]);
	});
});

describe('messages', () => {
	it('go over the data channel, and are refused where it is not open or does not keep up', async () => {
		const [alice, bob] = await joinBoth();
		expect(alice.mesh.sendMessage('bob', 'hello')).toBe(true);
		expect(alice.mesh.sendMessage('nobody', 'hello')).toBe(false);
		await clock.advance(10);
		expect(bob.messages).toEqual(['hello']);
		for (const { channel } of open()) if (channel) channel.bufferedAmount = dataChannelBufferMaxBytes + 1;
		expect(alice.mesh.sendMessage('bob', 'hello')).toBe(false);
		bob.mesh.close();
		await clock.advance(10);
		expect(alice.mesh.media('bob')?.dataChannelOpen).toBe(false);
	});
});

it('new ICE servers reach present and future peers', async () => {
	const [alice] = await joinBoth();
	alice.mesh.setIceServers([{ urls: ['stun:example.org'] }]);
	room.join('carol');
	await clock.advance(1_000);
	const configured = open().filter((connection) => connection.getConfiguration().iceServers?.length === 1);
	expect(configured).toHaveLength(2);
	expect(configured.every((connection) => connection.getConfiguration().bundlePolicy === 'max-bundle')).toBe(
		true,
	);
});

it('statistics are of the present peer, and none where there is no peer', async () => {
	const [alice] = await joinBoth();
	expect(await alice.mesh.stats('bob')).toBeDefined();
	expect(await alice.mesh.stats('nobody')).toBeUndefined();
});

function lonelyMesh(sent: Signal[]) {
	return createMesh(
		{ clock, createPeerConnection: (configuration) => internet.createPeerConnection(configuration) },
		{
			sendSignal: (_, signal) => sent.push(signal),
			mediaChanged: () => {},
			messageReceived: () => {},
			stalled: () => {},
		},
	);
}
