import { afterEach, describe, expect, it, vi } from 'vitest';
import { closePages, inCall, someone, type Page } from '../../../tests/support/call-page';
import { settle, type FakeClock } from '../../../tests/support/fake-clock';
import type { Participant, ServerEvent } from '../protocol';
import { poorLineMs } from './adaptation/data-saver';
import type { CallNotice } from './snapshot';

afterEach(() => {
	closePages();
	vi.doUnmock('./messaging');
});

/** What makes each notice, and what it says. `page` is in a call with Bob. */
type Cause = (page: Page) => Promise<Omit<CallNotice, 'type'>> | Omit<CallNotice, 'type'>;

const updated = (page: Page, more: Partial<Participant>) =>
	page.signaling.session.say({ type: 'participant-updated', participant: someone('bob-here', more) });
const bob = { id: 'bob-here', name: 'bob-here' };
const sharing = { publications: { microphone: true, camera: true, screen: true } };

const causes: Record<CallNotice['type'], Cause> = {
	joined(page) {
		const event: ServerEvent = { type: 'participant-joined', participant: someone('carol-here') };
		for (let time = 0; time < 2; time++) page.signaling.session.say(event);
		return { id: 'carol-here', name: 'carol-here' };
	},
	left(page) {
		for (let time = 0; time < 2; time++) {
			page.signaling.session.say({ type: 'participant-left', id: 'bob-here', reason: 'left' });
		}
		return bob;
	},
	'hand-raised'(page) {
		for (const handRaisedAt of [5, 5]) updated(page, { handRaisedAt });
		return bob;
	},
	'screen-started'(page) {
		for (let time = 0; time < 2; time++) updated(page, sharing);
		return bob;
	},
	'screen-stopped'(page) {
		updated(page, sharing);
		page.notices.length = 0;
		for (let time = 0; time < 2; time++) updated(page, {});
		return bob;
	},
	async message(page) {
		// Bob's own page.
		const other = await inCall({ id: 'bob-here', load: 'bob', clock: page.platform.clock }, [
			someone(page.id, { incarnation: page.incarnation }),
		]);
		updated(page, { incarnation: other.incarnation });
		await connect(page, other);
		other.call.chat.send('hello');
		await page.platform.clock.advance(10_000);
		return { entry: expect.objectContaining({ text: 'hello' }) as never };
	},
	'signaling-lost'(page) {
		page.signaling.setState('reconnecting');
		page.signaling.setState('reconnecting', 'buffered');
		return {};
	},
	'signaling-restored'(page) {
		page.signaling.setState('reconnecting');
		page.notices.length = 0;
		page.signaling.setState('connected');
		page.signaling.session.resume();
		return {};
	},
	'chat-not-loaded': async (page) => {
		const clock = await withoutMessaging(page);
		await clock.advance(3_000);
		return {};
	},
	'chat-loaded': async (page) => {
		const clock = await withoutMessaging(page);
		page.notices.length = 0;
		vi.doUnmock('./messaging');
		await clock.advance(30_000);
		await vi.dynamicImportSettled();
		await clock.advance(30_000);
		return {};
	},
	renamed(page) {
		for (let time = 0; time < 2; time++) page.call.room.setName('Anna');
		return { name: 'Anna' };
	},
	async 'data-saver'(page) {
		page.platform.network.saveData = true;
		for (let time = 0; time < 2; time++) page.platform.network.change('estimate');
		await page.platform.clock.advance(poorLineMs);
		return { reason: 'system' };
	},
	async 'device-lost'(page) {
		page.platform.devices.unplug('mic-desk');
		await page.platform.clock.advance(5_000);
		return { kind: 'microphone', label: 'Desk microphone' };
	},
	async 'device-changed'(page) {
		page.call.media.chooseDevice('microphone', 'mic-headset');
		await settle();
		page.platform.devices.unplug('mic-headset');
		await page.platform.clock.advance(5_000);
		page.notices.length = 0;
		page.platform.devices.plug({ kind: 'microphone', id: 'mic-headset', label: 'Headset' });
		await page.platform.clock.advance(5_000);
		return { kind: 'microphone', label: 'Headset' };
	},
	async 'device-unavailable'(page) {
		page.platform.devices.busy.add('cam-back');
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		return { kind: 'camera', label: 'Back camera' };
	},
	async 'device-available'(page) {
		page.platform.devices.busy.add('cam-back');
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		page.notices.length = 0;
		page.platform.devices.busy.clear();
		page.call.media.chooseDevice('camera', 'cam-back');
		await page.platform.clock.advance(5_000);
		return { kind: 'camera' };
	},
	async 'screen-unavailable'(page) {
		page.platform.devices.picker = 'refused-by-system';
		page.call.media.setScreen(true);
		await page.platform.clock.advance(5_000);
		return { code: 'denied-by-system' };
	},
	async 'capture-restored'(page) {
		const track = page.platform.devices.live.find(({ kind }) => kind === 'audio') ?? expect.fail();
		track.setMuted(true);
		await page.platform.clock.advance(1_900);
		track.setMuted(false);
		await page.platform.clock.advance(5_000);
		return { sources: ['microphone'] };
	},
};

/** As over an open data channel. */
async function connect(one: Page, other: Page): Promise<void> {
	one.transport().carry = (_, text) => (other.transport().receive(one.id, text), true);
	other.transport().carry = (_, text) => (one.transport().receive(other.id, text), true);
	for (const connection of ['reconnecting', 'connected'] as const) {
		one.transport().setConnection(other.id, connection);
		other.transport().setConnection(one.id, connection);
	}
	await one.platform.clock.advance(1_000);
}

/** Back in the same room, while what reads messages can't be loaded. */
async function withoutMessaging(page: Page): Promise<FakeClock> {
	vi.resetModules();
	vi.doMock('./messaging', () => Promise.reject(new Error('offline')));
	const again = await inCall({ load: 'again' });
	// One list of notices, so that what is looked at is the same.
	page.notices.push(...again.notices);
	again.call.onNotice((notice) => page.notices.push(notice));
	await vi.dynamicImportSettled();
	return again.platform.clock;
}

describe('every notice is told once', () => {
	it.each(Object.keys(causes) as CallNotice['type'][])('“%s”', async (type) => {
		const page = await inCall();
		expect(page.notices).toEqual([]);
		const rest = await causes[type](page);
		expect(page.notices.filter((notice) => notice.type === type)).toEqual([{ type, ...rest }]);
		// What comes of it besides, as sound that is back from another microphone, is told once as well.
		expect(new Set(page.notices.map(({ type }) => type)).size).toBe(page.notices.length);
	});
});
