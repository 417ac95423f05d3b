import type { TRPCError } from '@trpc/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { pageLoad } from '../../tests/support/page-load';
import type { JoinRequest, RoomAddress } from '../lib/protocol';
import type { Connection, Membership } from './connection';
import { createMemoryStore } from './memory-store';
import { wireErrorOf } from './refusal';
import { createRejoinTokens } from './rejoin-token';
import { createRooms, type Rooms } from './rooms';
import { createSessionSpeakers, type SessionSpeakers } from './session-speaker';

const lifetimeMs = 60_000;
const tag = 'AAAAAAAAAAAAAAAAAAAAAQ';
const address: RoomAddress = { room: 'team-sync', tag: null };
const ann = { id: 'participant-ann', incarnation: pageLoad('ann'), joinedAt: 0 };
const tokens = createRejoinTokens('a secret of the server', lifetimeMs);

let clock: FakeClock;
let rooms: Rooms;
let speakers: SessionSpeakers;
let heard: { room: string; id: string }[];

beforeEach(() => {
	clock = new FakeClock();
	const store = createMemoryStore({ events: 10, bytes: 10_000 });
	rooms = createRooms({ store, clock, roomLimit: 12 });
	heard = [];
	speakers = createSessionSpeakers({ ...{ store, tokens, clock }, heard: (seat) => heard.push(seat) });
});

const http = (bearerToken: string | null) =>
	({ kind: 'http', bearerToken, membership: null }) as unknown as Connection;
const webSocket = (membership: Membership | null = null, bearerToken: string | null = null) =>
	({ kind: 'websocket', membership, bearerToken }) as unknown as Connection;
const joining = (request: Partial<JoinRequest> = {}) => ({ ...address, ...request }) as JoinRequest;
const tokenOf = (where: RoomAddress = address) => tokens.issue({ ...ann, ...where }, clock.epochMs());
const refusalOf = (asked: Promise<unknown>) =>
	asked.then(
		() => 'none',
		(error: TRPCError) => wireErrorOf(error),
	);

async function sit(): Promise<void> {
	const publications = { microphone: false, camera: false, screen: false };
	const { id, incarnation } = ann;
	const member = { name: 'Ann', publications, hand: false };
	await rooms.apply('team-sync', { type: 'join', id, incarnation, lease: 'lease', member, offers: [] });
}

describe('one who joins', () => {
	it('is a newcomer without a token, over either transport', async () => {
		expect(await speakers.claimsOf(http(null), joining())).toBeNull();
		expect(await speakers.claimsOf(webSocket(), joining())).toBeNull();
	});

	it('[T2] comes back by the header over HTTP, where a token in the input is refused', async () => {
		const token = tokenOf();
		expect(await speakers.claimsOf(http(token), joining())).toMatchObject(ann);
		for (const connection of [http(token), http(null)]) {
			expect(await refusalOf(speakers.claimsOf(connection, joining({ token })))).toEqual({
				...{ code: 'bad-input', field: 'token' },
			});
		}
	});

	it('comes back by the input over a WebSocket, and by nothing else', async () => {
		expect(await speakers.claimsOf(webSocket(), joining({ token: tokenOf() }))).toMatchObject(ann);
		expect(await speakers.claimsOf(webSocket(null, tokenOf()), joining())).toBeNull();
	});

	it('[T1] [T4] is refused with a token for another name, and let in with one for another tag', async () => {
		const join = (where: RoomAddress) =>
			speakers.claimsOf(webSocket(), joining({ tag, token: tokenOf(where) }));
		expect(await refusalOf(join({ room: 'elsewhere', tag }))).toEqual({ code: 'token-refused' });
		expect(await join({ room: 'team-sync', tag: null })).toMatchObject({ ...ann, tag: null });
	});

	it('[T1] is refused with a token that is not ours, and does not become a newcomer', async () => {
		const foreign = createRejoinTokens('another secret', lifetimeMs).issue({ ...ann, ...address }, 0);
		for (const token of [foreign, `${tokenOf()}x`, '']) {
			expect(await refusalOf(speakers.claimsOf(webSocket(), joining({ token })))).toEqual({
				code: 'token-refused',
			});
		}
	});
});

it('[T5] believes an expired token while its seat is held, in its own room, and not a moment longer', async () => {
	const [here, elsewhere] = [tokenOf(), tokenOf({ room: 'team-sync', tag })];
	await sit();
	await clock.advance(lifetimeMs - 1);
	expect(await speakers.speaker(http(elsewhere))).toMatchObject({ room: `team-sync#${tag}` });
	await clock.advance(1);
	expect(await refusalOf(speakers.speaker(http(elsewhere)))).toEqual({ code: 'token-refused' });
	expect(await speakers.speaker(http(here))).toMatchObject({ sender: { id: ann.id } });
	expect(await speakers.claimsOf(http(here), joining())).toMatchObject(ann);
	await rooms.apply('team-sync', { type: 'leave', sender: { id: ann.id, lease: 'lease' } });
	expect(await refusalOf(speakers.speaker(http(here)))).toEqual({ code: 'token-refused' });
	expect(await refusalOf(speakers.claimsOf(http(here), joining()))).toEqual({ code: 'token-refused' });
});

describe('one who speaks', () => {
	it('over a WebSocket speaks for the seat it joined, whatever token it shows', async () => {
		const membership = { room: 'team-sync', id: 'participant-bob', lease: 'lease of bob' };
		expect(await speakers.speaker(webSocket(membership, tokenOf()))).toEqual({
			...{ room: 'team-sync', sender: { id: 'participant-bob', lease: 'lease of bob' } },
		});
		expect(await refusalOf(speakers.speaker(webSocket(null, tokenOf())))).toEqual({ code: 'not-joined' });
		expect(heard).toEqual([]);
	});

	it('over HTTP speaks for the page load that its token names, which counts as a sign of life', async () => {
		const token = tokenOf({ room: 'team-sync', tag });
		const room = `team-sync#${tag}`;
		expect(await speakers.speaker(http(token))).toEqual({
			...{ room, sender: { id: ann.id, incarnation: ann.incarnation } },
		});
		expect(heard).toEqual([{ room, id: ann.id }]);
	});

	it('[S5] over HTTP is refused without a good token, and that is no sign of life', async () => {
		expect(await refusalOf(speakers.speaker(http(null)))).toEqual({ code: 'not-joined' });
		expect(await refusalOf(speakers.speaker(http('a.b')))).toEqual({ code: 'token-refused' });
		expect(heard).toEqual([]);
	});
});
