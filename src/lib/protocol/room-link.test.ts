import { describe, expect, it } from 'vitest';
import { readRoomAddress, readRoomParts, roomLink, roomPath } from './room-link';

const origin = 'https://parley.example';
const secret = 'AAECAwQFBgcICQoLDA0ODw';

describe('the parts of a link', () => {
	it.each([
		['team-sync', undefined, 'team-sync', ''],
		['Team%20Sync', undefined, 'team-sync', ''],
		['team-sync', secret, 'team-sync', `#${secret}`],
		['team-sync', `${secret}.`, 'team-sync', `#${secret}`],
		[`team-sync#${secret}`, undefined, 'team-sync', `#${secret}`],
		[`team-sync%23${secret}%20`, undefined, 'team-sync', `#${secret}`],
		[`team-sync%2523${secret}`, undefined, 'team-sync', `#${secret}`],
		[`team-sync%EF%BC%83${secret}`, undefined, 'team-sync', `#${secret}`],
		['%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0', secret, 'встреча', `#${secret}`],
	])('%s and %s lead to their room', (part, hash, room, expectedHash) => {
		expect(readRoomParts(part, hash)).toEqual({ ok: true, room, hash: expectedHash });
	});

	it.each([
		['team-sync', ''],
		['team-sync', 'chat'],
		['team-sync', secret.slice(1)],
		[`team-sync#${secret}A`, undefined],
		['plan%232', undefined],
	])('%s and %j never lead to the room without a secret', (part, hash) => {
		expect(readRoomParts(part, hash)).toMatchObject({ ok: false, reason: 'damaged-link' });
	});

	it('say what is wrong with a name', () => {
		expect(readRoomParts('x')).toEqual({
			ok: false,
			reason: 'bad-room-name',
			name: { ok: false, problem: 'too-short' },
		});
		expect(readRoomParts('%ff%ff').ok).toBe(false);
		expect(readRoomParts('c%2b%2b-course', secret)).toMatchObject({ reason: 'bad-room-name' });
	});
});

describe('roomLink', () => {
	it.each(['team-sync', 'встреча-2024', 'می\u200cخواهم'])(
		'is read back as the room %s and the hash it was made of',
		(room) => {
			const link = roomLink(origin, room, `#${secret}`);
			expect(link).toMatch(/^[\x21-\x7e]+$/);
			expect(readRoomAddress(new URL(link))).toEqual({ ok: true, room, hash: `#${secret}` });
		},
	);

	it('stands below the origin', () => {
		expect(roomLink(origin, 'team-sync')).toBe(`${origin}/room/team-sync`);
		expect(roomPath('team-sync')).toBe('/room/team-sync');
		expect(readRoomAddress(new URL(`${origin}/settings`))).toBeNull();
	});
});
