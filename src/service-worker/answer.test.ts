import { describe, expect, it } from 'vitest';
import { answerFor, outdated, type Kept } from './answer';

const origin = 'https://parley.example';
const kept: Kept = {
	origin,
	paths: new Set(['/', '/settings', '/join', '/room/any', '/early.js', '/_app/immutable/a.js']),
	roomPage: '/room/any',
};
const ask = (address: string, { mode = 'navigate', method = 'GET' } = {}) =>
	answerFor({ url: new URL(address, origin), mode, method }, kept);

describe('what the service worker answers', () => {
	it('opens pages it keeps, whatever stands behind the question mark', () => {
		expect(ask('/')).toEqual({ path: '/' });
		expect(ask('/settings')).toEqual({ path: '/settings' });
		expect(ask('/join?text=https://parley.example/room/team-sync%23secret')).toEqual({ path: '/join' });
	});

	it('opens every room with the one page that stands for all', () => {
		expect(ask('/room/team-sync')).toEqual({ path: '/room/any' });
		expect(ask('/room/Team%20Sync!')).toEqual({ path: '/room/any' });
		expect(ask('/room/team-sync/more')).toBeNull();
		expect(ask('/room/%E0%A4%A')).toBeNull();
	});

	it('leads away from a slash at the end, as the server does', () => {
		expect(ask('/room/team-sync/')).toEqual({ address: `${origin}/room/team-sync` });
		expect(ask('/join/?text=a')).toEqual({ address: `${origin}/join?text=a` });
		expect(ask('/elsewhere/')).toBeNull();
	});

	it('gives files it keeps, and looks for those of another build', () => {
		expect(ask('/early.js', { mode: 'no-cors' })).toEqual({ path: '/early.js' });
		expect(ask('/_app/immutable/other.js', { mode: 'cors' })).toEqual({ path: '/_app/immutable/other.js' });
		expect(ask('/screenshots/call-wide.webp', { mode: 'no-cors' })).toBeNull();
	});

	it('never touches signaling, health or metrics, however they are asked for', () => {
		for (const path of ['/trpc', '/trpc/room.join?input={}', '/healthz', '/readyz', '/metrics']) {
			for (const mode of ['navigate', 'cors', 'websocket']) expect(ask(path, { mode })).toBeNull();
		}
		expect(ask('/', { method: 'POST' })).toBeNull();
		expect(ask('https://elsewhere.example/')).toBeNull();
	});

	it('takes a form that another app shared, and no other', () => {
		expect(ask('/join', { method: 'POST' })).toEqual({ shared: true });
		expect(ask('/join', { method: 'POST', mode: 'cors' })).toBeNull();
		expect(ask('/settings', { method: 'POST' })).toBeNull();
		expect(ask('https://elsewhere.example/join', { method: 'POST' })).toBeNull();
	});

	it('does not answer a script with a page', () => {
		expect(ask('/room/team-sync', { mode: 'cors' })).toBeNull();
	});
});

describe('which caches a new build throws away', () => {
	it('keeps its own and the one before', () => {
		const names = ['parley-z', 'parley-c', 'parley-b', 'somebody-else'];
		expect(outdated(names, 'parley-c', 'parley-')).toEqual(['parley-z']);
		expect(outdated(['parley-c'], 'parley-c', 'parley-')).toEqual([]);
	});
});
