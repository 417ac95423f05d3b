import { describe, expect, it, vi } from 'vitest';
import { createCallToggles } from './call-toggles';

function build() {
	const snapshot = {
		media: {
			canShareScreen: true,
			microphone: { wanted: true },
			camera: { wanted: true },
			screen: { wanted: false, state: 'off' as 'off' | 'on' },
		},
		self: { handRaisedAt: null as number | null },
	};
	const listeners = new Set<() => void>();
	const call = {
		snapshot,
		onSnapshot(listener: () => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		media: {
			setMicrophone: vi.fn((on: boolean) => void (snapshot.media.microphone.wanted = on)),
			setCamera: vi.fn((on: boolean) => void (snapshot.media.camera.wanted = on)),
			setScreen: vi.fn((on: boolean) => void (snapshot.media.screen.wanted = on)),
		},
		room: { setHand: vi.fn((raised: boolean) => void (snapshot.self.handRaisedAt = raised ? 1 : null)) },
	};
	const panels = { chat: vi.fn(), help: vi.fn() };
	const change = () => [...listeners].forEach((listener) => listener());
	return { call, panels, change, toggles: createCallToggles(call, panels) };
}

describe('the toggles of a call', () => {
	it('ask for the opposite of what is wanted now, however often they are pressed', () => {
		const { call, toggles } = build();
		for (const name of ['microphone', 'camera', 'screen', 'hand'] as const) {
			toggles[name]();
			toggles[name]();
		}
		expect(call.media.setMicrophone.mock.calls).toEqual([[false], [true]]);
		expect(call.media.setCamera.mock.calls).toEqual([[false], [true]]);
		expect(call.media.setScreen.mock.calls).toEqual([[true], [false]]);
		expect(call.room.setHand.mock.calls).toEqual([[true], [false]]);
	});

	it('share no screen where the browser has no such thing', () => {
		const { call, toggles } = build();
		call.snapshot.media.canShareScreen = false;
		toggles.screen();
		expect(call.media.setScreen).not.toHaveBeenCalled();
	});

	it('share a screen in the place of a camera, which is given up once the screen is seen', () => {
		const { call, toggles, change } = build();
		toggles.screenInstead();
		expect(call.media.setScreen.mock.calls).toEqual([[true]]);
		change();
		expect(call.media.setCamera).not.toHaveBeenCalled();
		call.snapshot.media.screen.state = 'on';
		change();
		change();
		expect(call.media.setCamera.mock.calls).toEqual([[false]]);
	});

	it('keep the camera where no screen was chosen', () => {
		const { call, toggles, change } = build();
		toggles.screenInstead();
		call.snapshot.media.screen.wanted = false;
		change();
		Object.assign(call.snapshot.media.screen, { wanted: true, state: 'on' });
		change();
		expect(call.media.setCamera).not.toHaveBeenCalled();
	});

	it('open the chat and the help on this screen alone', () => {
		const { panels, toggles } = build();
		toggles.chat();
		toggles.help();
		expect(panels.chat).toHaveBeenCalledOnce();
		expect(panels.help).toHaveBeenCalledOnce();
	});

	it('begin to talk only where the microphone is off', () => {
		const { call, toggles } = build();
		expect(toggles.startTalking()).toBe(false);
		expect(call.media.setMicrophone).not.toHaveBeenCalled();
		call.snapshot.media.microphone.wanted = false;
		expect(toggles.startTalking()).toBe(true);
		toggles.stopTalking();
		expect(call.media.setMicrophone.mock.calls).toEqual([[true], [false]]);
	});
});
