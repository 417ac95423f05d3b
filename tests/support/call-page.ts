/**
 * A room's page with its call, on fakes: a test says what the server, the others and the person do, and reads what is shown, told and asked for.
 * For the tests beside `call.ts`.
 */
import { expect, vi } from 'vitest';
import { createCall } from '../../src/lib/call/call';
import type { Call } from '../../src/lib/call/call-api';
import type { CallNotice, CallSnapshot } from '../../src/lib/call/snapshot';
import type { Participant, Welcome } from '../../src/lib/protocol';
import { settle } from './fake-clock';
import { fakeTrust } from './fake-identity';
import { createFakePlatform, type FakePlatformOptions } from './fake-platform';
import { createFakeSignaling, type FakeSignaling } from './fake-signaling';
import { createFakeTransport, type FakeTransport } from './fake-transport';
import { pageLoad } from './page-load';

export const room = 'team-sync';
export const secret = 'AAECAwQFBgcICQoLDA0ODw';

let open: Page[] = [];

/** To be called after each test. */
export function closePages(): void {
	for (const { call } of open.splice(0)) call.dispose();
}

/** They go without a word, as in a reload. */
export function dropPages(): void {
	open = [];
}

export interface Page {
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

export interface Options extends FakePlatformOptions {
	id?: string;
	/** Another page load. */
	load?: string;
	/** False: a page that can prove nothing. */
	secure?: boolean;
	mayReplaceSecret?: boolean;
}

/** A room's page. */
export async function openPage(options: Options = {}): Promise<Page> {
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
			safetyWords: (...asked) => Promise.resolve([JSON.stringify(asked)]),
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

export const someone = (id: string, more: Partial<Participant> = {}): Participant => ({
	...{ id, incarnation: pageLoad(id), name: id, presence: 'here', handRaisedAt: null, joinedAt: 1 },
	publications: { microphone: true, camera: true, screen: false },
	...more,
});

export function welcome(page: Page, others: Participant[] = [], more: Partial<Welcome> = {}): Welcome {
	const self = someone(page.id, { incarnation: page.incarnation, joinedAt: 9 });
	return {
		...{ type: 'welcome', protocolVersion: 1, self, participants: others, iceServers: [], resumed: false },
		...{ rejoinToken: 'token-1', roomLimit: 8 },
		...more,
	};
}

/** In a call, with what is loaded for it. */
export async function inCall(options: Options = {}, others = [someone('bob-here')]): Promise<Page> {
	const page = await openPage(options);
	page.call.room.join('Ann');
	await settle();
	page.signaling.session.say(welcome(page, others));
	await vi.dynamicImportSettled();
	await settle();
	for (const { id } of others) page.transport().setConnection(id, 'connected');
	return page;
}

export const phases = ({ snapshots }: Page) =>
	snapshots.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
export const ids = ({ call }: Page) => call.snapshot.participants.map(({ id }) => id);
export const lit = ({ platform }: Page) => platform.devices.live.length > 0;
