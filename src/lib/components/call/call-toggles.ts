/** What the buttons and keys of a call do: each looks at the current state and asks for the opposite. */
import type { LocalSource } from '../../call/media/media-state';
import type { MediaCommands } from '../../call/media/own-media';
import type { RoomCommands } from '../../call/room/room-commands';
import type { CallSnapshot } from '../../call/snapshot';
import type { Unsubscribe } from '../../platform/platform';
import type { ShortcutAction } from './shortcuts';

export type CallToggles = Record<Exclude<ShortcutAction, 'talk'>, () => void> & {
	/** For as long as a key is held. False when there is nothing to do, because the microphone was on already. */
	startTalking(): boolean;
	stopTalking(): void;
	/** Shares a screen instead of a camera that gives nothing. Once the screen is shared, the camera is turned off. */
	screenInstead(): void;
};

interface Toggled {
	readonly room: Pick<RoomCommands, 'setHand'>;
	readonly media: Pick<MediaCommands, 'setMicrophone' | 'setCamera' | 'setScreen'>;
	onSnapshot(listener: () => void): Unsubscribe;
	readonly snapshot: {
		media: Pick<CallSnapshot['media'], 'canShareScreen'> &
			Record<'microphone' | 'camera', Pick<LocalSource, 'wanted'>> & {
				screen: Pick<LocalSource, 'wanted' | 'state'>;
			};
		self: Pick<CallSnapshot['self'], 'handRaisedAt'>;
	};
}

/** `panels`: what opens on this person's screen only. */
export function createCallToggles(
	call: Toggled,
	panels: { chat: () => void; help: () => void },
): CallToggles {
	return {
		microphone: () => call.media.setMicrophone(!call.snapshot.media.microphone.wanted),
		camera: () => call.media.setCamera(!call.snapshot.media.camera.wanted),
		screen() {
			const { canShareScreen, screen } = call.snapshot.media;
			if (canShareScreen) call.media.setScreen(!screen.wanted);
		},
		hand: () => call.room.setHand(call.snapshot.self.handRaisedAt === null),
		...panels,
		startTalking() {
			if (call.snapshot.media.microphone.wanted) return false;
			call.media.setMicrophone(true);
			return true;
		},
		stopTalking: () => call.media.setMicrophone(false),
		screenInstead() {
			call.media.setScreen(true);
			const stop = call.onSnapshot(() => {
				const { wanted, state } = call.snapshot.media.screen;
				if (wanted && state !== 'on') return;
				stop();
				if (wanted) call.media.setCamera(false);
			});
		},
	};
}
