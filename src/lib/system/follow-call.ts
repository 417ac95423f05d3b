/** Tells the system around the page about a call while it lasts. The modules beside this one are put together here and nowhere else. */
import type { Call } from '../call/call-api';
import type { CallSnapshot } from '../call/snapshot';
import type { LocalSource } from '../call/media/media-state';
import type { Unsubscribe } from '../platform/platform';
import { createAppBadge } from './app-badge';
import { soundLikeACall } from './audio-session';
import { featuredStream } from '../layout/featured';
import { linkMediaSession } from './media-session';
import { createPicture, type Picture, type PictureEvents } from './picture';
import type { System } from './system';
import { keepScreenAwake } from './wake-lock';

export interface FollowCallOptions {
	picture: PictureEvents;
	/** Whether to vibrate when somebody comes; asked each time. */
	vibrates(): boolean;
}

export interface CallCompanion {
	readonly picture: Picture;
	/** Whether the call is in the small window, which is `open` or not; `null` if there is no such window here, or nobody to show in it. */
	inPicture(snapshot: CallSnapshot, open: boolean): boolean | null;
	/** The number of messages that nobody has looked at yet. */
	showUnread(count: number): void;
	/** Call this only when the screen says that somebody came, which it does not for each one separately. */
	somebodyCame(): void;
	/** The call is over, so everything is undone. */
	close: Unsubscribe;
}

const buzzMs = 60;

export function followCall(
	call: Call,
	system: System,
	{ picture: pictureEvents, vibrates }: FollowCallOptions,
): CallCompanion {
	const badge = createAppBadge(system.appBadge);
	const picture = createPicture(system, pictureEvents);
	const mediaSession = linkMediaSession(system.mediaSession, {
		wanted: (source) => call.snapshot.media[source].wanted,
		setMicrophone: (on) => call.media.setMicrophone(on),
		setCamera: (on) => call.media.setCamera(on),
		hangUp: () => call.room.leave(),
		// A refusal changes nothing for the person, who had not asked for it.
		enterPicture: picture.way && (() => void picture.enter().catch(() => {})),
	});
	let shownId: string | null = null;

	function follow(snapshot: CallSnapshot): void {
		const { room, media } = snapshot;
		const gives = ({ wanted, state }: LocalSource) => wanted && state === 'on';
		mediaSession.show({ title: room, microphone: gives(media.microphone), camera: gives(media.camera) });
		const { id, stream } = featuredStream(snapshot, shownId);
		shownId = id;
		picture.show(stream);
	}

	follow(call.snapshot);
	const stops = [
		keepScreenAwake(system),
		soundLikeACall(system.audioSession),
		call.onSnapshot(follow),
		mediaSession.close,
		picture.exit,
		() => badge.show(0),
	];

	return {
		picture,
		inPicture(snapshot, open) {
			// A window with a video needs somebody to show.
			const offered =
				picture.way === 'video' ? featuredStream(snapshot, null).stream !== null : picture.way !== null;
			return offered || open ? open : null;
		},
		showUnread: badge.show,
		somebodyCame() {
			if (vibrates()) system.vibrate?.(buzzMs);
		},
		close() {
			for (const stop of stops.splice(0)) stop();
		},
	};
}
