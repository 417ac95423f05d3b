/**
 * What went wrong when a device or a screen was asked for. Turns the browser's error, which differs between browsers, into a code that the
 * interface has words for. Pure.
 */
import type { LocalMediaSnapshot, MediaFailure, MediaFailureCode } from './media-state';

export interface FailureContext {
	/** What the browser says about this source now; `undefined` where it can't say. */
	permission: PermissionState | undefined;
	secureContext: boolean;
}

/**
 * Names follow Media Capture and Streams §10.2.1. The name alone does not tell a refusal from a dismissed question or from the operating
 * system's refusal: Chromium's message does, and elsewhere the permission's state.
 */
export function mediaFailureCode(error: unknown, context: FailureContext): MediaFailureCode {
	const { name, message } = describe(error);
	switch (name) {
		case 'NotAllowedError':
			if (/by system/i.test(message)) return 'denied-by-system';
			if (/dismissed/i.test(message)) return 'dismissed';
			// The site has permission and is still refused, so it is not the browser that refuses.
			if (context.permission === 'granted') return 'denied-by-system';
			// Firefox and Safari forget a "no" that wasn't stored: asking again asks the person again.
			if (context.permission === 'prompt') return 'dismissed';
			return 'denied';
		case 'NotFoundError':
		case 'OverconstrainedError':
			return 'not-found';
		// Firefox, and Chromium after a timeout, abort if the device is held elsewhere.
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

/** The code for a browser without any `mediaDevices`. */
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
 * A source that gave something before is `lost` rather than `not-found`, and `interrupted` rather than `busy`.
 * @param hidden whether the page is hidden: some systems refuse a hidden page what they give to a visible one, so a refusal is not final
 */
export function codeAfterBreak(code: MediaFailureCode, hidden: boolean): MediaFailureCode {
	if (code === 'not-found') return 'lost';
	return code === 'busy' || code === 'no-answer' || hidden ? 'interrupted' : code;
}

/**
 * Whether a device is worth asking for alone after a question for both was refused. Never if that would ask the person a question that they
 * have just answered.
 */
export function worthAskingAlone(
	error: unknown,
	own: PermissionState | undefined,
	other: PermissionState | undefined,
): boolean {
	if (describe(error).name !== 'NotAllowedError') return true;
	// If the other one was denied before, the browser refused both without asking.
	return own === 'granted' || (own === 'prompt' && other === 'denied');
}

/** True if the device asked for by its id is not there: worth asking again without the id. */
export function isOverconstrained(error: unknown): boolean {
	return describe(error).name === 'OverconstrainedError';
}

// Not `instanceof`: an OverconstrainedError is not a DOMException in every browser.
function describe(error: unknown): { name: string; message: string } {
	if (typeof error !== 'object' || error === null) return { name: '', message: '' };
	const { name, message } = error as { name?: unknown; message?: unknown };
	return {
		name: typeof name === 'string' ? name : '',
		message: typeof message === 'string' ? message : '',
	};
}

/** Devices that are wanted but not available, with the reason for each. */
export function failingSources(
	media: LocalMediaSnapshot,
): { source: 'microphone' | 'camera'; code: MediaFailureCode }[] {
	return (['microphone', 'camera'] as const).flatMap((source) => {
		const { failure, wanted } = media[source];
		return failure && wanted ? [{ source, code: failure.code }] : [];
	});
}
