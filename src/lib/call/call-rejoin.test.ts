import { afterEach, describe, expect, it } from 'vitest';
import { closePages, ids, inCall, lit, someone, welcome } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';

afterEach(closePages);

describe('a rejoin', () => {
	it('begins in the same lobby, with a seat and peers of its own and the hand down', async () => {
		const page = await inCall();
		page.call.room.setHand(true);
		page.call.room.leave();
		page.call.room.reopen();
		await settle();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null, participants: [] });
		expect(lit(page)).toBe(true);
		expect(page.transports.map(({ closed }) => closed)).toEqual([true, false]);
		expect(page.transport().published.get('microphone')).not.toBeNull();
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBeNull();
		expect(page.signaling.session.state.hand).toBe(false);
		page.signaling.session.say(welcome(page, [someone('carol-here')]));
		expect(ids(page)).toEqual(['carol-here']);
	});

	it('after another tab took the seat leaves that tab in its seat', async () => {
		const page = await inCall();
		page.signaling.session.end({ code: 'taken-over' });
		page.call.room.reopen();
		expect(page.call.snapshot).toMatchObject({ phase: 'lobby', failure: null, participants: [] });
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.sessions).toHaveLength(2);
		expect(page.signaling.session.options.token).toBeNull();
		page.signaling.session.say(welcome(page));
		expect(page.call.snapshot).toMatchObject({ phase: 'in-call', failure: null });
		expect(lit(page)).toBe(true);
	});

	it('hides the address and keeps microphone and camera as they were before', async () => {
		const page = await inCall();
		page.call.connections.setAddressHidden(true);
		page.call.media.setMicrophone(false);
		expect(page.transport().addressHidden).toBe(true);
		page.call.room.leave();
		page.call.room.reopen();
		await settle();
		expect(page.transports).toHaveLength(2);
		expect(page.transport().addressHidden).toBe(true);
		expect(page.call.snapshot.media).toMatchObject({
			microphone: { wanted: false },
			camera: { wanted: true },
		});
	});
});
