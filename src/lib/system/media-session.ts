/**
 * The call as headsets, lock screens and the browser's media controls see it: a title, two toggles and a way to hang up. Browsers know different
 * actions, so each is tried separately.
 */
import type { MediaAction, MediaSessionPort } from './system';

export interface MediaSessionState {
	title: string;
	/** Whether the devices give something. */
	microphone: boolean;
	camera: boolean;
}

export interface MediaSessionCommands {
	/** Whether the device is asked for, whether or not it works. */
	wanted(source: 'microphone' | 'camera'): boolean;
	setMicrophone(on: boolean): void;
	setCamera(on: boolean): void;
	hangUp(): void;
	/** Called when the browser wants to show the call in a small window because its tab has been left. `null` if there is no such window. */
	enterPicture: (() => void) | null;
}

export interface MediaSessionLink {
	show(state: MediaSessionState): void;
	/** Withdraws everything that was said. */
	close(): void;
}

export function linkMediaSession(
	session: MediaSessionPort | undefined,
	commands: MediaSessionCommands,
): MediaSessionLink {
	if (!session) return { show() {}, close() {} };
	let shown: Partial<MediaSessionState> = {};

	type Handler = Parameters<MediaSessionPort['setActionHandler']>[1];
	const handlers: Record<MediaAction, Handler> = {
		// If the system does not say what is wanted, a press means the opposite of what was asked for, which cancels a device that is still
		// starting.
		togglemicrophone: ({ isActivating }) =>
			commands.setMicrophone(isActivating ?? !commands.wanted('microphone')),
		togglecamera: ({ isActivating }) => commands.setCamera(isActivating ?? !commands.wanted('camera')),
		hangup: () => commands.hangUp(),
		enterpictureinpicture: commands.enterPicture && (() => commands.enterPicture?.()),
	};
	const actions = Object.keys(handlers) as MediaAction[];
	const known = actions.filter((action) => handlers[action] && canHandle(session, action, handlers[action]));
	session.setPlaybackState('playing');

	return {
		show(state) {
			if (state.title !== shown.title) session.describe({ title: state.title, artist: 'Parley' });
			if (state.microphone !== shown.microphone) {
				quietly(() => session.setMicrophoneActive?.(state.microphone));
			}
			if (state.camera !== shown.camera) quietly(() => session.setCameraActive?.(state.camera));
			shown = state;
		},
		close() {
			for (const action of known) canHandle(session, action, null);
			session.describe(null);
			session.setPlaybackState('none');
		},
	};
}

function canHandle(
	session: MediaSessionPort,
	action: MediaAction,
	handler: Parameters<MediaSessionPort['setActionHandler']>[1],
): boolean {
	try {
		session.setActionHandler(action, handler);
		return true;
	} catch {
		return false;
	}
}

/** A browser may refuse this. Then it shows only what it can see by itself. */
function quietly(tell: () => unknown): void {
	try {
		Promise.resolve(tell()).catch(() => {});
	} catch {
		// Refused, as above.
	}
}
