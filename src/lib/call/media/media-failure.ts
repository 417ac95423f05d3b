/**
 * What went wrong when a device or a screen was asked for: from the browser's error, which differs between browsers,
 * to the code the interface has words for. Pure.
 */
import type { LocalMediaSnapshot, MediaFailure, MediaFailureCode } from './media-state';

export interface FailureContext {
	/** What the browser says of this source now; `undefined` where it can't say. */
	permission: PermissionState | undefined;
	secureContext: boolean;
}

/**
 * Names follow Media Capture and Streams §10.2.1. The name alone does not tell a "no" from a closed question or from the
 * operating system's refusal: Chromium's message does, and elsewhere the permission's state.
 */
export function mediaFailureCode(error: unknown, context: FailureContext): MediaFailureCode {
	const { name, message } = describe(error);
	switch (name) {
		case 'NotAllowedError':
			if (/by system/i.test(message)) return 'denied-by-system';
			if (/dismissed/i.test(message)) return 'dismissed';
			// The site may and yet it is refused: then somebody beyond the browser refuses.
			if (context.permission === 'granted') return 'denied-by-system';
			// Firefox and Safari forget an unremembered "no": asking again asks the person again.
			if (context.permission === 'prompt') return 'dismissed';
			return 'denied';
		case 'NotFoundError':
		case 'OverconstrainedError':
			return 'not-found';
		// Firefox and, after a timeout, Chromium abort where the device is held elsewhere.
		case 'NotReadableError':
		case 'AbortError':
			return 'busy';
		case 'SecurityError':
			return context.secureContext ? 'denied' : 'insecure';
		case 'NotSupportedError':
			return 'unsupported';
		default:
			return 'unknown';
	}
}

/** The code where there is no `mediaDevices` at all. */
export function missingMediaDevices(secureContext: boolean): MediaFailureCode {
	return secureContext ? 'unsupported' : 'insecure';
}

const mending: ReadonlySet<MediaFailureCode> = new Set([
	'busy',
	'not-found',
	'lost',
	'interrupted',
	'asking',
	'no-answer',
]);

export function mediaFailure(code: MediaFailureCode): MediaFailure {
	return { code, mendsItself: mending.has(code) };
}

/**
 * What gave something before is lost rather than never found, and taken away rather than busy.
 * @param hidden the page is: some systems refuse it what they give to one that is seen, which is no last word
 */
export function codeAfterBreak(code: MediaFailureCode, hidden: boolean): MediaFailureCode {
	if (code === 'not-found') return 'lost';
	return code === 'busy' || code === 'no-answer' || hidden ? 'interrupted' : code;
}

/**
 * Whether a device is worth asking for alone after a question for both was refused. Never where that would put a
 * question to the person that they have just answered.
 */
export function worthAskingAlone(
	error: unknown,
	own: PermissionState | undefined,
	other: PermissionState | undefined,
): boolean {
	if (describe(error).name !== 'NotAllowedError') return true;
	// With the other one denied beforehand, the browser refused both without asking.
	return own === 'granted' || (own === 'prompt' && other === 'denied');
}

/** True for a device that answers to the constraints' device only: worth asking for without it. */
export function isOverconstrained(error: unknown): boolean {
	return describe(error).name === 'OverconstrainedError';
}

// Not `instanceof`: an OverconstrainedError is no DOMException everywhere.
function describe(error: unknown): { name: string; message: string } {
	if (typeof error !== 'object' || error === null) return { name: '', message: '' };
	const { name, message } = error as { name?: unknown; message?: unknown };
	return {
		name: typeof name === 'string' ? name : '',
		message: typeof message === 'string' ? message : '',
	};
}

/** Devices that are wanted and can't be had, with the reason for each. */
export function failingSources(
	media: LocalMediaSnapshot,
): { source: 'microphone' | 'camera'; code: MediaFailureCode }[] {
	return (['microphone', 'camera'] as const).flatMap((source) => {
		const { failure, wanted } = media[source];
		return failure && wanted ? [{ source, code: failure.code }] : [];
	});
}
