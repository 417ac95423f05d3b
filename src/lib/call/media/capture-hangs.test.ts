/** Captures that nobody answers: drivers that hang, questions left open, answers that come when they are no longer waited for. */
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-clock';
import { createFakePlatform } from '../../../../tests/support/fake-platform';
import { expectMediaAsAsked } from '../../../../tests/support/media-as-asked';
import { seededRandom } from '../../../../tests/support/random';
import { apartAfterMs } from './capture';
import { answerWithinMs } from './device-requests';
import { silenceGraceMs } from './interruption-watch';
import { createLocalMedia } from './local-media';
import type { DeviceNotice } from './media-state';
import type { FakeTrack } from '../../../../tests/support/fake-media-devices';
import type { Slot } from '../transport/transport';

interface Setup {
	/** As for a person who has been here before; otherwise the browser asks. */
	granted?: boolean;
	hanging?: string[];
}

function setUp({ granted = true, hanging = [] }: Setup = {}) {
	const platform = createFakePlatform();
	const { devices, clock } = platform;
	if (granted) devices.permissions = { microphone: 'granted', camera: 'granted' };
	for (const one of hanging) devices.hanging.add(one);
	const notices: DeviceNotice[] = [];
	const sent = new Map<Slot, MediaStreamTrack | null>();
	const media = createLocalMedia(platform, {
		changed: () => {},
		trackChanged: (slot, track) => sent.set(slot, track),
		notice: (notice) => notices.push(notice),
	});
	return { platform, devices, clock, media, notices, sent };
}

async function inLobby(setup?: Setup) {
	const all = setUp(setup);
	all.media.start();
	await settle();
	return all;
}

const off = { wanted: false, state: 'off', failure: null };
const on = { wanted: true, state: 'on', failure: null };
const starting = { wanted: true, state: 'starting', failure: null };
const unanswered = (code: 'asking' | 'no-answer') => ({
	wanted: true,
	state: 'failed',
	failure: { code, mendsItself: true },
});

describe('a camera whose driver hangs', () => {
	it('keeps the sound waiting for no longer than a moment', async () => {
		const { clock, media, sent, devices } = await inLobby({ hanging: ['camera'] });
		await clock.advance(apartAfterMs);
		expect(media.snapshot.microphone).toEqual(on);
		expect(sent.get('microphone')?.readyState).toBe('live');
		expect(media.snapshot.camera).toEqual(starting);
		expect(devices.calls.at(-1)?.video).toBeUndefined();
	});

	it('is said to be waited for after eight seconds, and asked for no second time meanwhile', async () => {
		const { clock, media, devices } = await inLobby({ hanging: ['camera'] });
		await clock.advance(answerWithinMs - 1);
		expect(media.snapshot.camera).toEqual(starting);
		await clock.advance(1);
		expect(media.snapshot.camera).toEqual(unanswered('no-answer'));
		await clock.advance(60_000);
		expect(devices.calls.filter(({ video }) => video)).toHaveLength(1);
	});

	it('is used when it answers after all, and the sound that comes with it is let go', async () => {
		const { clock, media, devices, sent } = await inLobby({ hanging: ['camera'] });
		await clock.advance(10_000);
		const voice = sent.get('microphone');
		devices.wake();
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(sent.get('microphone')).toBe(voice);
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('lights no lamp when it answers after it was switched off', async () => {
		for (const waitedMs of [1_000, 10_000]) {
			const { clock, media, devices } = await inLobby({ hanging: ['camera'] });
			await clock.advance(waitedMs);
			media.setCamera(false);
			expect(media.snapshot.camera).toEqual(off);
			await clock.advance(apartAfterMs);
			devices.wake();
			await settle();
			expect(devices.liveLabels).toEqual(['Desk microphone']);
			expect(media.snapshot.camera).toEqual(off);
		}
	});

	it('makes way for another one that is chosen', async () => {
		const { clock, media, devices } = await inLobby({ hanging: ['cam-front'] });
		await clock.advance(1_000);
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(answerWithinMs);
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
		devices.wake();
		await settle();
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
	});

	it('is asked again when told to, and again when it is switched off and on', async () => {
		const { clock, media, devices } = await inLobby({ hanging: ['camera'] });
		await clock.advance(answerWithinMs);
		const asked = () => devices.calls.filter(({ video }) => video).length;
		media.retry('camera');
		expect(media.snapshot.camera).toEqual(starting);
		await settle();
		expect(asked()).toBe(2);
		await clock.advance(answerWithinMs);
		media.setCamera(false);
		media.setCamera(true);
		await settle();
		expect(asked()).toBe(3);
		devices.wake();
		await settle();
		expect(media.snapshot.camera).toEqual(on);
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('that was to replace another leaves that one in use, and says so', async () => {
		const { clock, media, devices, notices, sent } = await inLobby();
		const front = sent.get('camera');
		devices.hanging.add('cam-back');
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(answerWithinMs);
		expect(sent.get('camera')).toBe(front);
		expect(notices.map(({ type }) => type)).toEqual(['device-unavailable']);
		expect(media.snapshot.chosen.camera).toBeNull();
		devices.wake();
		await settle();
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
	});

	it('is asked again when it is chosen again, and used as soon as either answer comes', async () => {
		const { clock, media, devices, notices, sent } = await inLobby();
		devices.hanging.add('cam-back');
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(answerWithinMs);
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(answerWithinMs);
		expect(devices.calls.filter(({ video }) => video)).toHaveLength(3);
		expect(notices.map(({ type }) => type)).toEqual(['device-unavailable', 'device-unavailable']);
		media.chooseDevice('camera', 'cam-back');
		await clock.advance(1_000);
		devices.wake();
		await settle();
		expect(sent.get('camera')?.label).toBe('Back camera');
		expect(devices.liveLabels).toEqual(['Back camera', 'Desk microphone']);
		expect(media.snapshot.chosen.camera).toBe('cam-back');
	});

	it('that fails late says why', async () => {
		const { clock, media, devices } = await inLobby({ hanging: ['camera'] });
		await clock.advance(answerWithinMs);
		devices.busy.add('cam-front');
		devices.wake();
		await settle();
		expect(media.snapshot.camera).toEqual({
			wanted: true,
			state: 'failed',
			failure: { code: 'busy', mendsItself: true },
		});
	});

	it('is asked for one fresh track and no more while that is not given', async () => {
		const { clock, media, devices, sent } = await inLobby();
		(sent.get('camera') as unknown as FakeTrack).setMuted(true);
		await clock.advance(silenceGraceMs);
		devices.hanging.add('camera');
		const before = devices.calls.length;
		await clock.advance(60_000);
		expect(devices.calls.length - before).toBe(1);
		expect(media.snapshot.camera.failure?.code).toBe('interrupted');
		devices.wake();
		await settle();
		expect(devices.liveLabels).toEqual(['Desk microphone', 'Front camera']);
		expect(sent.get('camera')?.muted).toBe(false);
	});
});

describe('a microphone whose driver hangs', () => {
	it('keeps the picture waiting no longer than a moment more, and can be muted at once', async () => {
		const { clock, media, devices } = await inLobby({ hanging: ['microphone'] });
		await clock.advance(2 * apartAfterMs);
		expect(media.snapshot.camera).toEqual(on);
		expect(media.snapshot.microphone).toEqual(starting);
		media.setMicrophone(false);
		expect(media.snapshot.microphone).toEqual(off);
		devices.wake();
		await settle();
		expect(devices.liveLabels).toEqual(['Front camera']);
	});
});

describe('a question left open', () => {
	it('is said to be open after eight seconds, and nothing is asked besides it', async () => {
		const { clock, media, devices } = setUp({ granted: false });
		devices.answer = 'wait';
		media.start();
		await clock.advance(answerWithinMs);
		expect(media.snapshot.microphone).toEqual(unanswered('asking'));
		expect(media.snapshot.camera).toEqual(unanswered('asking'));
		media.setCamera(false);
		media.setCamera(true);
		media.chooseDevice('microphone', 'mic-headset');
		await clock.advance(60_000);
		expect(devices.calls).toHaveLength(1);
		devices.answerNow('allow');
		await clock.advance(0);
		expect(media.snapshot.camera).toEqual(on);
		expect(media.snapshot.microphone).toEqual(on);
		expect(devices.liveLabels).toEqual(['Front camera', 'Headset']);
	});

	it('that is answered with a "no" says that', async () => {
		const { clock, media, devices } = setUp({ granted: false });
		devices.answer = 'wait';
		media.start();
		await clock.advance(20_000);
		devices.answerNow('deny');
		await settle();
		expect(media.snapshot.microphone.failure?.code).toBe('denied');
		expect(media.snapshot.camera.failure?.code).toBe('denied');
	});

	it('holds back no sound that needs none', async () => {
		const { clock, media, devices } = setUp({ granted: false });
		devices.permissions.microphone = 'granted';
		devices.answer = 'wait';
		media.start();
		await clock.advance(answerWithinMs);
		expect(media.snapshot.microphone).toEqual(on);
		expect(media.snapshot.camera).toEqual(unanswered('asking'));
		expect(devices.questions).toBe(1);
	});

	it('gives way to the sound when it is answered and the camera then hangs', async () => {
		const { clock, media, devices } = setUp({ granted: false, hanging: ['camera'] });
		devices.answer = 'wait';
		media.start();
		await clock.advance(5 * apartAfterMs);
		expect(devices.calls).toHaveLength(1);
		devices.answerNow('allow');
		await clock.advance(apartAfterMs);
		expect(media.snapshot.microphone).toEqual(on);
		devices.setPermission('camera', 'granted');
		await settle();
		expect(media.snapshot.camera).toEqual(unanswered('no-answer'));
	});

	it('is let go of at the end of the call, and lights no lamp when it is answered then', async () => {
		const { clock, media, devices } = setUp({ granted: false });
		devices.answer = 'wait';
		media.start();
		await clock.advance(10_000);
		media.release();
		devices.answerNow('allow');
		await settle();
		expect(devices.tracks).toHaveLength(2);
		expect(devices.live).toEqual([]);
	});
});

describe('a browser that tells nothing', () => {
	it('has its devices all the same, and says what is waited for when it gives none', async () => {
		const { clock, media, devices } = setUp();
		devices.tellsNothing = true;
		media.start();
		await clock.advance(0);
		expect(media.snapshot.microphone).toEqual(on);
		media.release();
		devices.hanging.add('camera');
		devices.hanging.add('microphone');
		media.start();
		await clock.advance(answerWithinMs + 5_000);
		expect(media.snapshot.camera.failure?.mendsItself).toBe(true);
		expect(media.snapshot.microphone.failure?.mendsItself).toBe(true);
	});
});

describe('any order of clicks and devices that hang', () => {
	it('ends as last asked once they answer, with one live track for each that is on', async () => {
		for (let seed = 1; seed <= 150; seed++) {
			const random = seededRandom(seed);
			const { media, devices, clock, sent } = await inLobby();
			for (let step = 0; step < 40; step++) {
				random.pick([
					() => media.setCamera(random.chance(0.5)),
					() => media.setMicrophone(random.chance(0.5)),
					() => media.chooseDevice('camera', random.pick([null, 'cam-back', 'cam-front'])),
					() => media.chooseDevice('microphone', random.pick([null, 'mic-headset'])),
					() => devices.hanging.add(random.pick(['camera', 'microphone', 'cam-back', 'mic-headset'])),
					() => devices.wake(),
					() => media.retry(random.pick(['camera', 'microphone'])),
					() => (random.chance(0.5) ? devices.busy.add('cam-back') : devices.busy.clear()),
					() => (random.chance(0.5) ? devices.exclusive.add('camera') : devices.exclusive.clear()),
					() => random.pick(devices.live)?.end(),
					() => (media.release(), media.start()),
				])();
				if (random.chance(0.5)) await clock.advance(random.below(6_000));
			}
			devices.busy.clear();
			devices.exclusive.clear();
			devices.wake();
			const lobby = { media, devices, clock, sent };
			await expectMediaAsAsked(lobby, { random, settlesWithinMs: 40_000, message: `seed ${seed}` });
		}
	});
});
