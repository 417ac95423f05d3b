import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/fake-clock';
import { fakeTrust } from '../../../../tests/support/fake-identity';
import { createFakeInternet, type FakeInternet } from '../../../../tests/support/fake-peer-connection';
import { seededRandom } from '../../../../tests/support/random';
import type { RoomTrust } from '../../e2ee/room-trust';
import type { ServerEvent, SignalInput } from '../../protocol';
import type { RemoteMedia, Transport } from '../transport/transport';
import { createMeshTransport } from './mesh-transport';

let clock: FakeClock;
let internet: FakeInternet;
let proven: boolean;
let sent: SignalInput[];
let told: Map<string, RemoteMedia>;

beforeEach(() => {
	clock = new FakeClock();
	internet = createFakeInternet(clock, seededRandom(7));
	proven = true;
	sent = [];
	told = new Map();
});

const trust = (): RoomTrust => ({
	...fakeTrust('me', null),
	certify: () => Promise.resolve({ key: 'key', signature: 'signature' }),
	check: () => Promise.resolve(proven),
});
const bob = { id: 'bob', incarnation: 'load' };
const members = (insideBefore: string[]) => ({
	self: { id: 'me', incarnation: 'mine' },
	others: [bob],
	insideBefore: new Set(insideBefore),
});

function make(trusted: RoomTrust | null = trust()): Transport {
	return createMeshTransport({ clock, createPeerConnection: internet.createPeerConnection }, trusted, {
		sendSignal: (signal) => void sent.push(signal),
		mediaChanged: (id, media) => void told.set(id, media),
		messageReceived: () => {},
		stalled: () => {},
	});
}

/** As from Bob, whose page makes it with a mesh of its own. */
async function offerFromBob(): Promise<ServerEvent> {
	const theirs: SignalInput[] = [];
	const transport = createMeshTransport(
		{ clock, createPeerConnection: internet.createPeerConnection },
		trust(),
		{
			sendSignal: (signal) => void theirs.push(signal),
			mediaChanged: () => {},
			messageReceived: () => {},
			stalled: () => {},
		},
	);
	transport.setMembers({ self: bob, others: [members([]).self], insideBefore: new Set(['me']) });
	await clock.advance(100);
	const signal = theirs.map(({ signal }) => signal).find(({ kind }) => kind === 'description');
	return { type: 'signal', from: bob.id, incarnation: bob.incarnation, signal: signal ?? expect.fail() };
}

describe('who begins', () => {
	it('is us towards those who were inside before us, and the others towards us', async () => {
		const transport = make();
		transport.setMembers(members(['bob']));
		await clock.advance(100);
		expect(sent[0]).toMatchObject({ to: 'bob', incarnation: 'load', signal: { type: 'offer', key: 'key' } });
		sent = [];
		make().setMembers(members([]));
		await clock.advance(100);
		expect(sent).toEqual([]);
	});

	it('has offers ready for the join, certified, for those whom the lobby named', async () => {
		const transport = make();
		transport.prepare({ seats: [bob], iceServers: [] });
		await clock.advance(100);
		const { offers } = await transport.prepareJoin();
		expect(offers).toMatchObject([{ to: 'bob', incarnation: 'load', signal: { type: 'offer', key: 'key' } }]);
		expect(sent).toEqual([]);
	});

	it('[B6] is nobody where this page can prove nothing', async () => {
		const transport = make(null);
		transport.prepare({ seats: [bob], iceServers: [] });
		await clock.advance(100);
		expect(await transport.prepareJoin()).toEqual({ offers: [] });
	});
});

describe('somebody whose description is not proven', () => {
	it('[B5] is shown as failed, and why, until one is', async () => {
		const event = await offerFromBob();
		const transport = make();
		transport.setMembers(members([]));
		proven = false;
		transport.handleServer(event);
		await settle();
		expect(transport.media('bob')).toMatchObject({ connection: 'failed', pathFailure: 'unproven' });
		expect(told.get('bob')).toEqual(transport.media('bob'));
		proven = true;
		transport.handleServer(event);
		await clock.advance(100);
		expect(transport.media('bob')?.pathFailure).toBeNull();
		expect(told.get('bob')).toEqual(transport.media('bob'));
	});

	it('[B5] is asked anew after the room has moved to another secret', async () => {
		const event = await offerFromBob();
		const transport = make();
		transport.setMembers(members([]));
		proven = false;
		transport.handleServer(event);
		await settle();
		transport.setTrust(trust());
		expect(transport.media('bob')?.connection).toBe('connecting');
	});
});
