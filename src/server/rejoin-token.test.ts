import { expect, it } from 'vitest';
import { limits } from '../lib/protocol';
import { createRejoinTokens } from './rejoin-token';
import { pageLoad } from '../../tests/support/page-load';

const claims = {
	room: 'team-sync',
	tag: null,
	id: 'participant-1',
	incarnation: pageLoad('page-load-1'),
	joinedAt: 4_000,
};
const tokens = createRejoinTokens('a secret of the server', 1_000);

it('gives back what it was issued for, until it expires', () => {
	const token = tokens.issue(claims, 5_000);
	expect(tokens.verify(token, 5_999)).toMatchObject(claims);
	expect(tokens.verify(token, 6_000)).toBeNull();
});

it('[M1] carries the tag of its room', () => {
	const tag = 'AAAAAAAAAAAAAAAAAAAAAQ';
	expect(tokens.verify(tokens.issue({ ...claims, tag }, 5_000), 5_000)).toMatchObject({ ...claims, tag });
});

it('[T1] refuses what another secret signed', () => {
	const foreign = createRejoinTokens('another secret', 1_000).issue(claims, 5_000);
	expect(tokens.verify(foreign, 5_000)).toBeNull();
});

it('[T1] refuses a token with any character changed', () => {
	const token = tokens.issue(claims, 5_000);
	// The last character of a base64 text may carry bits that mean nothing.
	for (let index = 0; index < token.length - 1; index++) {
		const other = token[index] === 'A' ? 'B' : 'A';
		const changed = token.slice(0, index) + other + token.slice(index + 1);
		expect(tokens.verify(changed, 5_000)).toBeNull();
	}
});

it('[T1] refuses what is no token at all', () => {
	for (const text of ['', '.', 'a.b', '..', `${tokens.issue(claims, 5_000)}.x`, '💥']) {
		expect(tokens.verify(text, 5_000)).toBeNull();
	}
});

it('fits the wire, whatever it is issued for', () => {
	const now = Date.now();
	const address = { room: '会'.repeat(limits.roomNameMax), tag: `${'t'.repeat(21)}A` };
	const names = { ...address, id: 'i'.repeat(32), incarnation: 'n'.repeat(32) };
	expect(tokens.issue({ ...names, joinedAt: now }, now).length).toBeLessThanOrEqual(limits.tokenMax);
});
