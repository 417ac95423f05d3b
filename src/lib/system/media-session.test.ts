import { describe, expect, it } from 'vitest';
import { FakeMediaSession } from '../../../tests/support/fake-system';
import { linkMediaSession, type MediaSessionCommands } from './media-session';

const state = { title: 'team-sync', microphone: true, camera: false };

function setUp({ unknown = [] as 'hangup'[], enterPicture = true } = {}) {
	const session = new FakeMediaSession();
	for (const action of unknown) session.unknown.add(action);
	const done: string[] = [];
	const commands: MediaSessionCommands = {
		wanted: (source) => state[source],
		setMicrophone: (on) => done.push(`microphone ${on}`),
		setCamera: (on) => done.push(`camera ${on}`),
		hangUp: () => done.push('hang up'),
		enterPicture: enterPicture ? () => done.push('picture') : null,
	};
	const link = linkMediaSession(session, commands);
	link.show(state);
	return { session, done, link };
}

describe('the media session', () => {
	it('shows the room, and that a call is on', () => {
		const { session } = setUp();
		expect(session.metadata).toEqual({ title: 'team-sync', artist: 'Parley' });
		expect(session.state).toBe('playing');
	});

	it("turns a headset's buttons into commands: the other of what is shown", () => {
		const { session, done } = setUp();
		session.press('togglemicrophone');
		session.press('togglecamera');
		session.press('hangup');
		session.press('enterpictureinpicture');
		expect(done).toEqual(['microphone false', 'camera true', 'hang up', 'picture']);
	});

	it('does what the system wants where it says so, also when it is so already', () => {
		const { session, done } = setUp();
		session.press('togglemicrophone', { isActivating: true });
		session.press('togglecamera', { isActivating: false });
		expect(done).toEqual(['microphone true', 'camera false']);
	});

	it('says what is on when it changes and not otherwise, and takes no harm from a refusal', () => {
		const { session, link } = setUp();
		link.show({ ...state });
		link.show({ ...state, microphone: false });
		link.show({ ...state, microphone: false, camera: true });
		expect(session.told).toEqual(['microphone true', 'camera false', 'microphone false', 'camera true']);
	});

	it('tries each action alone: one that is not known costs none of the others', () => {
		const { session } = setUp({ unknown: ['hangup'] });
		expect([...session.handlers.keys()]).toEqual([
			'togglemicrophone',
			'togglecamera',
			'enterpictureinpicture',
		]);
	});

	it('offers no small window where there is none', () => {
		expect(setUp({ enterPicture: false }).session.handlers.has('enterpictureinpicture')).toBe(false);
	});

	it('takes everything back at the end', () => {
		const { session, link } = setUp();
		link.close();
		expect(session.handlers.size).toBe(0);
		expect(session.metadata).toBeNull();
		expect(session.state).toBe('none');
	});

	it('is absent without a trace', () => {
		const link = linkMediaSession(undefined, {
			wanted: () => false,
			setMicrophone() {},
			setCamera() {},
			hangUp() {},
			enterPicture: null,
		});
		expect(() => (link.show(state), link.close())).not.toThrow();
	});
});
