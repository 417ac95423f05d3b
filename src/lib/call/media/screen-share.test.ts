import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-clock';
import type { FakeTrack } from '../../../../tests/support/fake-media-devices';
import { createFakePlatform } from '../../../../tests/support/fake-platform';
import { createLocalMedia } from './local-media';
import type { DeviceNotice } from './media-state';
import { pickerMaxMs } from './screen-share';
import type { Slot } from '../transport/transport';

function setUp() {
	const platform = createFakePlatform();
	const sent = new Map<Slot, MediaStreamTrack | null>();
	const wanted: boolean[] = [];
	const told: DeviceNotice[] = [];
	const media = createLocalMedia(platform, {
		changed: (snapshot) => wanted.push(snapshot.screen.wanted),
		trackChanged: (slot, track) => sent.set(slot, track),
		notice: (notice) => told.push(notice),
	});
	return { media, devices: platform.devices, clock: platform.clock, sent, wanted, told };
}

const off = { wanted: false, state: 'off', failure: null };
const on = { wanted: true, state: 'on', failure: null };

describe('sharing a screen', () => {
	it('opens the picker in the task of the click and sends what was picked, with its sound', async () => {
		const { media, devices, sent } = setUp();
		devices.picker = 'share-with-sound';
		media.setScreen(true);
		expect(media.snapshot.screen.state).toBe('starting');
		await settle();
		expect(media.snapshot.screen).toEqual(on);
		expect(sent.get('screen')?.contentHint).toBe('detail');
		expect(sent.get('screenAudio')?.kind).toBe('audio');
		expect(media.snapshot.screenStream?.getTracks()).toEqual([sent.get('screen')]);
	});

	it('stands beside the camera', async () => {
		const { media, devices } = setUp();
		media.start();
		media.setScreen(true);
		await settle();
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera', 'screen']);
	});

	it('ends at once when switched off', async () => {
		const { media, devices, sent } = setUp();
		devices.picker = 'share-with-sound';
		media.setScreen(true);
		await settle();
		media.setScreen(false);
		expect(devices.live).toEqual([]);
		expect([sent.get('screen'), sent.get('screenAudio')]).toEqual([null, null]);
		expect(media.snapshot.screen).toEqual(off);
		expect(media.snapshot.screenStream).toBeNull();
	});

	it("ends by the browser's own button, sound and all", async () => {
		const { media, devices, sent } = setUp();
		devices.picker = 'share-with-sound';
		media.setScreen(true);
		await settle();
		(sent.get('screen') as unknown as FakeTrack).end();
		expect(media.snapshot.screen).toEqual(off);
		expect(devices.live).toEqual([]);
		expect([sent.get('screen'), sent.get('screenAudio')]).toEqual([null, null]);
	});

	it('goes on without its sound when only that ends', async () => {
		const { media, devices, sent } = setUp();
		devices.picker = 'share-with-sound';
		media.setScreen(true);
		await settle();
		(sent.get('screenAudio') as unknown as FakeTrack).end();
		expect(sent.get('screenAudio')).toBeNull();
		expect(media.snapshot.screen).toEqual(on);
	});

	it('has not failed when the picker was closed', async () => {
		const { media, devices, sent, wanted, told } = setUp();
		devices.picker = 'cancel';
		media.setScreen(true);
		await settle();
		expect(media.snapshot.screen).toEqual(off);
		expect(wanted).toEqual([true, false]);
		expect(sent.size).toBe(0);
		expect(told).toEqual([]);
	});

	it('says so, and tells why, when the system refuses, until it is asked for again', async () => {
		const { media, devices, told } = setUp();
		devices.picker = 'refused-by-system';
		media.setScreen(true);
		await settle();
		expect(media.snapshot.screen).toEqual({
			wanted: false,
			state: 'failed',
			failure: { code: 'denied-by-system', mendsItself: false },
		});
		expect(told).toEqual([{ type: 'screen-unavailable', code: 'denied-by-system' }]);
		devices.picker = 'share';
		media.setScreen(true);
		await settle();
		expect(media.snapshot.screen).toEqual(on);
	});

	it('stops what is picked after it was switched off', async () => {
		const { media, devices, sent } = setUp();
		devices.picker = 'wait';
		media.setScreen(true);
		media.setScreen(false);
		devices.pickNow('share-with-sound');
		await settle();
		expect(devices.tracks).toHaveLength(2);
		expect(devices.live).toEqual([]);
		expect(sent.size).toBe(0);
	});

	it('uses what is picked after off and on, and opens no second picker after a "cancel"', async () => {
		for (const picked of ['share', 'cancel'] as const) {
			const { media, devices } = setUp();
			devices.picker = 'wait';
			media.setScreen(true);
			media.setScreen(false);
			media.setScreen(true);
			devices.picker = 'share';
			devices.pickNow(picked);
			await settle();
			expect(media.snapshot.screen).toEqual(picked === 'share' ? on : off);
			expect(devices.live).toHaveLength(picked === 'share' ? 1 : 0);
		}
	});

	it('opens another picker for a click after one that was never answered', async () => {
		const { media, devices, clock } = setUp();
		devices.picker = 'wait';
		media.setScreen(true);
		await clock.advance(pickerMaxMs);
		media.setScreen(false);
		expect(media.snapshot.screen).toEqual(off);
		devices.picker = 'share';
		media.setScreen(true);
		await settle();
		expect(media.snapshot.screen).toEqual(on);
		for (const late of ['share', 'cancel'] as const) {
			devices.pickNow(late);
			await settle();
			expect(media.snapshot.screen).toEqual(on);
			expect(devices.live).toHaveLength(1);
		}
	});

	it('takes no harm from the end of a picker that another one was opened after', async () => {
		const { media, devices, clock } = setUp();
		devices.picker = 'wait';
		media.setScreen(true);
		await clock.advance(pickerMaxMs);
		media.setScreen(false);
		media.setScreen(true);
		const [first] = devices.openPickers;
		first?.('cancel');
		await settle();
		expect(media.snapshot.screen.state).toBe('starting');
		devices.pickNow('share');
		await settle();
		expect(media.snapshot.screen).toEqual(on);
	});

	it('ends with the release', async () => {
		const { media, devices } = setUp();
		media.start();
		media.setScreen(true);
		await settle();
		media.release();
		expect(devices.live).toEqual([]);
		expect(media.snapshot.screen).toEqual(off);
	});
});
