/** What people inside are told about their own call. Loaded once they are there. */
import type { DataSaverReason } from '../call/adaptation/data-saver';
import type { ConnectionQuality } from '../call/quality/quality';
import type { MediaFailureCode } from '../call/media/media-state';
import type { OwnNotice } from '../call/snapshot';
import { isolate } from './isolate';
import { say } from './say';
import { keptDeviceWords } from './words';

/** The line about the person's own connection; `null` while nothing is wrong with it. */
export function ownQualityWords({ receiving, sending, cause }: ConnectionQuality): string | null {
	if (receiving === 'good' && sending === 'good') return null;
	if (cause === 'cpu-limited' && receiving === 'good') return say('deviceBusy');
	if (receiving === 'lost' && sending === 'lost') return say('seemOffline');
	if (receiving === 'good') return say('weakSending');
	return say(sending === 'good' ? 'weakReceiving' : 'weakBoth');
}

/** `null`: data saver has been turned off. */
export function dataSaverWords(reason: DataSaverReason | null): string {
	switch (reason) {
		case null:
			return say('dataSaverOff');
		case 'system':
			return say('dataSaverSystem');
		case 'poor-line':
			return say('dataSaverPoorLine');
		case 'chosen':
			return say('dataSaverOn');
	}
}

function screenFailureWords(code: MediaFailureCode): string {
	switch (code) {
		// Firefox finds no screen if the system denies it access to them.
		case 'not-found':
		case 'denied-by-system':
			return say('screenDeniedBySystem');
		case 'denied':
		case 'insecure':
		case 'unsupported':
			return say('screenUnsupported');
		default:
			return say('screenFailed');
	}
}

/** These are reported elsewhere, because this file may not have loaded either. */
export interface ChatLoading {
	type: 'chat-not-loaded' | 'chat-loaded';
}

/** Nothing is said; the earlier message is withdrawn. */
interface Settling {
	type: 'device-available';
}

/** For notices about the person themselves; `notice-lines.ts` has what the others do. */
export function noticeWords(notice: Exclude<OwnNotice, ChatLoading | Settling>): string {
	switch (notice.type) {
		case 'signaling-lost':
			return say('signalingLost');
		case 'signaling-restored':
			return say('signalingRestored');
		case 'renamed':
			return say('renamed', { name: isolate(notice.name) });
		case 'data-saver':
			return dataSaverWords(notice.reason);
		case 'device-lost':
			return say('deviceLost', { label: isolate(notice.label) || say(notice.kind), kind: notice.kind });
		case 'device-changed':
			return say('deviceBack', { label: isolate(notice.label) || say(notice.kind) });
		case 'device-unavailable':
			return keptDeviceWords(notice);
		case 'screen-unavailable':
			return screenFailureWords(notice.code);
		case 'capture-restored': {
			const [source, another] = notice.sources;
			return say('captureBack', { device: another ? 'both' : (source ?? 'both') });
		}
	}
}
