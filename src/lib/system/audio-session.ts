/**
 * Tells the system that this page speaks and listens, so that iOS treats the sound as a call: it plays on the headset in use, is not stopped by
 * the mute switch, and gives way to music afterwards.
 */
import type { Unsubscribe } from '../platform/platform';
import type { AudioSessionPort } from './system';

/** Lasts until the returned function is called. */
export function soundLikeACall(session: AudioSessionPort | undefined): Unsubscribe {
	if (!session) return () => {};
	const before = session.type;
	session.type = 'play-and-record';
	return () => {
		session.type = before;
	};
}
