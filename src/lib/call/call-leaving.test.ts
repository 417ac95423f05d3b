import { afterEach, describe, expect, it } from 'vitest';
import { closePages, lit, openPage, someone, welcome } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';
import type { JoinExtras } from './transport/transport';

afterEach(closePages);

describe('leaving while joining', () => {
	it('before the join is ready sends none', async () => {
		const page = await openPage();
		let ready: (extras: JoinExtras) => void = () => {};
		page.transport().extras = new Promise((resolve) => (ready = resolve));
		page.call.room.join('Ann');
		page.call.room.leave();
		ready({ offers: [] });
		await settle();
		expect(page.signaling.sessions).toEqual([]);
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null });
		expect(lit(page)).toBe(false);
	});

	it('tells the server, and a welcome that comes too late changes nothing', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		page.call.room.leave();
		expect(page.signaling.session.left).toBe(true);
		page.signaling.session.say(welcome(page, [someone('bob-here')]));
		page.signaling.session.end({ code: 'room-full' });
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null, participants: [] });
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
	});

	it('for the lobby begins it anew, and the next join has nothing of the one before', async () => {
		const page = await openPage();
		page.call.room.join('Ann');
		await settle();
		const [first] = page.signaling.sessions;
		page.call.room.stopWaiting();
		expect(first?.left).toBe(true);
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null });
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		page.call.room.join('Ann');
		await settle();
		first?.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('joining');
		page.signaling.session.say(welcome(page));
		expect(page.call.snapshot.phase).toBe('in-call');
		expect(lit(page)).toBe(true);
	});
});
