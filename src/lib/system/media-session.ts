/**
 * The call as headsets, lock screens and the browser's own media controls see it: a title, two toggles and a way to hang up. Which
 * of the actions a browser knows differs, so each is tried alone.
 */
import type { MediaAction, MediaSessionPort } from './system';

export interface MediaSessionState {
	title: string;
	/** Whether they give something. */
	microphone: boolean;
	camera: boolean;
}

export interface MediaSessionCommands {
	/** Whether it is asked for, whatever has come of it. */
	wanted(source: 'microphone' | 'camera'): boolean;
	setMicrophone(on: boolean): void;
	setCamera(on: boolean): void;
	hangUp(): void;
	/** The browser would show the call in a small window, because its tab is left. `null` where there is none. */
	enterPicture: (() => void) | null;
}

export interface MediaSessionLink {
	show(state: MediaSessionState): void;
	/** Takes back everything said. */
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
		// Without word of what is wanted, a press means the other of what was: what is on its way it calls off.
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

/** A browser may refuse to be told, and then shows what it sees by itself. */
function quietly(tell: () => unknown): void {
	try {
		Promise.resolve(tell()).catch(() => {});
	} catch {
		// As above.
	}
}
