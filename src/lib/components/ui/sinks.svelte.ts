/**
 * Attachments that carry streams into media elements, for which HTML has no attribute. They are given functions, since what is drawn from
 * a call's snapshot is asked for again whenever anything in it changes: an element is touched only where its own value is another one.
 * Setting the same stream again is a black picture for a moment, and a gap in what is heard.
 */
import type { Attachment } from 'svelte/attachments';

/** Shows or plays this stream for as long as the element lives; `started` is called for each one. */
export function showStream(
	stream: () => MediaStream | null,
	started: (element: HTMLMediaElement) => void = () => {},
): Attachment<HTMLMediaElement> {
	return (element) => {
		const current = $derived(stream());
		$effect(() => {
			element.srcObject = current;
			if (current) started(element);
		});
		return () => {
			element.srcObject = null;
		};
	};
}

/** Plays out of this device; `null` is the system's default. Where a browser has no choice of speaker it does nothing. */
export function playOn(deviceId: () => string | null): Attachment<HTMLMediaElement> {
	return (element) => {
		const current = $derived(deviceId());
		$effect(() => {
			// A device unplugged in between is refused; the sound then stays where it is, and the call offers what is left.
			if ('setSinkId' in element) element.setSinkId(current ?? '').catch(() => undefined);
		});
	};
}
