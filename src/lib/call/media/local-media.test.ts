import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-clock';
import { createFakePlatform, type FakePlatformOptions } from '../../../../tests/support/fake-platform';
import type { FakeTrack } from '../../../../tests/support/fake-media-devices';
import { expectMediaAsAsked } from '../../../../tests/support/media-as-asked';
import { seededRandom } from '../../../../tests/support/random';
import { healthIntervalMs } from './capture-health';
import { busyRetryMs } from './device-retry';
import { freshAfterMs, silenceGraceMs } from './interruption-watch';
import { createLocalMedia } from './local-media';
import type { DeviceNotice } from './media-state';
import { readPreferences, updatePreferences, type Preferences } from '../../preferences/preferences';
import type { LocalMediaSnapshot } from './media-state';
import type { Slot } from '../transport/transport';

interface Setup extends FakePlatformOptions {
	preferences?: Partial<Omit<Preferences, 'version'>>;
	/** As for a person who has been here before. */
	granted?: boolean;
}

function setUp({ preferences, granted = false, ...options }: Setup = {}) {
	const platform = createFakePlatform(options);
	if (preferences) updatePreferences(platform.storage, preferences);
	if (granted) platform.devices.permissions = { microphone: 'granted', camera: 'granted' };
	const notices: DeviceNotice[] = [];
	const snapshots: LocalMediaSnapshot[] = [];
	const sent = new Map<Slot, MediaStreamTrack | null>();
	const media = createLocalMedia(platform, {
		changed: (snapshot) => snapshots.push(snapshot),
		trackChanged: (slot, track) => sent.set(slot, track),
		notice: (notice) => notices.push(notice),
	});
	return { platform, devices: platform.devices, clock: platform.clock, media, notices, snapshots, sent };
}

async function inLobby(setup: Setup = {}) {
	const all = setUp(setup);
	all.media.start();
	await settle();
	return all;
}

function fake(track: MediaStreamTrack | null | undefined): FakeTrack {
	if (!track) throw new Error('there is no track');
	return track as unknown as FakeTrack;
}

const off = { wanted: false, state: 'off', failure: null };
const on = { wanted: true, state: 'on', failure: null };
const starting = { wanted: true, state: 'starting', failure: null };
const failed = (code: string, mendsItself: boolean) => ({
	wanted: true,
	state: 'failed',
	failure: { code, mendsItself },
});

describe('the lobby', () => {
	it('asks for microphone and camera in one question', async () => {
		const { devices, media, sent } = await inLobby();
		expect(devices.calls).toHaveLength(1);
		expect(devices.calls[0]).toMatchObject({
			audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
			video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } },
		});
		expect(devices.questions).toBe(1);
		expect(media.snapshot.microphone).toEqual(on);
		expect(media.snapshot.camera).toEqual(on);
		expect(media.snapshot.cameraStream?.getVideoTracks()).toEqual([sent.get('camera')]);
		expect(media.track('microphone')).toBe(sent.get('microphone'));
	});

	it('shows that devices are starting while the question stands', async () => {
		const { devices, media } = setUp();
		devices.answer = 'wait';
		media.start();
		await settle();
		expect(media.snapshot.microphone).toEqual(starting);
		expect(media.snapshot.camera).toEqual(starting);
		devices.answerNow('allow');
		await settle();
		expect(media.snapshot.camera).toEqual(on);
	});

	it('captures nothing before it starts, and nothing that was off last time', async () => {
		const { devices, media } = setUp({ preferences: { microphone: false, camera: false } });
		await settle();
		media.start();
		await settle();
		expect(devices.calls).toEqual([]);
		expect(media.snapshot.microphone).toEqual(off);
		media.setCamera(true);
		await settle();
		expect(devices.calls).toEqual([{ video: expect.anything() }]);
	});

	it('has the microphone although there is no camera', async () => {
		const { media } = await inLobby({ devices: [{ kind: 'microphone', id: 'm', label: 'Desk' }] });
		expect(media.snapshot.microphone).toEqual(on);
		expect(media.snapshot.camera).toEqual(failed('not-found', true));
	});

	it('has the microphone although the camera is busy or refused', async () => {
		const busy = setUp();
		busy.devices.busy.add('cam-front');
		busy.media.start();
		await settle();
		expect(busy.media.snapshot.microphone).toEqual(on);
		expect(busy.media.snapshot.camera).toEqual(failed('busy', true));

		const refused = setUp();
		refused.devices.permissions.camera = 'denied';
		refused.media.start();
		await settle();
		expect(refused.media.snapshot.microphone).toEqual(on);
		expect(refused.media.snapshot.camera).toEqual(failed('denied', false));
	});

	it('asks no second time after a "no", whether or not the browser tells its permissions', async () => {
		for (const canTell of [true, false]) {
			const { devices, media } = setUp();
			devices.canTellPermissions = canTell;
			devices.answer = 'deny';
			media.start();
			await settle();
			expect(devices.questions).toBe(1);
			expect(devices.calls).toHaveLength(1);
			expect(media.snapshot.microphone).toEqual(failed('denied', false));
			expect(media.snapshot.camera).toEqual(failed('denied', false));
		}
	});

	it('tells a closed question from a "no", and asks again only when told to', async () => {
		const { devices, media, clock } = setUp();
		devices.answer = 'dismiss';
		media.start();
		await clock.advance(60_000);
		expect(media.snapshot.camera).toEqual(failed('dismissed', false));
		expect(devices.questions).toBe(1);
		devices.answer = 'allow';
		media.retry('camera');
		media.retry('microphone');
		expect(media.snapshot.camera).toEqual(starting);
		await settle();
		expect(devices.questions).toBe(2);
		expect(media.snapshot.camera).toEqual(on);
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('tells when it is the operating system that refuses', async () => {
		const { devices, media } = setUp();
		devices.systemRefuses.add('camera');
		media.start();
		await settle();
		expect(media.snapshot.microphone).toEqual(on);
		expect(media.snapshot.camera).toEqual(failed('denied-by-system', false));
	});

	it('says why where the platform has no devices to give', async () => {
		const insecure = await inLobby({ mediaDevices: false, secureContext: false });
		expect(insecure.media.snapshot.camera).toEqual(failed('insecure', false));
		const unsupported = await inLobby({ mediaDevices: false });
		expect(unsupported.media.snapshot.microphone).toEqual(failed('unsupported', false));
		expect(unsupported.media.snapshot.canShareScreen).toBe(false);
	});

	it('stays in use when the lobby becomes the call, and asks once more after a hang-up', async () => {
		const { devices, media, clock, platform } = await inLobby();
		media.start();
		await settle();
		expect(devices.calls).toHaveLength(1);
		media.release();
		await settle();
		expect(devices.live).toEqual([]);
		expect(media.snapshot.camera).toEqual({ ...off, wanted: true });
		expect(media.snapshot.cameraStream).toBeNull();
		expect([devices.listeners, platform.network.listeners, clock.pending]).toEqual([0, 0, 0]);
		media.start();
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.live).toHaveLength(2);
	});

	it('lets go of what arrives after the release', async () => {
		const { devices, media, sent } = setUp();
		devices.answer = 'wait';
		media.start();
		await settle();
		media.release();
		devices.answerNow('allow');
		await settle();
		expect(devices.tracks).toHaveLength(2);
		expect(devices.live).toEqual([]);
		expect([...sent.values()].every((track) => track === null)).toBe(true);
	});
});

describe('mute', () => {
	it('is instant, releases nothing and asks nothing', async () => {
		const { devices, media, sent } = await inLobby();
		const track = fake(sent.get('microphone'));
		media.setMicrophone(false);
		expect(track.enabled).toBe(false);
		expect(media.snapshot.microphone).toEqual(off);
		expect(track.readyState).toBe('live');
		media.setMicrophone(true);
		expect(track.enabled).toBe(true);
		expect(media.snapshot.microphone).toEqual(on);
		await settle();
		expect(devices.calls).toHaveLength(1);
		expect(sent.get('microphone')).toBe(track);
	});

	it.each(['microphone', 'camera'] as const)(
		'of the %s comes before anything is written down',
		async (source) => {
			const { platform, media, sent } = await inLobby();
			const track = fake(sent.get(source));
			const gaveAtWrite: boolean[] = [];
			const { set } = platform.storage;
			platform.storage.set = (key, value) => {
				gaveAtWrite.push(track.enabled && track.readyState === 'live');
				return set.call(platform.storage, key, value);
			};
			if (source === 'microphone') media.setMicrophone(false);
			else media.setCamera(false);
			expect(gaveAtWrite).toEqual([false]);
			expect(readPreferences(platform.storage)[source]).toBe(false);
		},
	);

	it('holds for a device chosen while muted', async () => {
		const { media, sent, devices } = await inLobby();
		media.setMicrophone(false);
		media.chooseDevice('microphone', 'mic-headset');
		await settle();
		const track = fake(sent.get('microphone'));
		expect([track.label, track.enabled]).toEqual(['Headset', false]);
		expect(devices.liveLabels).toEqual(['Front camera', 'Headset']);
	});

	it('does not bring back a microphone that was unplugged, until unmuted', async () => {
		const { media, devices, sent, clock } = await inLobby();
		media.setMicrophone(false);
		devices.unplug('mic-desk');
		await clock.advance(60_000);
		expect(sent.get('microphone')).toBeNull();
		expect(media.snapshot.microphone).toEqual(off);
		media.setMicrophone(true);
		await settle();
		expect(fake(sent.get('microphone')).label).toBe('Headset');
	});

	it('during the question captures nothing', async () => {
		const { media, devices } = setUp();
		devices.answer = 'wait';
		media.start();
		await settle();
		media.setMicrophone(false);
		devices.answerNow('allow');
		await settle();
		expect(devices.liveLabels).toEqual(['Front camera']);
		expect(media.snapshot.microphone).toEqual(off);
	});
});

describe('the camera', () => {
	it('lets go of its device in the task of the click, and captures again when on', async () => {
		const { media, devices, sent } = await inLobby();
		media.setCamera(false);
		expect(devices.liveLabels).toEqual(['Desk microphone']);
		expect(sent.get('camera')).toBeNull();
		expect(media.snapshot.cameraStream).toBeNull();
		media.setCamera(true);
		expect(media.snapshot.camera).toEqual(starting);
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.calls.at(-1)).toEqual({ video: expect.anything() });
	});

	it('ends as last asked after fast clicking, and leaves no track live behind it', async () => {
		for (const clicks of [1, 2, 3, 4, 7, 8]) {
			const { media, devices, clock, sent } = await inLobby();
			devices.delayMs = 50;
			for (let click = 1; click <= clicks; click++) {
				media.setCamera(click % 2 === 0);
				if (click % 3 === 0) await clock.advance(20);
			}
			await clock.advance(1_000);
			const last = clicks % 2 === 0;
			expect(media.snapshot.camera).toEqual(last ? on : off);
			expect(devices.liveLabels).toEqual(last ? ['Desk microphone', 'Front camera'] : ['Desk microphone']);
			expect(sent.get('camera') === null).toBe(!last);
		}
	});

	it('keeps its snapshot parts the same where nothing has changed', async () => {
		const { media, snapshots } = await inLobby();
		const { camera, devices, cameraStream } = media.snapshot;
		const told = snapshots.length;
		media.setMicrophone(false);
		expect(snapshots).toHaveLength(told + 1);
		expect(media.snapshot.camera).toBe(camera);
		expect(media.snapshot.devices).toBe(devices);
		expect(media.snapshot.cameraStream).toBe(cameraStream);
	});
});

describe('failures', () => {
	it('of a busy device mend by themselves, without asking meanwhile', async () => {
		const { media, devices, clock } = setUp({ granted: true });
		devices.busy.add('cam-front');
		media.start();
		await clock.advance(busyRetryMs * 2);
		expect(media.snapshot.camera).toEqual(failed('busy', true));
		devices.busy.clear();
		await clock.advance(busyRetryMs);
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.questions).toBe(0);
		await clock.advance(60_000);
		expect(devices.live).toHaveLength(2);
	});

	it('of a busy device are no longer tried when it is not wanted', async () => {
		const { media, devices, clock } = setUp({ granted: true });
		devices.busy.add('cam-front');
		media.start();
		await settle();
		media.setCamera(false);
		const { length } = devices.calls;
		expect(media.snapshot.camera).toEqual(off);
		await clock.advance(60_000);
		expect(devices.calls).toHaveLength(length);
	});

	it('by a refusal mend when the person allows it in the browser', async () => {
		const { media, devices, clock } = setUp();
		devices.answer = 'deny';
		media.start();
		await settle();
		devices.setPermission('microphone', 'prompt');
		await clock.advance(10_000);
		expect(devices.questions).toBe(1);
		devices.setPermission('camera', 'granted');
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(media.snapshot.microphone).toEqual(failed('denied', false));
		expect(devices.questions).toBe(1);
	});

	it('by a refusal mend on the return from the settings, where the browser tells of no change', async () => {
		const { media, devices, platform } = setUp();
		devices.answer = 'deny';
		media.start();
		await settle();
		devices.permissions = { microphone: 'granted', camera: 'granted' };
		platform.network.change('visible');
		await settle();
		expect([media.snapshot.camera, media.snapshot.microphone]).toEqual([on, on]);
		expect(devices.questions).toBe(1);
	});

	it('never change what is wanted', async () => {
		const { media, devices, clock, snapshots } = setUp();
		devices.answer = 'deny';
		media.start();
		await clock.advance(10_000);
		expect(snapshots.every((snapshot) => snapshot.camera.wanted && snapshot.microphone.wanted)).toBe(true);
	});

	it('of a missing camera mend when one is plugged in', async () => {
		const { media, devices } = await inLobby({ devices: [{ kind: 'microphone', id: 'm', label: 'Desk' }] });
		devices.plug({ kind: 'camera', id: 'c', label: 'New camera' });
		await settle();
		expect(media.snapshot.camera).toEqual(on);
	});
});

describe('flipping the camera', () => {
	it('goes to the other side and back, in one track, and says which way it looks', async () => {
		const { media, devices, sent } = await inLobby();
		expect(media.snapshot.cameraFacing).toBe('front');
		media.flipCamera();
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(media.snapshot.cameraFacing).toBe('back');
		expect(media.snapshot.chosen.camera).toBe('cam-back');
		media.flipCamera();
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Front camera');
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('faster than cameras open ends where the last click said, with one light on', async () => {
		const { media, devices, clock } = await inLobby();
		devices.delayMs = 200;
		for (let click = 0; click < 5; click++) media.flipCamera();
		await clock.advance(5_000);
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
		expect(media.snapshot.cameraFacing).toBe('back');
	});

	it('works where only one camera can be open at a time', async () => {
		const { media, devices } = await inLobby();
		devices.exclusive.add('camera');
		media.flipCamera();
		await settle();
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
		expect(media.snapshot.camera).toEqual(on);
	});

	it('is for one call: the next begins with the camera chosen before, in this visit and in another', async () => {
		const { media, devices, platform } = await inLobby();
		media.chooseDevice('camera', 'cam-front');
		media.flipCamera();
		media.chooseDevice('microphone', 'mic-headset');
		await settle();
		expect(readPreferences(platform.storage).devices.camera?.id).toBe('cam-front');
		media.release();
		media.start();
		await settle();
		expect(devices.liveLabels).toEqual(['Front camera', 'Headset']);
	});

	it('to a camera that a person then chooses keeps it for the next time', async () => {
		const { media, platform } = await inLobby();
		media.flipCamera();
		await settle();
		media.chooseDevice('camera', 'cam-back');
		expect(readPreferences(platform.storage).devices.camera?.id).toBe('cam-back');
	});

	it('to a camera that gives nothing keeps the one before, and says so', async () => {
		const { media, devices, notices, platform } = await inLobby();
		media.chooseDevice('camera', 'cam-front');
		await settle();
		devices.busy.add('cam-back');
		media.flipCamera();
		await settle();
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
		expect(media.snapshot.chosen.camera).toBe('cam-front');
		expect(notices).toEqual([{ type: 'device-unavailable', kind: 'camera', label: 'Back camera' }]);
		expect(readPreferences(platform.storage).devices.camera?.id).toBe('cam-front');
	});

	it('does nothing where there is one camera', async () => {
		const { media, devices } = await inLobby({ devices: [{ kind: 'camera', id: 'c', label: 'Webcam' }] });
		const { length } = devices.calls;
		media.flipCamera();
		await settle();
		expect(devices.calls).toHaveLength(length);
		expect(media.snapshot.cameraFacing).toBeNull();
	});
});

describe('a device that goes away', () => {
	it('is replaced by the default one, and the person is told', async () => {
		const { media, devices, notices, clock, sent } = await inLobby();
		await clock.advance(10_000);
		devices.unplug('cam-front');
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(media.snapshot.camera).toEqual(on);
		expect(notices).toEqual([{ type: 'device-lost', kind: 'camera', label: 'Front camera' }]);
	});

	it('is lost where there is no other, and back when it is plugged in again', async () => {
		const camera = { kind: 'camera' as const, id: 'c', label: 'Only camera' };
		const { media, devices, clock } = await inLobby({ devices: [camera] });
		await clock.advance(10_000);
		devices.unplug('c');
		await clock.advance(10_000);
		expect(media.snapshot.camera).toEqual(failed('lost', true));
		devices.plug(camera);
		await settle();
		expect(media.snapshot.camera).toEqual(on);
	});

	it('when chosen, is used again once it is back', async () => {
		const { media, devices, notices, sent, clock } = await inLobby();
		media.chooseDevice('microphone', 'mic-headset');
		await clock.advance(10_000);
		expect(fake(sent.get('microphone')).label).toBe('Headset');

		devices.unplug('mic-headset');
		await settle();
		expect(fake(sent.get('microphone')).label).toBe('Desk microphone');
		expect(media.snapshot.chosen.microphone).toBeNull();

		devices.plug({ kind: 'microphone', id: 'mic-headset', label: 'Headset' });
		await settle();
		expect(fake(sent.get('microphone')).label).toBe('Headset');
		expect(media.snapshot.chosen.microphone).toBe('mic-headset');
		expect(devices.liveLabels).toEqual(['Front camera', 'Headset']);
		expect(notices).toEqual([
			{ type: 'device-lost', kind: 'microphone', label: 'Headset' },
			{ type: 'device-changed', kind: 'microphone', label: 'Headset' },
		]);
	});

	it('does not disturb the other one', async () => {
		const { devices, sent, clock } = await inLobby();
		await clock.advance(10_000);
		const microphone = sent.get('microphone');
		devices.unplug('cam-front');
		await settle();
		expect(sent.get('microphone')).toBe(microphone);
		expect(devices.calls.slice(1).every((call) => call.audio === undefined)).toBe(true);
	});

	it('again and again at once is asked for at a measured pace', async () => {
		const { devices, sent, clock } = await inLobby();
		for (let time = 0; time < 5; time++) {
			const { length } = devices.calls;
			fake(sent.get('camera')).end();
			await clock.advance(busyRetryMs - 1);
			expect(devices.calls).toHaveLength(length);
			await clock.advance(1);
			expect(devices.calls).toHaveLength(length + 1);
		}
	});

	it('because permission was taken back is a refusal', async () => {
		const { media, devices, sent, clock } = await inLobby();
		await clock.advance(10_000);
		devices.permissions.camera = 'denied';
		fake(sent.get('camera')).end();
		await settle();
		expect(media.snapshot.camera).toEqual(failed('denied', false));
	});

	it('while it is being opened is noticed although its event has passed', async () => {
		const { media, devices, clock } = setUp({ granted: true });
		devices.delayMs = 100;
		media.start();
		await clock.advance(50);
		devices.unplug('cam-front');
		await clock.advance(50);
		expect(media.snapshot.camera).toEqual(failed('lost', true));
		await clock.advance(10_000);
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
	});

	it('is told of for speakers too', async () => {
		const { media, devices, notices } = await inLobby();
		media.chooseDevice('speaker', 'spk-desk');
		expect(media.snapshot.chosen.speaker).toBe('spk-desk');
		devices.plug({ kind: 'speaker', id: 'spk-other', label: 'Other' });
		await settle();
		devices.unplug('spk-desk');
		await settle();
		expect(media.snapshot.chosen.speaker).toBeNull();
		expect(notices).toEqual([{ type: 'device-lost', kind: 'speaker', label: 'Desk speakers' }]);
	});
});

describe('choosing a device', () => {
	it('replaces the track and stops the old one only when the new one works', async () => {
		const { media, devices, sent, clock } = await inLobby();
		const old = fake(sent.get('camera'));
		devices.delayMs = 100;
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(99);
		expect([old.readyState, sent.get('camera')]).toEqual(['live', old]);
		await clock.advance(1);
		expect(devices.calls.at(-1)).toMatchObject({ video: { deviceId: { exact: 'cam-back' } } });
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(old.readyState).toBe('ended');
		expect(media.snapshot.chosen.camera).toBe('cam-back');
	});

	it('lets go of the old one first where only one can be open', async () => {
		const { media, devices, sent } = await inLobby();
		devices.exclusive.add('camera');
		media.chooseDevice('camera', 'cam-back');
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
	});

	it('keeps the old one when the new one gives nothing, says so, and forgets the choice', async () => {
		for (const exclusive of [false, true]) {
			const { media, devices, sent, notices, platform, clock } = await inLobby();
			if (exclusive) devices.exclusive.add('camera');
			devices.busy.add('cam-back');
			media.chooseDevice('camera', 'cam-back');
			await clock.advance(30_000);
			expect(fake(sent.get('camera')).label).toBe('Front camera');
			expect(media.snapshot.camera).toEqual(on);
			expect(media.snapshot.chosen.camera).toBeNull();
			expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
			expect(notices).toEqual([{ type: 'device-unavailable', kind: 'camera', label: 'Back camera' }]);
			expect(readPreferences(platform.storage).devices.camera).toBeNull();
		}
	});

	it('that gave nothing is settled by another that works, and by nothing less', async () => {
		for (const exclusive of [false, true]) {
			const { media, devices, notices } = await inLobby();
			const types = () => notices.map(({ type }) => type);
			if (exclusive) devices.exclusive.add('camera');
			devices.busy.add('cam-back');
			media.chooseDevice('camera', 'cam-back');
			await settle();
			media.setCamera(false);
			media.setCamera(true);
			await settle();
			expect(media.snapshot.camera).toEqual(on);
			expect(types(), 'the one before goes on').toEqual(['device-unavailable']);
			media.chooseDevice('camera', 'cam-back');
			await settle();
			expect(types()).toEqual(['device-unavailable', 'device-unavailable']);
			devices.busy.clear();
			media.chooseDevice('camera', 'cam-back');
			await settle();
			expect(notices.slice(2)).toEqual([{ type: 'device-available', kind: 'camera' }]);
			media.chooseDevice('camera', 'cam-front');
			await settle();
			expect(notices, 'is told once').toHaveLength(3);
		}
	});

	it('that gave nothing is settled by whatever comes after the one that was kept', async () => {
		const { media, devices, notices, clock } = await inLobby();
		devices.busy.add('cam-back');
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(10_000);
		devices.busy.clear();
		devices.unplug('cam-front');
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(notices.map(({ type }) => type)).toContain('device-available');
	});

	it('of several quick choices uses the last', async () => {
		const { media, devices, sent, clock } = await inLobby();
		devices.delayMs = 50;
		media.chooseDevice('camera', 'cam-back');
		media.chooseDevice('camera', 'cam-front');
		await clock.advance(10);
		media.chooseDevice('camera', 'cam-back');
		media.chooseDevice('camera', 'cam-front');
		await clock.advance(1_000);
		expect(fake(sent.get('camera')).label).toBe('Front camera');
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('while the camera is off takes effect when it is on', async () => {
		const { media, devices, sent } = await inLobby();
		media.setCamera(false);
		media.chooseDevice('camera', 'cam-back');
		await settle();
		expect(devices.calls).toHaveLength(1);
		media.setCamera(true);
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Back camera');
	});

	it('is remembered for the next visit, and asked for at once', async () => {
		const { media, platform } = await inLobby();
		media.chooseDevice('camera', 'cam-back');
		media.setMicrophone(false);
		await settle();
		const later = await inLobby({ storage: platform.storage, granted: true });
		expect(later.media.snapshot.microphone).toEqual(off);
		expect(fake(later.sent.get('camera')).label).toBe('Back camera');
		expect(later.devices.calls).toHaveLength(1);
		expect(later.notices).toEqual([]);
	});

	it('in another tab is followed here, in the lobby and in the call, and not told back', async () => {
		const { media, sent, platform, devices } = await inLobby();
		const later = await inLobby({ storage: platform.storage, granted: true });
		later.media.chooseDevice('camera', 'cam-back');
		later.media.chooseDevice('speaker', 'spk-desk');
		await settle();
		const stored = platform.storage.get('parley.preferences');
		media.followDevices(readPreferences(platform.storage).devices);
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(media.snapshot.chosen).toEqual({ microphone: null, camera: 'cam-back', speaker: 'spk-desk' });
		const calls = devices.calls.length;
		media.followDevices(readPreferences(platform.storage).devices);
		await settle();
		expect(devices.calls).toHaveLength(calls);
		expect(platform.storage.get('parley.preferences')).toBe(stored);
	});

	it('in another tab that gives nothing here keeps what there is, and takes nothing back there', async () => {
		const { media, sent, platform, devices, notices } = await inLobby();
		devices.busy.add('cam-back');
		const camera = { id: 'cam-back', label: 'Back camera' };
		updatePreferences(platform.storage, { devices: { microphone: null, camera, speaker: null } });
		media.followDevices(readPreferences(platform.storage).devices);
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Front camera');
		expect(notices.map(({ type }) => type)).toEqual(['device-unavailable']);
		expect(readPreferences(platform.storage).devices.camera).toEqual(camera);
	});

	it('is found by its name when its id has changed', async () => {
		const { sent, media, devices } = await inLobby({
			preferences: {
				devices: { microphone: null, camera: { id: 'yesterday', label: 'Back camera' }, speaker: null },
			},
		});
		expect(fake(sent.get('camera')).label).toBe('Back camera');
		expect(media.snapshot.chosen.camera).toBe('cam-back');
		expect(devices.questions).toBe(1);
		expect(devices.live).toHaveLength(2);
	});

	it('of a device that is not there today uses the default, says nothing and asks once', async () => {
		const { sent, media, notices, devices, platform } = await inLobby({
			preferences: {
				devices: { microphone: null, camera: { id: 'dock', label: 'Dock camera' }, speaker: null },
			},
		});
		expect(fake(sent.get('camera')).label).toBe('Front camera');
		expect(media.snapshot.chosen.camera).toBeNull();
		expect(devices.calls).toHaveLength(1);
		expect(notices).toEqual([]);
		devices.plug({ kind: 'camera', id: 'dock', label: 'Dock camera' });
		await settle();
		expect(fake(sent.get('camera')).label).toBe('Dock camera');
		expect(readPreferences(platform.storage).devices.camera?.id).toBe('dock');
	});

	it('that comes back busy is left alone until devices change', async () => {
		const { devices, sent, notices, clock } = await inLobby({
			preferences: {
				devices: { microphone: null, camera: { id: 'dock', label: 'Dock camera' }, speaker: null },
			},
		});
		devices.exclusive.add('camera');
		devices.busy.add('dock');
		devices.plug({ kind: 'camera', id: 'dock', label: 'Dock camera' });
		await clock.advance(60_000);
		const { length } = devices.calls;
		await clock.advance(60_000);
		expect(devices.calls).toHaveLength(length);
		expect(fake(sent.get('camera')).label).toBe('Front camera');
		expect(notices.map((notice) => notice.type)).toEqual(['device-changed', 'device-unavailable']);
	});
});

describe('an interruption', () => {
	/** Frames are counted on the tracks of devices that work; those in `dead` give no more. */
	async function inLobbyWithCounts() {
		const all = setUp();
		const { platform, clock, media } = all;
		const dead = new Set<MediaStreamTrack>();
		const counts = new Map<MediaStreamTrack, number>();
		platform.framesDelivered = (track) => {
			if (!dead.has(track)) counts.set(track, clock.now());
			return counts.get(track) ?? 0;
		};
		media.start();
		await clock.advance(2_000);
		return { ...all, dead };
	}

	it('of a moment shows nothing, a longer one does, and its end mends it', async () => {
		const { media, sent, clock } = await inLobby();
		const track = fake(sent.get('microphone'));
		track.setMuted(true);
		await clock.advance(silenceGraceMs - 1);
		track.setMuted(false);
		await clock.advance(silenceGraceMs);
		expect(media.snapshot.microphone).toEqual(on);
		track.setMuted(true);
		await clock.advance(silenceGraceMs);
		expect(media.snapshot.microphone).toEqual(failed('interrupted', true));
		track.setMuted(false);
		await clock.advance(healthIntervalMs);
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('on a hidden page is told at once, for it may be frozen the next moment', async () => {
		const { media, sent, platform } = await inLobby();
		fake(sent.get('camera')).setMuted(true);
		platform.network.change('hidden');
		expect(media.snapshot.camera).toEqual(failed('interrupted', true));
		fake(sent.get('microphone')).setMuted(true);
		expect(media.snapshot.microphone).toEqual(failed('interrupted', true));
	});

	it('that outlasts the return to the page is cured by a fresh track', async () => {
		const { media, sent, clock, platform, devices } = await inLobby();
		const track = fake(sent.get('microphone'));
		track.setMuted(true);
		platform.network.change('hidden');
		await clock.advance(60_000);
		expect(devices.calls, 'a hidden page asks for nothing').toHaveLength(1);
		platform.network.change('visible');
		await clock.advance(silenceGraceMs + healthIntervalMs);
		expect(sent.get('microphone')).not.toBe(track);
		expect(media.snapshot.microphone).toEqual(on);
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('that nobody is told of is found by what is no longer delivered, within a second, and cured within three', async () => {
		const { media, sent, clock, dead } = await inLobbyWithCounts();
		const microphone = sent.get('microphone') as MediaStreamTrack;
		dead.add(microphone);
		await clock.advance(900);
		expect(media.snapshot.microphone).toEqual(failed('interrupted', true));
		expect(media.snapshot.camera).toEqual(on);
		await clock.advance(3_000 - 900);
		expect(sent.get('microphone')).not.toBe(microphone);
		expect(microphone.readyState).toBe('ended');
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('is over only when the fresh track delivers something', async () => {
		const { media, sent, clock, dead, devices, snapshots } = await inLobbyWithCounts();
		const give = devices.getUserMedia;
		devices.getUserMedia = async (constraints) => {
			const stream = await give(constraints);
			for (const track of stream.getTracks()) dead.add(track);
			return stream;
		};
		dead.add(sent.get('camera') as MediaStreamTrack);
		await clock.advance(20_000);
		const firstFailed = snapshots.findIndex(({ camera }) => camera.state === 'failed');
		expect(snapshots.slice(firstFailed).every(({ camera }) => camera.state === 'failed')).toBe(true);
		dead.clear();
		await clock.advance(3 * healthIntervalMs);
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.live).toHaveLength(2);
	});

	it('that a track is unmuted after, but gives nothing, goes on', async () => {
		const { media, sent, clock, dead } = await inLobbyWithCounts();
		const track = sent.get('microphone') as MediaStreamTrack;
		fake(track).setMuted(true);
		dead.add(track);
		await clock.advance(silenceGraceMs);
		fake(track).setMuted(false);
		await clock.advance(healthIntervalMs);
		expect(media.snapshot.microphone).toEqual(failed('interrupted', true));
		await clock.advance(freshAfterMs + 3 * healthIntervalMs);
		expect(sent.get('microphone')).not.toBe(track);
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('of which a moment ends before it is looked at does not end by what came before it', async () => {
		const { media, sent, clock, dead, platform } = await inLobbyWithCounts();
		const track = sent.get('camera') as MediaStreamTrack;
		platform.network.change('hidden');
		await clock.advance(healthIntervalMs / 2);
		fake(track).setMuted(true);
		platform.framesDelivered?.(track);
		dead.add(track);
		fake(track).setMuted(false);
		await clock.advance(1_000);
		expect(media.snapshot.camera).toEqual(failed('interrupted', true));
	});

	it('keeps the mute state, and is nothing to one who is muted', async () => {
		const { media, sent, clock, dead, devices } = await inLobbyWithCounts();
		const track = sent.get('microphone') as MediaStreamTrack;
		dead.add(track);
		await clock.advance(1_000);
		media.setMicrophone(false);
		await clock.advance(60_000);
		expect(devices.calls).toHaveLength(1);
		expect(media.snapshot.microphone).toEqual(off);
		media.setMicrophone(true);
		await clock.advance(10_000);
		expect(sent.get('microphone')).not.toBe(track);
		expect(sent.get('microphone')?.enabled).toBe(true);
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('while the device stays taken changes no track, and asks for one again and again', async () => {
		const { sent, clock, devices, media } = await inLobby();
		const track = fake(sent.get('microphone'));
		const give = devices.getUserMedia;
		devices.getUserMedia = async (constraints) => {
			const stream = await give(constraints);
			for (const fresh of stream.getTracks()) fake(fresh).muted = true;
			return stream;
		};
		track.setMuted(true);
		await clock.advance(silenceGraceMs + 3 * freshAfterMs);
		expect(sent.get('microphone')).toBe(track);
		expect(devices.calls).toHaveLength(4);
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
		devices.getUserMedia = give;
		await clock.advance(freshAfterMs + healthIntervalMs);
		expect(sent.get('microphone')).not.toBe(track);
		expect(media.snapshot.microphone).toEqual(on);
	});

	it('that takes the device away is a loss until another app gives it back', async () => {
		const { media, sent, clock, devices } = await inLobby();
		await clock.advance(10_000);
		devices.busy.add('cam-front');
		fake(sent.get('camera')).end();
		await settle();
		expect(media.snapshot.camera).toEqual(failed('interrupted', true));
		devices.busy.clear();
		await clock.advance(busyRetryMs);
		expect(media.snapshot.camera).toEqual(on);
	});

	it('is not made a refusal by a system that gives nothing to hidden pages', async () => {
		const { media, sent, clock, devices, platform } = await inLobby();
		await clock.advance(10_000);
		platform.network.change('hidden');
		devices.systemRefuses.add('camera');
		fake(sent.get('camera')).end();
		await clock.advance(60_000);
		expect(media.snapshot.camera).toEqual(failed('interrupted', true));
		devices.systemRefuses.clear();
		platform.network.change('visible');
		await clock.advance(busyRetryMs);
		expect(media.snapshot.camera).toEqual(on);
	});

	it('that only statistics can see is cured the same way by asking again', async () => {
		const { media, sent, devices } = await inLobby();
		const track = fake(sent.get('microphone'));
		media.retry('microphone');
		await settle();
		expect(sent.get('microphone')).not.toBe(track);
		expect(track.readyState).toBe('ended');
		expect(media.snapshot.microphone).toEqual(on);
		expect(devices.calls.at(-1)?.video).toBeUndefined();
	});

	it('is cured also where the device can be open only once', async () => {
		const { media, sent, devices } = await inLobby();
		const track = fake(sent.get('camera'));
		devices.exclusive.add('camera');
		media.retry('camera');
		await settle();
		expect(sent.get('camera')).not.toBe(track);
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('keeps the old track while a fresh one cannot be had', async () => {
		const { media, sent, devices, clock } = await inLobby();
		const track = fake(sent.get('microphone'));
		track.setMuted(true);
		await clock.advance(silenceGraceMs);
		devices.busy.add('mic-desk');
		media.retry('microphone');
		await settle();
		expect(sent.get('microphone')).toBe(track);
		expect(media.snapshot.microphone).toEqual(failed('interrupted', true));
		track.setMuted(false);
		await clock.advance(healthIntervalMs);
		expect(media.snapshot.microphone).toEqual(on);
	});
});

describe('any order of clicks, unplugging and failures', () => {
	it('ends as last asked, with one live track for each that is on', async () => {
		for (let seed = 1; seed <= 150; seed++) {
			const random = seededRandom(seed);
			const { media, devices, clock, sent } = await inLobby();
			const spare = [
				{ kind: 'camera' as const, id: 'cam-usb', label: 'USB camera' },
				{ kind: 'microphone' as const, id: 'mic-usb', label: 'USB microphone' },
			];
			const plugged = new Set<string>();
			for (let step = 0; step < 40; step++) {
				devices.delayMs = random.pick([0, 10, 200]);
				const usb = random.pick(spare);
				random.pick([
					() => media.setCamera(random.chance(0.5)),
					() => media.setMicrophone(random.chance(0.5)),
					() => media.chooseDevice('camera', random.pick([null, 'cam-back', 'cam-front', 'cam-usb'])),
					() => media.chooseDevice('microphone', random.pick([null, 'mic-headset', 'mic-usb'])),
					() => (random.chance(0.5) ? devices.busy.add('cam-back') : devices.busy.clear()),
					() => (random.chance(0.5) ? devices.exclusive.add('camera') : devices.exclusive.clear()),
					() => media.retry(random.pick(['camera', 'microphone'])),
					() => random.pick(devices.live)?.end(),
					() => {
						if (plugged.delete(usb.id)) return devices.unplug(usb.id);
						plugged.add(usb.id);
						devices.plug(usb);
					},
				])();
				if (random.chance(0.5)) await clock.advance(random.below(300));
			}
			devices.busy.clear();
			devices.exclusive.clear();
			const lobby = { media, devices, clock, sent };
			await expectMediaAsAsked(lobby, { random, settlesWithinMs: 20_000, message: `seed ${seed}` });
		}
	});
});
