import { describe, expect, it, vi } from 'vitest';
import { FakeMediaSession, FakePictureHost, bareSystem } from '../../../tests/support/fake-system';
import type { Call } from '../call/call-api';
import type { CallNotice, CallSnapshot } from '../call/snapshot';
import type { LocalSource } from '../call/media/media-state';
import { followCall } from './follow-call';
import type { System } from './system';

const source = (wanted: boolean): LocalSource => ({ wanted, state: wanted ? 'on' : 'off', failure: null });

function setUp(parts: Partial<System> = {}, { vibrates = false } = {}) {
	const snapshots = new Set<(snapshot: CallSnapshot) => void>();
	const notices = new Set<(notice: CallNotice) => void>();
	let snapshot = {
		room: 'team-sync',
		participants: [],
		media: { microphone: source(true), camera: source(true), cameraStream: null },
	} as unknown as CallSnapshot;
	function change(media: object): void {
		snapshot = { ...snapshot, media: { ...snapshot.media, ...media } };
		for (const listener of snapshots) listener(snapshot);
	}
	const leave = vi.fn();
	const call = {
		get snapshot() {
			return snapshot;
		},
		onSnapshot(listener: (snapshot: CallSnapshot) => void) {
			snapshots.add(listener);
			return () => void snapshots.delete(listener);
		},
		onNotice(listener: (notice: CallNotice) => void) {
			notices.add(listener);
			return () => void notices.delete(listener);
		},
		media: {
			setMicrophone: (on: boolean) => change({ microphone: source(on) }),
			setCamera: (on: boolean) => change({ camera: source(on) }),
		},
		room: { leave },
	} as unknown as Call;
	const system = { ...bareSystem(), ...parts };
	const companion = followCall(call, system, {
		picture: { fill: () => Promise.resolve(() => {}), changed() {} },
		vibrates: () => vibrates,
	});
	return { call, change, companion, leave, listeners: () => snapshots.size + notices.size };
}

describe('what the system learns of a call', () => {
	it('is kept true to the toggles, and its buttons press them', () => {
		const session = new FakeMediaSession();
		const { call, leave } = setUp({ mediaSession: session });
		session.press('togglemicrophone');
		expect(call.snapshot.media.microphone.wanted).toBe(false);
		session.press('togglemicrophone');
		expect(call.snapshot.media.microphone.wanted).toBe(true);
		call.media.setCamera(false);
		session.press('hangup');
		expect(session.told).toEqual([
			'microphone true',
			'camera true',
			'microphone false',
			'microphone true',
			'camera false',
		]);
		expect(leave).toHaveBeenCalledOnce();
	});

	it('shows what there is, and calls off what is on its way', () => {
		const session = new FakeMediaSession();
		const { call, change } = setUp({ mediaSession: session });
		change({ camera: { wanted: true, state: 'starting', failure: null } });
		expect(session.told.at(-1)).toBe('camera false');
		session.press('togglecamera');
		expect(call.snapshot.media.camera.wanted).toBe(false);
	});

	it('opens the small window when the browser asks for it', async () => {
		const session = new FakeMediaSession();
		const openPictureWindow = vi.fn(() => Promise.resolve(new FakePictureHost()));
		setUp({ mediaSession: session, openPictureWindow });
		session.press('enterpictureinpicture');
		await Promise.resolve();
		expect(openPictureWindow).toHaveBeenCalledOnce();
	});

	it('offers a small window of its own always, and one of a video while somebody can be seen in it', () => {
		const nobody = { participants: [], media: { cameraStream: null } } as unknown as CallSnapshot;
		const somebody = { participants: [], media: { cameraStream: {} } } as unknown as CallSnapshot;
		const openPictureWindow = () => Promise.resolve(new FakePictureHost());
		const createPictureVideo = () => expect.fail('nobody has asked for it');
		const { companion: none } = setUp();
		const { companion: own } = setUp({ openPictureWindow });
		const { companion: video } = setUp({ createPictureVideo });
		for (const snapshot of [nobody, somebody]) {
			expect(none.inPicture(snapshot, false)).toBeNull();
			expect(own.inPicture(snapshot, false)).toBe(false);
			expect(own.inPicture(snapshot, true)).toBe(true);
		}
		expect(video.inPicture(nobody, false)).toBeNull();
		expect(video.inPicture(somebody, false)).toBe(false);
		// For as long as it is there it can be closed.
		expect(video.inPicture(nobody, true)).toBe(true);
	});

	it('shakes when somebody comes and at nothing else, and only for who asked for that', () => {
		const buzzes: number[] = [];
		const vibrate = (durationMs: number) => void buzzes.push(durationMs);
		setUp({ vibrate }).companion.somebodyCame();
		expect(buzzes).toEqual([]);
		const { companion } = setUp({ vibrate }, { vibrates: true });
		companion.somebodyCame();
		expect(buzzes).toHaveLength(1);
		expect(buzzes[0]).toBeLessThan(100);
	});

	it('is all taken back at the end', async () => {
		const session = new FakeMediaSession();
		const audioSession = { type: 'auto' };
		const badges: (number | null)[] = [];
		const host = new FakePictureHost();
		const { companion, listeners } = setUp({
			mediaSession: session,
			audioSession,
			appBadge: {
				set: (count) => Promise.resolve(void badges.push(count)),
				clear: () => Promise.resolve(void badges.push(null)),
			},
			openPictureWindow: () => Promise.resolve(host),
		});
		companion.showUnread(2);
		await companion.picture.enter();
		companion.close();
		expect(badges).toEqual([2, null]);
		expect(audioSession.type).toBe('auto');
		expect(session.handlers.size).toBe(0);
		expect(host.open).toBe(false);
		expect(listeners()).toBe(0);
	});

	it('is nothing where the platform can do none of it', () => {
		const { companion } = setUp({}, { vibrates: true });
		expect(companion.picture.way).toBeNull();
		companion.somebodyCame();
		companion.showUnread(1);
		companion.close();
		companion.close();
	});
});
