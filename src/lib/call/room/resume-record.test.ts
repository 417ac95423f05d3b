import { describe, expect, it } from 'vitest';
import {
	createFakePlatform,
	memoryStore,
	type FakePlatformOptions,
} from '../../../../tests/support/fake-platform';
import { claimResumeRecord, saveResumeRecord, type ResumeRecord } from './resume-record';

const room = { room: 'team-sync', tag: null };
const record: ResumeRecord = {
	...room,
	participant: 'AAAAAAAAAAAAAAAAAAAAAA',
	token: 'token',
	name: 'Ada',
	hand: true,
	microphone: true,
	camera: true,
};

/** A tab whose page went while it was in a call, and what is loaded into it next. */
function tabAfterCall(options: FakePlatformOptions = {}) {
	const tabStorage = memoryStore();
	saveResumeRecord(createFakePlatform({ tabStorage }), record);
	const locks = new Set<string>();
	const load = (more: FakePlatformOptions) => createFakePlatform({ tabStorage, locks, ...options, ...more });
	return { load, locks };
}

describe('the way back into a call', () => {
	it('is open to a reload, with everything as it was', async () => {
		const { load } = tabAfterCall();
		expect(await claimResumeRecord(load({ arrival: 'reloaded' }), room)).toMatchObject({
			...record,
			asks: false,
		});
	});

	it('asks whoever was led to the room by an address, and goes on asking when that page is reloaded', async () => {
		const { load } = tabAfterCall();
		const opened = load({ arrival: 'opened' });
		expect(await claimResumeRecord(opened, room)).toMatchObject({ token: 'token', asks: true });
		opened.unload();
		expect(await claimResumeRecord(load({ arrival: 'reloaded' }), room)).toBeNull();
	});

	it('is silent and dark after a step in the history, which another site in the tab can make', async () => {
		const { load } = tabAfterCall();
		expect(await claimResumeRecord(load({ arrival: 'stepped' }), room)).toMatchObject({
			asks: false,
			microphone: false,
			camera: false,
		});
	});

	it('is no way into another room, nor into one of the same name by another link, and waits for its own', async () => {
		const { load } = tabAfterCall();
		const arrival = 'stepped';
		expect(await claimResumeRecord(load({ arrival: 'opened' }), { ...room, room: 'other-room' })).toBeNull();
		expect(await claimResumeRecord(load({ arrival }), { ...room, tag: 'AAAAAAAAAAAAAAAAAAAAAA' })).toBeNull();
		expect(await claimResumeRecord(load({ arrival }), room)).not.toBeNull();
	});

	it('is closed after ten minutes, and to a copy of the tab', async () => {
		const late = tabAfterCall().load({ arrival: 'reloaded' });
		await late.clock.advance(11 * 60_000);
		expect(await claimResumeRecord(late, room)).toBeNull();

		const { load, locks } = tabAfterCall();
		locks.add(`parley.seat.${record.participant}`);
		expect(await claimResumeRecord(load({ arrival: 'reloaded' }), room)).toBeNull();
		locks.clear();
		expect(await claimResumeRecord(load({ arrival: 'reloaded' }), room)).toBeNull();
	});
});
