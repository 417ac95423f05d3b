import { describe, expect, it } from 'vitest';
import { decideLaunch } from './launch';

const origin = 'https://parley.example';
const link = `${origin}/room/team-sync#q7Yw2mXKp4sVb9LhTzE0dA`;

describe('a link that is handed to the running app', () => {
	it('opens when no call is on', () => {
		expect(decideLaunch(link, { href: `${origin}/`, callIn: null })).toEqual({
			do: 'open',
			path: '/room/team-sync#q7Yw2mXKp4sVb9LhTzE0dA',
		});
	});

	it('does nothing when it is already on the screen', () => {
		expect(decideLaunch(link, { href: link, callIn: null })).toEqual({ do: 'nothing' });
	});

	it('to the room of the running call brings the app to the front and no more', () => {
		expect(decideLaunch(`${origin}/room/team-sync`, { href: link, callIn: 'team-sync' })).toEqual({
			do: 'nothing',
		});
	});

	it('to the start page brings the app to the front and no more', () => {
		for (const callIn of ['team-sync', null]) {
			expect(decideLaunch(`${origin}/`, { href: link, callIn })).toEqual({ do: 'nothing' });
		}
	});

	it('elsewhere asks first while a call is on', () => {
		const during = { href: link, callIn: 'team-sync' };
		expect(decideLaunch(`${origin}/room/other-room`, during)).toEqual({
			do: 'ask',
			path: '/room/other-room',
			room: 'other-room',
		});
		expect(decideLaunch(`${origin}/new`, during)).toEqual({ do: 'ask', path: '/new', room: null });
	});

	it('to a room of the same name with another secret asks as well', () => {
		const path = '/room/team-sync#AAAAAAAAAAAAAAAAAAAAAA';
		const during = { href: link, callIn: 'team-sync' };
		expect(decideLaunch(origin + path, during)).toEqual({ do: 'ask', path, room: 'team-sync' });
	});

	it('is ignored when it is no address of ours', () => {
		const here = { href: `${origin}/`, callIn: null };
		expect(decideLaunch('https://elsewhere.example/room/team-sync', here)).toEqual({ do: 'nothing' });
		expect(decideLaunch('not an address', here)).toEqual({ do: 'nothing' });
	});
});
