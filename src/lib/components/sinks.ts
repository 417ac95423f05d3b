/** Attachments that carry streams into media elements, for which HTML has no attribute. */
import type { Attachment } from 'svelte/attachments';

/** Shows or plays this stream for as long as the element lives. */
export function showStream(stream: MediaStream | null): Attachment<HTMLMediaElement> {
	return (element) => {
		element.srcObject = stream;
		return () => {
			element.srcObject = null;
		};
	};
}

/** Plays out of this device; `null` is the system's default. Where a browser has no choice of speaker it does nothing. */
export function playOn(deviceId: string | null): Attachment<HTMLMediaElement> {
	return (element) => {
		// A device unplugged in between is refused; the sound then stays where it is, and the call offers what is left.
		if ('setSinkId' in element) element.setSinkId(deviceId ?? '').catch(() => undefined);
	};
}
