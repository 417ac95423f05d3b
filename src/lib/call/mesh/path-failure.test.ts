import { expect, it } from 'vitest';
import { judgePath, type PathEvidence } from './path-failure';

const answered: PathEvidence = {
	state: 'failed',
	otherEndAnswers: true,
	lacksRelay: false,
	hasRelays: true,
	relayReached: true,
};
const failure = (change: Partial<PathEvidence>) => judgePath({ ...answered, ...change }).pathFailure;

it('is blamed on nothing while it may still come about', () => {
	for (const state of ['connecting', 'connected', 'reconnecting'] as const) {
		expect(judgePath({ ...answered, state, hasRelays: false })).toEqual({
			connection: state,
			pathFailure: null,
		});
	}
});

it('is blamed on the relay where they answer and nothing gets through: on none, or on one that gave no way in', () => {
	expect(failure({ hasRelays: false, relayReached: false })).toBe('no-relay');
	expect(failure({ relayReached: false })).toBe('relay-unreachable');
	expect(failure({})).toBeNull();
});

it('is blamed on no relay where they do not answer: they may be gone', () => {
	expect(failure({ otherEndAnswers: false, hasRelays: false })).toBeNull();
});

it('[N17] has failed at once where a relay is all that may be used and there is none, unless it is there already', () => {
	const hidden = { ...answered, lacksRelay: true, otherEndAnswers: false, hasRelays: false };
	expect(judgePath({ ...hidden, state: 'connecting' })).toEqual({
		...{ connection: 'failed', pathFailure: 'address-hidden' },
	});
	expect(judgePath({ ...hidden, state: 'connected' })).toEqual({
		...{ connection: 'connected', pathFailure: null },
	});
});
