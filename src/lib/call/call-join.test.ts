import { afterEach, describe, expect, it } from 'vitest';
import {
	closePages,
	ids,
	lit,
	openPage,
	phases,
	room,
	secret,
	someone,
	welcome,
} from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';
import { fakeTrust } from '../../../tests/support/fake-identity';
import { pageLoad } from '../../../tests/support/page-load';
import type { JoinExtras } from './transport/transport';

afterEach(closePages);

describe('a lobby', () => {
	it('shows how many are inside, and has the transport make ready for them', async () => {
		const page = await openPage();
		const seats = [{ id: 'bob-here', incarnation: pageLoad('bob-here') }];
		page.signaling.tellLobby({ count: 1, limit: 8, seats });
		expect(page.call.snapshot).toMatchObject({
			phase: 'lobby',
			lobby: { count: 1, limit: 8 },
			failure: null,
		});
		expect(page.transport().prepared?.seats).toEqual(seats);
		expect(lit(page)).toBe(true);
	});
});

describe('a join', () => {
	it('carries what was made ready and what is true of us, and leads in with the welcome', async () => {
		const page = await openPage();
		const offers: JoinExtras['offers'] = [];
		page.transport().extras = Promise.resolve({ offers });
		page.call.room.join('Ann');
		expect(page.call.snapshot.phase).toBe('joining');
		await settle();
		const { address, options, state } = page.signaling.session;
		expect(address).toEqual({ room, tag: fakeTrust('ann', secret).tag });
		expect(options.offers).toBe(offers);
		expect(options).toMatchObject({ incarnation: page.incarnation, token: null });
		expect(state).toMatchObject({
			name: 'Ann',
			publications: { microphone: true, camera: true, screen: false },
			hand: false,
		});
		page.signaling.session.say(welcome(page, [someone('bob-here')]));
		expect(page.call.snapshot).toMatchObject({ phase: 'in-call', self: { id: 'ann-here', name: 'Ann' } });
		expect(ids(page)).toEqual(['bob-here']);
		expect(page.transport().members).toEqual({
			self: { id: 'ann-here', incarnation: page.incarnation },
			others: [{ id: 'bob-here', incarnation: pageLoad('bob-here') }],
			insideBefore: new Set(['bob-here']),
		});
		expect(page.signaling.watched).toEqual([]);
		expect(phases(page)).toEqual(['lobby', 'joining', 'in-call']);
		expect(page.notices).toEqual([]);
	});

	it('is sent once, however often it is clicked', async () => {
		const page = await openPage();
		for (let click = 0; click < 5; click++) page.call.room.join('Ann');
		await settle();
		page.call.room.join('Ann');
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('that is refused leads to a lobby with new peers, says why, and may be tried again', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.end({ code: 'server-full' });
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'server-full' } });
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		expect(lit(page)).toBe(true);
		page.call.room.join('Ann');
		expect(page.call.snapshot).toMatchObject({ phase: 'joining', failure: null });
	});

	it('[B6] is not even asked for where the page can prove nothing', async () => {
		const page = await openPage({ secure: false });
		expect(page.signaling.watched).toEqual([]);
		page.call.room.join('Ann');
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'insecure' } });
		expect(page.signaling.sessions).toEqual([]);
	});
});
