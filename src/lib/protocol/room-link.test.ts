import { describe, expect, it } from 'vitest';
import { parseRoomLink, roomLink, roomPath } from './room-link';

const origin = 'https://parley.example';
const hash = '#AAECAwQFBgcICQoLDA0ODw';

describe('parseRoomLink', () => {
	it.each([
		['Team Sync!', 'team-sync', ''],
		['  Café Zürich ', 'cafe-zurich', ''],
		['Q3/Q4 review', 'q3-q4-review', ''],
		['Room 101', 'room-101', ''],
		[`team-sync${hash}`, 'team-sync', hash],
		['plan #2', 'plan-2', ''],
		['https://parley.example/room/team-sync', 'team-sync', ''],
		[`https://parley.example/room/team-sync${hash}`, 'team-sync', hash],
		[`https://parley.example/room/team-sync/${hash}`, 'team-sync', hash],
		[`https://parley.example/room/team-sync?from=mail${hash}`, 'team-sync', hash],
		[`http://parley.example/room/team-sync${hash}`, 'team-sync', hash],
		[`HTTPS://PARLEY.EXAMPLE/room/Team%20Sync${hash}`, 'team-sync', hash],
		[`<https://parley.example/room/team-sync${hash}>`, 'team-sync', hash],
		[`parley.example/room/team-sync${hash}`, 'team-sync', hash],
		[`/room/team-sync${hash}`, 'team-sync', hash],
		[`room/team-sync${hash}`, 'team-sync', hash],
	])('reads %s', (typed, room, expectedHash) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room, hash: expectedHash });
	});

	it.each([
		['', 'empty'],
		['   ', 'empty'],
		['ab', 'bad-room-name'],
		['!!!', 'bad-room-name'],
		['https://parley.example/room/%ff%ff', 'bad-room-name'],
		['https://parley.example/room/x', 'bad-room-name'],
		['https://parley.example/', 'not-a-room-link'],
		['https://parley.example/room/', 'not-a-room-link'],
		['https://parley.example/room/a/b', 'not-a-room-link'],
		['https://parley.example/settings', 'not-a-room-link'],
		['ftp://parley.example/room/team-sync', 'not-a-room-link'],
		['https://', 'not-a-room-link'],
	])('refuses %j as %s', (typed, reason) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: false, reason });
	});

	it('says where a room on another server can be opened', () => {
		for (const typed of ['https://other.example/room/team-sync#x', 'other.example/room/team-sync#x']) {
			expect(parseRoomLink(typed, origin)).toEqual({
				ok: false,
				reason: 'other-server',
				url: 'https://other.example/room/team-sync#x',
			});
		}
	});

	it('tells ports of one host apart', () => {
		const local = 'http://localhost:3000';
		expect(parseRoomLink('localhost:3000/room/team-sync', local)).toMatchObject({ ok: true });
		expect(parseRoomLink('http://localhost:4000/room/team-sync', local)).toMatchObject({
			reason: 'other-server',
		});
	});

	it('never lets a secret become part of a room name', () => {
		for (const typed of [`Team Sync${hash}`, `/room/team-sync${hash}`, `${origin}/room/team-sync${hash}`]) {
			expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room: 'team-sync', hash });
		}
	});
});

describe('roomLink', () => {
	it('is read back as the room and the hash it was made of', () => {
		const link = roomLink(origin, 'team-sync', hash);
		expect(link).toBe(`${origin}/room/team-sync${hash}`);
		expect(parseRoomLink(link, origin)).toEqual({ ok: true, room: 'team-sync', hash });
		expect(roomPath('team-sync')).toBe('/room/team-sync');
	});
});
