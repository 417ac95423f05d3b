/** What somebody inside is told of their own call. Loaded once they are there. */
import type { DataSaverReason } from '../call/adaptation/data-saver';
import type { ConnectionQuality } from '../call/quality/quality';
import type { MediaFailureCode } from '../call/media/media-state';
import type { OwnNotice } from '../call/snapshot';
import { isolate } from './isolate';
import { keptDeviceWords } from './words';

/** The line for one's own connection; `null` while nothing is wrong with it. */
export function ownQualityWords({ receiving, sending, cause }: ConnectionQuality): string | null {
	if (receiving === 'good' && sending === 'good') return null;
	if (cause === 'cpu-limited' && receiving === 'good') {
		return 'Your device is very busy. Others may see you move in jerks.';
	}
	if (receiving === 'lost' && sending === 'lost')
		return 'You seem to be offline. The call comes back by itself.';
	if (receiving === 'good') return 'Your connection is weak. Others may see you freeze.';
	if (sending === 'good') return 'Your connection is weak. Others may freeze for you.';
	return 'Your connection is weak. You and others may freeze for each other.';
}

/** `null`: it was on, and is not any more. */
export function dataSaverWords(reason: DataSaverReason | null): string {
	switch (reason) {
		case null:
			return 'Data saver is off again';
		case 'system':
			return 'Data saver is on, as your device asks for it';
		case 'poor-line':
			return 'Data saver is on: the connection is weak, and voices come first';
		case 'chosen':
			return 'Data saver is on';
	}
}

function screenFailureWords(code: MediaFailureCode): string {
	switch (code) {
		// Firefox finds none where the system keeps them from it.
		case 'not-found':
		case 'denied-by-system':
			return 'Your system gives the browser no screen. Allow it in the privacy settings of the system, then try again.';
		case 'denied':
		case 'insecure':
		case 'unsupported':
			return 'The browser lets no screen be shared from here.';
		default:
			return 'The screen could not be shared. Try again, or choose another window.';
	}
}

/** Told where this may not have been loaded either. */
export interface ChatLoading {
	type: 'chat-not-loaded' | 'chat-loaded';
}

/** Nothing is said: what was is taken back. */
interface Settling {
	type: 'device-available';
}

/** Of ourselves; what the others do is said in `notice-lines.ts`. */
export function noticeWords(notice: Exclude<OwnNotice, ChatLoading | Settling>): string {
	switch (notice.type) {
		case 'signaling-lost':
			return 'Connection to the server lost. The call goes on while it comes back.';
		case 'signaling-restored':
			return 'Back online';
		case 'data-saver':
			return dataSaverWords(notice.reason);
		case 'device-lost':
			return `${isolate(notice.label)} is gone. Another ${notice.kind} is used.`;
		case 'device-changed':
			return `${isolate(notice.label)} is back and used again`;
		case 'device-unavailable':
			return keptDeviceWords(notice);
		case 'screen-unavailable':
			return screenFailureWords(notice.code);
		case 'capture-restored':
			return `Your ${notice.sources.join(' and ')} ${notice.sources.length > 1 ? 'are' : 'is'} back`;
	}
}
