import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle, type FakeClock } from '../../../tests/support/fake-clock';
import { fakeTrust } from '../../../tests/support/fake-identity';
import { createFakePlatform, type FakePlatformOptions } from '../../../tests/support/fake-platform';
import { createFakeSignaling, type FakeSignaling } from '../../../tests/support/fake-signaling';
import { createFakeTransport, type FakeTransport } from '../../../tests/support/fake-transport';
import { pageLoad } from '../../../tests/support/page-load';
import type { Participant, ServerEvent, Welcome } from '../protocol';
import { createCall } from './call';
import type { Call } from './call-api';
import { poorLineMs } from './adaptation/data-saver';
import type { CallNotice, CallSnapshot } from './snapshot';
import type { JoinExtras } from './transport/transport';

const room = 'team-sync';
const secret = 'AAECAwQFBgcICQoLDA0ODw';

let open: Page[] = [];
beforeEach(() => (open = []));
afterEach(() => {
	for (const { call } of open) call.dispose();
	vi.doUnmock('./messaging');
});

interface Page {
	call: Call;
	signaling: FakeSignaling;
	platform: ReturnType<typeof createFakePlatform>;
	/** One for each lobby, the last one in use. */
	transports: FakeTransport[];
	transport(): FakeTransport;
	notices: CallNotice[];
	snapshots: CallSnapshot[];
	/** Our own, as the server gives it. */
	id: string;
	incarnation: string;
}

interface Options extends FakePlatformOptions {
	id?: string;
	/** Another page load. */
	load?: string;
	/** False: a page that can prove nothing. */
	secure?: boolean;
	mayReplaceSecret?: boolean;
}

/** A room's page. */
async function openPage(options: Options = {}): Promise<Page> {
	const { id = 'ann-here', load = 'ann', secure = true, mayReplaceSecret = false } = options;
	const platform = createFakePlatform(options);
	const signaling = createFakeSignaling();
	const transports: FakeTransport[] = [];
	const trustOf = (secret: string) => (secure ? fakeTrust(load, secret) : null);
	const call = createCall(
		{
			...{ platform, signaling, keys: { secret, trust: trustOf(secret) }, subtle: undefined },
			createTransport(trust, events) {
				const transport = createFakeTransport(trust, events);
				transports.push(transport);
				return transport;
			},
			mayReplaceSecret: () => mayReplaceSecret,
			replaceKeys: (next) => Promise.resolve({ secret: next, trust: trustOf(next) }),
			safetyWords: () => Promise.resolve(null),
		},
		room,
	);
	const page: Page = {
		...{ id, call, signaling, platform, transports, notices: [], snapshots: [] },
		transport: () => transports.at(-1) ?? expect.fail('there is no transport'),
		incarnation: fakeTrust(load, secret).identity.incarnation,
	};
	call.onNotice((notice) => page.notices.push(notice));
	call.onSnapshot((snapshot) => page.snapshots.push(snapshot));
	open.push(page);
	await settle();
	return page;
}

const someone = (id: string, more: Partial<Participant> = {}): Participant => ({
	...{ id, incarnation: pageLoad(id), name: id, presence: 'here', handRaisedAt: null, joinedAt: 1 },
	publications: { microphone: true, camera: true, screen: false },
	...more,
});

function welcome(page: Page, others: Participant[] = [], more: Partial<Welcome> = {}): Welcome {
	const self = someone(page.id, { incarnation: page.incarnation, joinedAt: 9 });
	return {
		...{ type: 'welcome', protocolVersion: 1, self, participants: others, iceServers: [], resumed: false },
		...{ rejoinToken: 'token-1', roomLimit: 8 },
		...more,
	};
}

/** In a call, with what is loaded for it. */
async function inCall(options: Options = {}, others = [someone('bob-here')]): Promise<Page> {
	const page = await openPage(options);
	page.call.room.join('Ann');
	await settle();
	page.signaling.session.say(welcome(page, others));
	await vi.dynamicImportSettled();
	await settle();
	for (const { id } of others) page.transport().setConnection(id, 'connected');
	return page;
}

const phases = ({ snapshots }: Page) =>
	snapshots.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
const ids = ({ call }: Page) => call.snapshot.participants.map(({ id }) => id);
const lit = ({ platform }: Page) => platform.devices.live.length > 0;

describe('a lobby', () => {
	it('shows how many are inside, and has the transport make ready for them', async () => {
		const page = await openPage();
		const seats = [{ id: 'bob-here', incarnation: pageLoad('bob-here') }];
		page.signaling.tellLobby({ count: 1, limit: 8, seats });
		expect(page.call.snapshot).toMatchObject({
			phase: 'lobby',
			lobby: { count: 1, limit: 8 },
			failure: null,
		});
		expect(page.transport().prepared?.seats).toEqual(seats);
		expect(lit(page)).toBe(true);
	});
});

describe('a join', () => {
	it('carries what was made ready and what is true of us, and leads in with the welcome', async () => {
		const page = await openPage();
		const offers: JoinExtras['offers'] = [];
		page.transport().extras = Promise.resolve({ offers });
		page.call.room.join('Ann');
		expect(page.call.snapshot.phase).toBe('joining');
		await settle();
		const { address, options, state } = page.signaling.session;
		expect(address).toEqual({ room, tag: fakeTrust('ann', secret).tag });
		expect(options.offers).toBe(offers);
		expect(options).toMatchObject({ incarnation: page.incarnation, token: null });
		expect(state).toMatchObject({
			name: 'Ann',
			publications: { microphone: true, camera: true, screen: false },
			hand: false,
		});
		page.signaling.session.say(welcome(page, [someone('bob-here')]));
		expect(page.call.snapshot).toMatchObject({ phase: 'in-call', self: { id: 'ann-here', name: 'Ann' } });
		expect(ids(page)).toEqual(['bob-here']);
		expect(page.transport().members).toEqual({
			self: { id: 'ann-here', incarnation: page.incarnation },
			others: [{ id: 'bob-here', incarnation: pageLoad('bob-here') }],
			insideBefore: new Set(['bob-here']),
		});
		expect(page.signaling.watched).toEqual([]);
		expect(phases(page)).toEqual(['lobby', 'joining', 'in-call']);
		expect(page.notices).toEqual([]);
	});

	it('is sent once, however often it is clicked', async () => {
		const page = await openPage();
		for (let click = 0; click < 5; click++) page.call.room.join('Ann');
		await settle();
		page.call.room.join('Ann');
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('that is refused leads to a lobby with new peers, says why, and may be tried again', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.end({ code: 'server-full' });
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'server-full' } });
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		expect(lit(page)).toBe(true);
		page.call.room.join('Ann');
		expect(page.call.snapshot).toMatchObject({ phase: 'joining', failure: null });
	});

	it('[B6] is not even asked for where the page can prove nothing', async () => {
		const page = await openPage({ secure: false });
		expect(page.signaling.watched).toEqual([]);
		page.call.room.join('Ann');
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'insecure' } });
		expect(page.signaling.sessions).toEqual([]);
	});
});

describe('a full room', () => {
	const full = { code: 'room-full', limit: 8 } as const;

	async function waiting(): Promise<Page> {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.end(full);
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: full });
		page.signaling.tellLobby({ count: 8, limit: 8 });
		page.call.room.waitForSeat('Ann');
		expect(page.call.snapshot).toMatchObject({ phase: 'waiting-for-seat', failure: null });
		return page;
	}

	it('is waited for until there is a seat, however often somebody else is quicker', async () => {
		const page = await waiting();
		page.signaling.tellLobby({ count: 8, limit: 8 });
		await settle();
		expect(page.signaling.sessions).toHaveLength(1);
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		page.signaling.session.end(full);
		expect(page.call.snapshot).toMatchObject({ phase: 'waiting-for-seat', failure: null });
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		expect(page.signaling.sessions).toHaveLength(3);
		expect(page.signaling.session.state.name).toBe('Ann');
		page.signaling.session.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('in-call');
		expect(page.transports.filter(({ closed }) => !closed)).toHaveLength(1);
	});

	it('is joined at once where a seat is free by the time of the click', async () => {
		const page = await openPage();
		page.signaling.tellLobby({ count: 2, limit: 8 });
		page.call.room.waitForSeat('Ann');
		expect(page.call.snapshot.phase).toBe('joining');
	});

	it('is waited for no longer once that is called off', async () => {
		const page = await waiting();
		page.call.room.stopWaiting();
		page.signaling.tellLobby({ count: 1, limit: 8 });
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null, lobby: { count: 1 } });
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('ends the wait with any other refusal, and says which', async () => {
		const page = await waiting();
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		page.signaling.session.end({ code: 'server-full' });
		page.signaling.tellLobby({ count: 1, limit: 8 });
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'server-full' } });
		expect(page.signaling.sessions).toHaveLength(2);
	});
});

describe('leaving while joining', () => {
	it('before the join is ready sends none', async () => {
		const page = await openPage();
		let ready: (extras: JoinExtras) => void = () => {};
		page.transport().extras = new Promise((resolve) => (ready = resolve));
		page.call.room.join('Ann');
		page.call.room.leave();
		ready({ offers: [] });
		await settle();
		expect(page.signaling.sessions).toEqual([]);
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null });
		expect(lit(page)).toBe(false);
	});

	it('tells the server, and a welcome that comes too late changes nothing', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.call.room.leave();
		expect(page.signaling.session.left).toBe(true);
		page.signaling.session.say(welcome(page, [someone('bob-here')]));
		page.signaling.session.end({ code: 'room-full' });
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null, participants: [] });
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
	});

	it('for the lobby begins it anew, and the next join has nothing of the one before', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		const [first] = page.signaling.sessions;
		page.call.room.stopWaiting();
		expect(first?.left).toBe(true);
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null });
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		page.call.room.join('Ann');
		await settle();
		first?.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('joining');
		page.signaling.session.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('in-call');
		expect(lit(page)).toBe(true);
	});
});

describe('a reload', () => {
	async function reloaded(arrival: FakePlatformOptions['arrival']): Promise<Page> {
		const before = await inCall();
		const { storage, tabStorage } = before.platform;
		before.call.media.setMicrophone(false);
		before.call.room.setHand(true);
		await settle();
		// The page goes without a word.
		open = [];
		return openPage({ storage, tabStorage, load: 'later', ...(arrival && { arrival }) });
	}

	it('comes back to the same seat without a click, muted if muted, with the hand still up', async () => {
		const page = await reloaded('reloaded');
		expect(page.call.snapshot.phase).toBe('joining');
		await settle();
		const { options, state } = page.signaling.session;
		expect(options).toMatchObject({ token: 'token-1', incarnation: page.incarnation });
		expect(state).toMatchObject({ name: 'Ann', hand: true, publications: { microphone: false } });
		expect(page.call.snapshot.media.microphone.wanted).toBe(false);
	});

	it('by a step in the history comes back with everything off', async () => {
		const page = await reloaded('stepped');
		await settle();
		expect(page.signaling.session.options.token).toBe('token-1');
		const { microphone, camera } = page.call.snapshot.media;
		expect([microphone.wanted, camera.wanted]).toEqual([false, false]);
	});

	it('of a page that was merely opened waits for a click, which takes the same seat', async () => {
		const page = await reloaded('opened');
		await settle();
		expect(page.call.snapshot.phase).toBe('lobby');
		expect(page.signaling.sessions).toEqual([]);
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBe('token-1');
	});

	it('after the call was left finds a lobby and no seat', async () => {
		const before = await inCall();
		before.call.room.leave();
		const { storage, tabStorage } = before.platform;
		const page = await openPage({ storage, tabStorage, arrival: 'reloaded' });
		expect(page.call.snapshot.phase).toBe('lobby');
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBeNull();
	});
});

describe('the end', () => {
	it('[J7] by another tab that took the seat is final: devices are let go, nothing joins again by itself', async () => {
		const page = await inCall();
		page.signaling.session.end({ code: 'taken-over' });
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: { code: 'taken-over' } });
		expect(page.transport().closed).toBe(true);
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
		page.signaling.setState('reconnecting');
		page.signaling.setState('connected');
		await page.platform.clock.advance(120_000);
		expect(page.signaling.sessions).toHaveLength(1);
		expect(lit(page)).toBe(false);
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
	});

	it('by hanging up tells the server at once, and is told no failure', async () => {
		const page = await inCall();
		page.call.room.leave();
		expect(page.signaling.session.left).toBe(true);
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null });
		expect(lit(page)).toBe(false);
		page.signaling.session.say({ type: 'participant-joined', participant: someone('carol-here') });
		expect(ids(page)).not.toContain('carol-here');
		expect(page.notices).toEqual([]);
	});

	it('can be followed by the same room again, with a seat and peers of its own and the hand down', async () => {
		const page = await inCall();
		page.call.room.setHand(true);
		page.call.room.leave();
		page.call.room.reopen();
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null, participants: [] });
		expect(lit(page)).toBe(true);
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		expect(page.transport().published.get('microphone')).not.toBeNull();
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBeNull();
		expect(page.signaling.session.state.hand).toBe(false);
		page.signaling.session.say(welcome(page, [someone('carol-here')]));
		expect(ids(page)).toEqual(['carol-here']);
	});

	it('of the page lets go of everything, and nothing is told any more', async () => {
		const page = await inCall();
		const told = page.snapshots.length;
		page.call.dispose();
		page.call.dispose();
		await settle();
		expect(page.signaling.session.left).toBe(true);
		expect(page.signaling.closed).toBe(true);
		expect(page.snapshots).toHaveLength(told);
		expect(page.platform.clock.pending).toBe(0);
		expect(page.platform.network.listeners).toBe(0);
		expect(page.platform.devices.listeners).toBe(0);
		expect(lit(page)).toBe(false);
	});
});

describe('signaling that is lost', () => {
	it('is told once, touches nobody whose media flows, and is made good when it is back', async () => {
		const page = await inCall();
		page.signaling.setState('reconnecting');
		page.signaling.setState('reconnecting', 'blocked');
		expect(page.call.snapshot).toMatchObject({
			phase: 'in-call',
			signaling: 'reconnecting',
			obstacle: 'blocked',
		});
		expect(ids(page)).toEqual(['bob-here']);
		page.signaling.setState('connected');
		page.signaling.session.resume();
		expect(page.transport().signaling).toEqual(['lost', 'resumed']);
		expect(page.notices).toEqual([{ type: 'signaling-lost' }, { type: 'signaling-restored' }]);
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('with a server that has forgotten somebody keeps them for as long as their media flows', async () => {
		const page = await inCall();
		page.signaling.session.say(welcome(page, []));
		expect(page.call.snapshot.participants).toMatchObject([{ id: 'bob-here', away: true }]);
		expect(page.notices).toEqual([]);
		page.transport().setConnection('bob-here', 'reconnecting');
		expect(ids(page)).toEqual([]);
		expect(page.notices).toEqual([{ type: 'left', id: 'bob-here', name: 'bob-here' }]);
	});

	it('while nobody is in a call is no news', async () => {
		const page = await openPage();
		page.signaling.setState('reconnecting');
		page.signaling.setState('connected');
		expect(page.notices).toEqual([]);
	});
});

describe('what is told of us', () => {
	it('is what has changed, once, and only inside a call', async () => {
		const page = await openPage();
		page.call.media.setCamera(false);
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.say(welcome(page));
		expect(page.signaling.session.updates).toEqual([]);
		page.call.media.setMicrophone(false);
		page.call.media.setMicrophone(false);
		page.call.room.setHand(true);
		page.call.room.setHand(true);
		page.call.room.setName('Anna');
		const { updates } = page.signaling.session;
		expect(updates).toMatchObject([
			{ publications: { microphone: false } },
			{ hand: true },
			{ name: 'Anna' },
		]);
		expect(page.call.snapshot.self).toMatchObject({ name: 'Anna' });
	});

	it('is put into the record that a reload finds', async () => {
		const page = await inCall();
		page.signaling.session.say({ type: 'rejoin-token', rejoinToken: 'token-2' });
		page.call.room.setName('Anna');
		const record: unknown = JSON.parse(page.platform.tabStorage.get('parley.session') ?? '');
		expect(record).toMatchObject({ token: 'token-2', name: 'Anna', participant: 'ann-here' });
	});
});

it('[Q5] a replaced secret is moved to with those who stay, over the peers that are there, and without all others', async () => {
	const page = await inCall({ mayReplaceSecret: true }, [someone('bob-here'), someone('mallory-here')]);
	const told: string[] = [];
	page.transport().carry = (to, text) => {
		if (text.includes('room-secret')) told.push(to);
		return true;
	};
	await page.call.room.replaceSecret(['mallory-here']);
	await settle();
	const [before, after] = page.signaling.sessions;
	expect(page.signaling.sessions).toHaveLength(2);
	expect(after?.address.tag).not.toBe(before?.address.tag);
	expect(page.call.snapshot.secret).not.toBe(secret);
	expect(page.transports).toHaveLength(1);
	expect(page.transport().trust?.tag).toBe(after?.address.tag);
	expect(ids(page)).toEqual(['bob-here']);
	expect(told).toEqual(['bob-here']);
	// What the room of the old secret still says is not for us.
	before?.say({ type: 'participant-joined', participant: someone('carol-here') });
	before?.end({ code: 'taken-over' });
	expect(ids(page)).toEqual(['bob-here']);
	expect(page.call.snapshot.phase).toBe('in-call');
	after?.say(welcome(page, [someone('bob-here')]));
	expect(ids(page)).toEqual(['bob-here']);
	expect(page.notices).toEqual([{ type: 'left', id: 'mallory-here', name: 'mallory-here' }]);
});

it('an unchanged part of a snapshot stays the same object', async () => {
	const page = await inCall();
	const before = page.call.snapshot;
	page.call.room.setName('Anna');
	const after = page.call.snapshot;
	expect(after).not.toBe(before);
	expect(after.media).toBe(before.media);
	expect(after.participants).toBe(before.participants);
	expect(after.chat).toBe(before.chat);
});

/** What makes each notice, and what it says. `page` is in a call with Bob. */
type Cause = (page: Page) => Promise<Omit<CallNotice, 'type'>> | Omit<CallNotice, 'type'>;

const updated = (page: Page, more: Partial<Participant>) =>
	page.signaling.session.say({ type: 'participant-updated', participant: someone('bob-here', more) });
const bob = { id: 'bob-here', name: 'bob-here' };
const sharing = { publications: { microphone: true, camera: true, screen: true } };

const causes: Record<CallNotice['type'], Cause> = {
	joined(page) {
		const event: ServerEvent = { type: 'participant-joined', participant: someone('carol-here') };
		for (let time = 0; time < 2; time++) page.signaling.session.say(event);
		return { id: 'carol-here', name: 'carol-here' };
	},
	left(page) {
		for (let time = 0; time < 2; time++) {
			page.signaling.session.say({ type: 'participant-left', id: 'bob-here', reason: 'left' });
		}
		return bob;
	},
	'hand-raised'(page) {
		for (const handRaisedAt of [5, 5]) updated(page, { handRaisedAt });
		return bob;
	},
	'screen-started'(page) {
		for (let time = 0; time < 2; time++) updated(page, sharing);
		return bob;
	},
	'screen-stopped'(page) {
		updated(page, sharing);
		page.notices.length = 0;
		for (let time = 0; time < 2; time++) updated(page, {});
		return bob;
	},
	async message(page) {
		// Bob's own page.
		const other = await inCall({ id: 'bob-here', load: 'bob', clock: page.platform.clock }, [
			someone(page.id, { incarnation: page.incarnation }),
		]);
		updated(page, { incarnation: other.incarnation });
		await connect(page, other);
		other.call.chat.send('hello');
		await page.platform.clock.advance(10_000);
		return { entry: expect.objectContaining({ text: 'hello' }) as never };
	},
	'signaling-lost'(page) {
		page.signaling.setState('reconnecting');
		page.signaling.setState('reconnecting', 'buffered');
		return {};
	},
	'signaling-restored'(page) {
		page.signaling.setState('reconnecting');
		page.notices.length = 0;
		page.signaling.setState('connected');
		page.signaling.session.resume();
		return {};
	},
	'chat-not-loaded': async (page) => {
		const clock = await withoutMessaging(page);
		await clock.advance(3_000);
		return {};
	},
	'chat-loaded': async (page) => {
		const clock = await withoutMessaging(page);
		page.notices.length = 0;
		vi.doUnmock('./messaging');
		await clock.advance(30_000);
		await vi.dynamicImportSettled();
		await clock.advance(30_000);
		return {};
	},
	async 'data-saver'(page) {
		page.platform.network.saveData = true;
		for (let time = 0; time < 2; time++) page.platform.network.change('estimate');
		await page.platform.clock.advance(poorLineMs);
		return { reason: 'system' };
	},
	async 'device-lost'(page) {
		page.platform.devices.unplug('mic-desk');
		await page.platform.clock.advance(5_000);
		return { kind: 'microphone', label: 'Desk microphone' };
	},
	async 'device-changed'(page) {
		page.call.media.chooseDevice('microphone', 'mic-headset');
		await settle();
		page.platform.devices.unplug('mic-headset');
		await page.platform.clock.advance(5_000);
		page.notices.length = 0;
		page.platform.devices.plug({ kind: 'microphone', id: 'mic-headset', label: 'Headset' });
		await page.platform.clock.advance(5_000);
		return { kind: 'microphone', label: 'Headset' };
	},
	async 'device-unavailable'(page) {
		page.platform.devices.busy.add('cam-back');
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		return { kind: 'camera', label: 'Back camera' };
	},
	async 'device-available'(page) {
		page.platform.devices.busy.add('cam-back');
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		page.notices.length = 0;
		page.platform.devices.busy.clear();
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		return { kind: 'camera' };
	},
	async 'screen-unavailable'(page) {
		page.platform.devices.picker = 'refused-by-system';
		page.call.media.setScreen(true);
		await page.platform.clock.advance(5_000);
		return { code: 'denied-by-system' };
	},
	async 'capture-restored'(page) {
		const track = page.platform.devices.live.find(({ kind }) => kind === 'audio') ?? expect.fail();
		track.setMuted(true);
		await page.platform.clock.advance(1_900);
		track.setMuted(false);
		await page.platform.clock.advance(5_000);
		return { sources: ['microphone'] };
	},
};

/** As over an open data channel. */
async function connect(one: Page, other: Page): Promise<void> {
	one.transport().carry = (_, text) => (other.transport().receive(one.id, text), true);
	other.transport().carry = (_, text) => (one.transport().receive(other.id, text), true);
	for (const connection of ['reconnecting', 'connected'] as const) {
		one.transport().setConnection(other.id, connection);
		other.transport().setConnection(one.id, connection);
	}
	await one.platform.clock.advance(1_000);
}

/** Back in the same room, while what reads messages can't be loaded. */
async function withoutMessaging(page: Page): Promise<FakeClock> {
	vi.resetModules();
	vi.doMock('./messaging', () => Promise.reject(new Error('offline')));
	const again = await inCall({ load: 'again' });
	// One list of notices, so that what is looked at is the same.
	page.notices.push(...again.notices);
	again.call.onNotice((notice) => page.notices.push(notice));
	await vi.dynamicImportSettled();
	return again.platform.clock;
}

describe('every notice is told once', () => {
	it.each(Object.keys(causes) as CallNotice['type'][])('“%s”', async (type) => {
		const page = await inCall();
		expect(page.notices).toEqual([]);
		const rest = await causes[type](page);
		expect(page.notices.filter((notice) => notice.type === type)).toEqual([{ type, ...rest }]);
		// What comes of it besides, as sound that is back from another microphone, is told once as well.
		expect(new Set(page.notices.map(({ type }) => type)).size).toBe(page.notices.length);
	});
});
