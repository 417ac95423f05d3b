import { describe, expect, it } from 'vitest';
import { parseSharedLink } from './shared-link';

const origin = 'https://parley.example';
const hash = '#q7Yw2mXKp4sVb9LhTzE0dA';
const link = `${origin}/room/team-sync${hash}`;

describe('what another app shares', () => {
	it('is a link, in the field for links or in any other', () => {
		const room = { ok: true, room: 'team-sync', hash };
		expect(parseSharedLink([link, null, null], origin)).toEqual(room);
		expect(parseSharedLink([null, link, 'Join my call'], origin)).toEqual(room);
	});

	it('may be a sentence with the link in it', () => {
		const sentence = `We talk at nine (${link}), bring tea.`;
		expect(parseSharedLink([null, sentence], origin)).toEqual({ ok: true, room: 'team-sync', hash });
	});

	it('may hold other links first', () => {
		const text = `https://example.org/agenda and ${link}`;
		expect(parseSharedLink([text], origin)).toEqual({ ok: true, room: 'team-sync', hash });
	});

	it('may be the name of a room', () => {
		expect(parseSharedLink(['', 'team-sync'], origin)).toEqual({ ok: true, room: 'team-sync', hash: '' });
	});

	it('is no room when it is a sentence without a link, or a link to something else', () => {
		const nothing = { ok: false, reason: 'not-a-room-link' };
		expect(parseSharedLink(['see you at nine'], origin)).toEqual(nothing);
		expect(parseSharedLink(['https://parley.example/settings'], origin)).toEqual(nothing);
		expect(parseSharedLink([null, ''], origin)).toEqual({ ok: false, reason: 'empty' });
	});

	it('may lead to a room on another server, and says where', () => {
		const url = 'https://elsewhere.example/room/team-sync';
		expect(parseSharedLink([url], origin)).toEqual({ ok: false, reason: 'other-server', url });
	});

	it('never leads to an address that is not of the web, and names whoever is behind another one', () => {
		for (const trick of [
			'javascript:alert(1)//room/team-sync',
			'data:text/html,<p>/room/team-sync',
			'file:///room/team-sync',
		])
			expect(parseSharedLink([trick], origin), trick).toEqual({ ok: false, reason: 'not-a-room-link' });
		expect(parseSharedLink([`https://parley.example@evil.example/room/team-sync${hash}`], origin)).toEqual({
			ok: false,
			reason: 'other-server',
			url: `https://evil.example/room/team-sync${hash}`,
		});
	});

	it('is read no further than a link could be', () => {
		const begun = performance.now();
		expect(
			parseSharedLink([`see ${'a'.repeat(5_000_000)}`, `see ${'x'.repeat(4_000)} ${link}`], origin).ok,
		).toBe(false);
		expect(performance.now() - begun).toBeLessThan(1_000);
	});
});
