import { afterEach, describe, expect, it } from 'vitest';
import { closePages, ids, inCall, lit, someone } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';

afterEach(closePages);

describe('the end', () => {
	it('[J7] by another tab that took the seat is final: devices are let go, nothing joins again by itself', async () => {
		const page = await inCall();
		page.signaling.session.end({ code: 'taken-over' });
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: { code: 'taken-over' } });
		expect(page.transport().closed).toBe(true);
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
		page.signaling.setState('reconnecting');
		page.signaling.setState('connected');
		await page.platform.clock.advance(120_000);
		expect(page.signaling.sessions).toHaveLength(1);
		expect(lit(page)).toBe(false);
		expect(page.platform.tabStorage.get('parley.session')).toBeNull();
	});

	it('by hanging up tells the server at once, and is told no failure', async () => {
		const page = await inCall();
		page.call.room.leave();
		expect(page.signaling.session.left).toBe(true);
		expect(page.call.snapshot).toMatchObject({ phase: 'ended', failure: null });
		expect(lit(page)).toBe(false);
		page.signaling.session.say({ type: 'participant-joined', participant: someone('carol-here') });
		expect(ids(page)).not.toContain('carol-here');
		expect(page.notices).toEqual([]);
	});

	it('of the page lets go of everything, and nothing is told any more', async () => {
		const page = await inCall();
		const told = page.snapshots.length;
		page.call.dispose();
		page.call.dispose();
		await settle();
		expect(page.signaling.session.left).toBe(true);
		expect(page.signaling.closed).toBe(true);
		expect(page.snapshots).toHaveLength(told);
		expect(page.platform.clock.pending).toBe(0);
		expect(page.platform.network.listeners).toBe(0);
		expect(page.platform.devices.listeners).toBe(0);
		expect(lit(page)).toBe(false);
	});
});
