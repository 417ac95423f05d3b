/**
 * Attachments that give streams to media elements, since HTML has no attribute for that. They take functions: whatever is drawn from a call's
 * snapshot is evaluated again when anything in the snapshot changes, but an element must be touched only when its own value changes. Setting the
 * same stream again makes the picture black for a moment and leaves a gap in the sound.
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

/** Plays on this device; `null` is the system's default. Does nothing if the browser offers no choice of speaker. */
export function playOn(deviceId: () => string | null): Attachment<HTMLMediaElement> {
	return (element) => {
		const current = $derived(deviceId());
		$effect(() => {
			// A device that was unplugged meanwhile is refused. Then the sound stays where it is, and the call offers the remaining devices.
			if ('setSinkId' in element) element.setSinkId(current ?? '').catch(() => undefined);
		});
	};
}
