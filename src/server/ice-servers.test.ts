import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { iceServersFor } from './ice-servers';

const turn = { urls: ['turn:turn.example.org', 'turns:turn.example.org'], secret: 'shared with coturn' };

it('names no server of anybody unless one is configured', () => {
	expect(iceServersFor({ stunUrls: [], turn: null }, { name: 'ann', lifetimeMs: 1_000 }, 0)).toEqual([]);
});

it("makes TURN credentials as coturn's use-auth-secret checks them", () => {
	const servers = iceServersFor(
		{ stunUrls: ['stun:stun.example.org'], turn },
		{ name: 'ann', lifetimeMs: 60_000 },
		1_000_500,
	);
	const username = '1060:ann';
	const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
	expect(servers).toEqual([{ urls: ['stun:stun.example.org'] }, { urls: turn.urls, username, credential }]);
});

it('[E9] names no relay to whom there is none for', () => {
	expect(iceServersFor({ stunUrls: ['stun:stun.example.org'], turn }, null, 0)).toEqual([
		{ urls: ['stun:stun.example.org'] },
	]);
});
