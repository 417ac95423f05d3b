import { afterEach, describe, expect, it } from 'vitest';
import { closePages, openPage, welcome, type Page } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';

afterEach(closePages);

describe('a full room', () => {
	const full = { code: 'room-full', limit: 8 } as const;

	async function waiting(): Promise<Page> {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.end(full);
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: full });
		page.signaling.tellLobby({ count: 8, limit: 8 });
		page.call.room.waitForSeat('Ann');
		expect(page.call.snapshot).toMatchObject({ phase: 'waiting-for-seat', failure: null });
		return page;
	}

	it('is waited for until there is a seat, however often somebody else is quicker', async () => {
		const page = await waiting();
		page.signaling.tellLobby({ count: 8, limit: 8 });
		await settle();
		expect(page.signaling.sessions).toHaveLength(1);
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		page.signaling.session.end(full);
		expect(page.call.snapshot).toMatchObject({ phase: 'waiting-for-seat', failure: null });
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		expect(page.signaling.sessions).toHaveLength(3);
		expect(page.signaling.session.state.name).toBe('Ann');
		page.signaling.session.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('in-call');
		expect(page.transports.filter(({ closed }) => !closed)).toHaveLength(1);
	});

	it('is joined at once where a seat is free by the time of the click', async () => {
		const page = await openPage();
		page.signaling.tellLobby({ count: 2, limit: 8 });
		page.call.room.waitForSeat('Ann');
		expect(page.call.snapshot.phase).toBe('joining');
	});

	it('is waited for no longer once that is called off', async () => {
		const page = await waiting();
		page.call.room.stopWaiting();
		page.signaling.tellLobby({ count: 1, limit: 8 });
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null, lobby: { count: 1 } });
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('ends the wait with any other refusal, and says which', async () => {
		const page = await waiting();
		page.signaling.tellLobby({ count: 7, limit: 8 });
		await settle();
		page.signaling.session.end({ code: 'server-full' });
		page.signaling.tellLobby({ count: 1, limit: 8 });
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'server-full' } });
		expect(page.signaling.sessions).toHaveLength(2);
	});
});
