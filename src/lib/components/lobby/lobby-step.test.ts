import { expect, it } from 'vitest';
import type { CallSnapshot } from '../../call/snapshot';
import { lobbyStep } from './lobby-step';

type Seen = Pick<CallSnapshot, 'phase' | 'signaling' | 'failure'>;

const ready: Seen = { phase: 'lobby', signaling: 'connected', failure: null };

it.each<[string, Partial<Seen>, ReturnType<typeof lobbyStep>]>([
	['joins when nothing stands in the way', {}, 'ready'],
	['joins also before the server is there', { signaling: 'reconnecting' }, 'ready'],
	['waits for the answer', { phase: 'joining' }, 'joining'],
	[
		'calls off a join that finds no server',
		{ phase: 'joining', signaling: 'reconnecting' },
		'joining-unreachable',
	],
	['offers to wait where the room is full', { failure: { code: 'room-full' } }, 'room-full'],
	[
		'stops waiting for a seat',
		{ phase: 'waiting-for-seat', failure: { code: 'room-full' } },
		'waiting-for-seat',
	],
	[
		'stops waiting for a seat also without the server',
		{ phase: 'waiting-for-seat', signaling: 'reconnecting' },
		'waiting-for-seat',
	],
	['loads a newer version where this one is too old', { failure: { code: 'client-too-old' } }, 'too-old'],
	['stands until the page of the call is loaded', { phase: 'in-call' }, 'joining'],
	['tries again after any other failure', { failure: { code: 'rate-limited' } }, 'ready'],
])('%s', (_, seen, step) => {
	expect(lobbyStep({ ...ready, ...seen })).toBe(step);
});
