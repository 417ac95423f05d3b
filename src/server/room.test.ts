import { describe, expect, it } from 'vitest';
import type { MemberState } from '../lib/protocol';
import { applyCommand, emptyRoom, type Outcome, type RoomCommand, type RoomState } from './room';
import { nextExpiry } from './seats';

const off = { microphone: false, camera: false, screen: false };
const signal = {
	kind: 'description' as const,
	epoch: 0,
	offer: 1,
	type: 'offer' as const,
	sdp: 'v=0',
	key: 'k'.repeat(87),
	signature: 's'.repeat(86),
};

type JoinCommand = Extract<RoomCommand, { type: 'join' }>;

function joinAs(
	id: string,
	member: Partial<MemberState> = {},
	change: Partial<Omit<JoinCommand, 'member'>> = {},
): JoinCommand {
	return {
		type: 'join',
		id,
		lease: `lease of ${id}`,
		incarnation: `page of ${id}`,
		member: { name: id, publications: off, hand: false, ...member },
		offers: [],
		...change,
	};
}

/** Runs commands one after the other at `now`, and returns the last outcome. */
function run(state: RoomState, commands: RoomCommand[], now = 1_000, roomLimit = 3): Outcome {
	let outcome: Outcome = { state, deliveries: [], renewed: [], refusal: null };
	for (const command of commands)
		outcome = applyCommand(outcome.state, command, { now, epochMs: now }, roomLimit);
	return outcome;
}

const both = () => run(emptyRoom, [joinAs('ann'), joinAs('bob')]).state;
const leaseOf = (id: string) => ({ id, lease: `lease of ${id}` });
const participants = (state: RoomState) => state.seats.map(({ participant }) => participant);

describe('joining', () => {
	it('takes a seat, starts an outbox and tells the others', () => {
		const outcome = run(emptyRoom, [joinAs('ann'), joinAs('bob', { hand: true })]);
		expect(outcome.renewed).toEqual(['bob']);
		expect(participants(outcome.state).map(({ id }) => id)).toEqual(['ann', 'bob']);
		expect(participants(outcome.state)[1]).toMatchObject({
			handRaisedAt: 1_000,
			joinedAt: 1_000,
			presence: 'here',
		});
		expect(outcome.deliveries).toEqual([
			{ to: 'ann', event: { type: 'participant-joined', participant: participants(outcome.state)[1] } },
		]);
	});

	it('[J2] refuses when every seat is taken, be their holders away or not', () => {
		const full = run(emptyRoom, [
			joinAs('ann'),
			joinAs('bob'),
			{ type: 'disconnect', ...leaseOf('bob'), freeAt: 5_000 },
		]);
		const outcome = run(full.state, [joinAs('cleo')], 2_000, 2);
		expect(outcome.refusal).toEqual({ code: 'room-full', limit: 2 });
		expect(outcome.state).toBe(full.state);
		expect(run(full.state, [joinAs('cleo')], 5_000, 2).refusal).toBeNull();
	});

	it('[J2] lets those who hold a seat back into a full room', () => {
		const state = both();
		expect(run(state, [joinAs('bob', {}, { lease: 'another' })], 1_000, 2).refusal).toBeNull();
	});

	it('[J4] keeps seat, place and outbox when the same page load returns, and the time its hand went up', () => {
		const state = run(emptyRoom, [joinAs('ann', { hand: true }), joinAs('bob')], 1_000).state;
		const outcome = run(
			state,
			[
				{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 },
				joinAs('ann', { hand: true }, { lease: 'new' }),
			],
			2_000,
		);
		expect(outcome.renewed).toEqual([]);
		expect(participants(outcome.state)[0]).toEqual(participants(state)[0]);
		expect(outcome.deliveries.map(({ event }) => event.type)).toEqual(['participant-updated']);
		expect(nextExpiry(outcome.state.seats)).toBeNull();
	});

	it('[J7] tells the others when a seat is taken from a connection that holds it, though nothing else has changed', () => {
		const outcome = run(both(), [joinAs('ann', {}, { lease: 'new' })]);
		const [participant] = participants(outcome.state);
		expect(outcome.deliveries).toEqual([{ to: 'bob', event: { type: 'participant-updated', participant } }]);
	});

	it('[J5] starts the outbox anew for another page load of the same participant', () => {
		const outcome = run(both(), [joinAs('ann', {}, { incarnation: 'next page', lease: 'new' })]);
		expect(outcome.renewed).toEqual(['ann']);
		expect(outcome.deliveries).toEqual([
			{ to: 'bob', event: { type: 'participant-updated', participant: participants(outcome.state)[0] } },
		]);
		expect(participants(outcome.state)[0]).toMatchObject({ incarnation: 'next page', joinedAt: 1_000 });
	});

	it('[J6] sends offers after the news, to those they were made for and to nobody else', () => {
		const offers = [
			{ to: 'bob', incarnation: 'page of bob', signal },
			{ to: 'ann', incarnation: 'an earlier page', signal },
			{ to: 'nobody', incarnation: 'page of nobody', signal },
			{ to: 'cleo', incarnation: 'page of cleo', signal },
		];
		const outcome = run(both(), [joinAs('cleo', {}, { offers })]);
		expect(outcome.deliveries.map(({ to, event }) => [to, event.type])).toEqual([
			['ann', 'participant-joined'],
			['bob', 'participant-joined'],
			['bob', 'signal'],
		]);
	});
});

describe('speaking', () => {
	const toBob = { to: 'bob', incarnation: 'page of bob' };

	it('[S1] stamps signals and relays with the sender the session names', () => {
		const sent = run(both(), [{ type: 'signal', sender: leaseOf('ann'), ...toBob, signal }]);
		const stamp = { from: 'ann', incarnation: 'page of ann' };
		expect(sent.deliveries).toEqual([{ to: 'bob', event: { type: 'signal', ...stamp, signal } }]);
		const relayed = run(both(), [{ type: 'relay', sender: leaseOf('ann'), ...toBob, sealed: 'abc' }]);
		expect(relayed.deliveries).toEqual([{ to: 'bob', event: { type: 'relay', ...stamp, sealed: 'abc' } }]);
	});

	it('[S3] drops what was meant for an earlier page load', () => {
		const outcome = run(both(), [
			{ type: 'signal', sender: leaseOf('ann'), to: 'bob', incarnation: 'an earlier page', signal },
		]);
		expect(outcome).toMatchObject({ deliveries: [], refusal: null });
	});

	it('[S4] refuses when nobody else has that id', () => {
		for (const to of ['nobody', 'ann']) {
			const command: RoomCommand = {
				type: 'signal',
				sender: leaseOf('ann'),
				to,
				incarnation: 'page of ann',
				signal,
			};
			expect(run(both(), [command]).refusal).toEqual({ code: 'no-such-participant' });
		}
	});

	it('[S5] [J7] lets only the present holder of a seat speak for it', () => {
		const refusalFor = (sender: { id: string } & ({ lease: string } | { incarnation: string })) =>
			run(both(), [{ type: 'signal', sender, ...toBob, signal }]).refusal?.code;
		expect(refusalFor(leaseOf('nobody'))).toBe('not-joined');
		expect(refusalFor({ id: 'ann', lease: 'an earlier lease' })).toBe('taken-over');
		expect(refusalFor({ id: 'ann', incarnation: 'an earlier page' })).toBe('taken-over');
		expect(refusalFor({ id: 'ann', incarnation: 'page of ann' })).toBeUndefined();
		const away = run(both(), [{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 }]).state;
		expect(run(away, [{ type: 'leave', sender: leaseOf('ann') }]).refusal).toEqual({ code: 'not-joined' });
	});

	it('[U1] changes what was named and nothing else, and is silent when nothing changes', () => {
		const change = { publications: { screen: true, camera: undefined } };
		const outcome = run(both(), [{ type: 'update', sender: leaseOf('ann'), change }]);
		expect(participants(outcome.state)[0]).toMatchObject({
			name: 'ann',
			publications: { microphone: false, camera: false, screen: true },
		});
		expect(outcome.deliveries.map(({ to }) => to)).toEqual(['bob']);
		expect(run(outcome.state, [{ type: 'update', sender: leaseOf('ann'), change }]).deliveries).toEqual([]);
	});

	it('[U3] remembers when a hand went up until it goes down', () => {
		const hand = (raised: boolean): RoomCommand => ({
			type: 'update',
			sender: leaseOf('ann'),
			change: { hand: raised },
		});
		const raised = run(both(), [hand(true)], 2_000).state;
		expect(participants(raised)[0]?.handRaisedAt).toBe(2_000);
		expect(participants(run(raised, [hand(true)], 3_000).state)[0]?.handRaisedAt).toBe(2_000);
		expect(participants(run(raised, [hand(false)], 3_000).state)[0]?.handRaisedAt).toBeNull();
	});

	it('[U4] tells of an interruption, keeps it through other changes, and takes it back', () => {
		const call = { microphone: true, camera: false, background: true };
		const none = { microphone: false, camera: false, background: false };
		const update = (change: Extract<RoomCommand, { type: 'update' }>['change']): RoomCommand => ({
			...{ type: 'update', sender: leaseOf('ann'), change },
		});
		const during = run(both(), [update({ interruption: call })]);
		expect(during.deliveries).toMatchObject([
			{ to: 'bob', event: { type: 'participant-updated', participant: { id: 'ann', interruption: call } } },
		]);
		expect(run(during.state, [update({ interruption: call })]).deliveries).toEqual([]);
		const later = run(during.state, [update({ name: 'Ann' })]).state;
		expect(participants(later)[0]?.interruption).toEqual(call);
		expect(participants(run(later, [joinAs('ann', { interruption: none })]).state)[0]).not.toHaveProperty(
			'interruption',
		);
		const after = run(later, [update({ interruption: none })]);
		expect(after.deliveries).toHaveLength(1);
		expect(participants(after.state)[0]).not.toHaveProperty('interruption');
	});
});

describe('going', () => {
	it('[P3] frees the seat at once on leaving', () => {
		const outcome = run(both(), [{ type: 'leave', sender: leaseOf('ann') }]);
		expect(participants(outcome.state).map(({ id }) => id)).toEqual(['bob']);
		expect(outcome.deliveries).toEqual([
			{ to: 'bob', event: { type: 'participant-left', id: 'ann', reason: 'left' } },
		]);
	});

	it('[P1] keeps the seat of a lost connection until its time, then frees it', () => {
		const away = run(both(), [{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 }]);
		expect(away.deliveries).toMatchObject([
			{ to: 'bob', event: { type: 'participant-updated', participant: { id: 'ann', presence: 'away' } } },
		]);
		expect(nextExpiry(away.state.seats)).toBe(9_000);
		expect(run(away.state, [{ type: 'expire' }], 8_999).state).toEqual(away.state);
		const gone = run(away.state, [{ type: 'expire' }], 9_000);
		expect(gone.deliveries).toEqual([
			{ to: 'bob', event: { type: 'participant-left', id: 'ann', reason: 'lost' } },
		]);
		expect(nextExpiry(gone.state.seats)).toBeNull();
	});

	it('frees expired seats before any other command, even one that is refused', () => {
		const away = run(both(), [{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 }]).state;
		const outcome = run(away, [{ type: 'leave', sender: leaseOf('ann') }], 9_000);
		expect(outcome.refusal).toEqual({ code: 'not-joined' });
		expect(outcome.deliveries).toHaveLength(1);
		expect(participants(outcome.state).map(({ id }) => id)).toEqual(['bob']);
	});

	it('tells those who go at the same moment nothing of each other', () => {
		const away = run(both(), [
			{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 },
			{ type: 'disconnect', ...leaseOf('bob'), freeAt: 9_000 },
		]).state;
		expect(run(away, [{ type: 'expire' }], 9_000)).toMatchObject({ state: emptyRoom, deliveries: [] });
	});

	it('[J7] ignores the end of a connection whose seat another one holds', () => {
		const state = run(both(), [joinAs('ann', {}, { lease: 'new' })]).state;
		const outcome = run(state, [{ type: 'disconnect', ...leaseOf('ann'), freeAt: 9_000 }]);
		expect(outcome.state).toBe(state);
	});
});

it('[T3] gives one who returns to a rebuilt room the place they had, whoever returned first', () => {
	const state = run(emptyRoom, [
		joinAs('bob', {}, { joinedAt: 20 }),
		joinAs('ann', {}, { joinedAt: 10 }),
		joinAs('new'),
	]).state;
	expect(participants(state).map(({ id, joinedAt }) => [id, joinedAt])).toEqual([
		['ann', 10],
		['bob', 20],
		['new', 1_000],
	]);
	const held = run(state, [joinAs('bob', {}, { joinedAt: 5 })]).state;
	expect(participants(held)[1]).toMatchObject({ id: 'bob', joinedAt: 20 });
});
