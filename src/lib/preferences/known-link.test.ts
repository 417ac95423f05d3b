import { describe, expect, it } from 'vitest';
import { knownLinkFor } from './known-link';

const room = 'team-sync';
const recent = (secret: string | null, name = room) => ({ room: name, secret, visitedAt: 1 });

describe('what this device knows of a link', () => {
	it('is that its secret is missing, or another than before', () => {
		const rooms = [recent(null), recent('new'), recent('old')];
		expect(knownLinkFor(rooms, { room, secret: null })).toEqual({ secret: 'new', thisLink: 'missing' });
		expect(knownLinkFor(rooms, { room, secret: 'strange' })).toEqual({ secret: 'new', thisLink: 'other' });
	});

	it('is nothing to tell of a link used before, nor of a name never met with a secret', () => {
		const rooms = [recent('new'), recent('old'), recent(null, 'other-room')];
		expect(knownLinkFor(rooms, { room, secret: 'old' })).toBeNull();
		expect(knownLinkFor(rooms, { room: 'other-room', secret: null })).toBeNull();
		expect(knownLinkFor(rooms, { room: 'other-room', secret: 'strange' })).toBeNull();
		expect(knownLinkFor([], { room, secret: null })).toBeNull();
	});
});
