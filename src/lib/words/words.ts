/**
 * Turns codes into words. Those about devices are in `media-words.ts`, those about the person's own call in `own-call-words.ts`, those for why
 * there is no call in `call-failure-words.ts`, and those about other people's troubles in `trouble-words.ts`. Each text says what happened and
 * what a person can do about it; none blames them.
 */
import { withoutMarks } from '../call/room/distinct-names';
import { worst, type ConnectionQuality } from '../call/quality/quality';
import type { DeviceKind } from '../call/media/media-state';
import type { LobbySnapshot, SelfSnapshot } from '../call/room/room-state';
import type { ConnectionState } from '../call/transport/transport';
import { isolate } from './isolate';
import { say } from './say';

export function connectionWords(state: ConnectionState): string | null {
	switch (state) {
		case 'connected':
			return null;
		case 'connecting':
			return say('connecting');
		case 'reconnecting':
			return say('reconnecting');
		case 'failed':
			return say('noConnection');
	}
}

/** The text of the mark on a person's tile; `null` if there is nothing to mark. */
export function qualityMarkWords(quality: ConnectionQuality, name: string): string | null {
	switch (worst([quality.receiving, quality.sending])) {
		case 'good':
			return null;
		case 'poor':
			return say('poorConnectionTo', { name: isolate(name) });
		case 'lost':
			return say('connectionToLost', { name: isolate(name) });
	}
}

/**
 * The person's own tile, as it is read out and as it is written on it. "(you)" is never shown after anybody else's name
 * (`call/room/distinct-names.ts`), and never twice. If the others see more than the plain name, the tile shows what they see.
 */
export function ownTileWords({ name, label }: Pick<SelfSnapshot, 'name' | 'label'>): {
	label: string;
	caption: string;
} {
	const plain = withoutMarks(name);
	const caption = label === plain ? say('you') : say('ownName', { name: label });
	return { label: say('ownName', { name: plain }), caption };
}

/** For the lobby, while the server is out of reach. `joining`: the person has pressed the button to join. */
export function unreachableWords(online: boolean, joining: boolean): { title: string; text: string } {
	return {
		title: say(online ? 'serverOutOfReach' : 'youAreOffline'),
		text: say(joining ? 'joinOnceConnected' : 'getReadyOffline'),
	};
}

/** How many people are inside, for the lobby. `count` is `null` until the server has said. */
export function presenceWords({ count, limit }: LobbySnapshot): string {
	if (count === null) return say('checkingWhoIsHere');
	return count > 0 && limit !== null && count >= limit
		? say('peopleHereFull', { count })
		: say('peopleHere', { count });
}

/** A device was chosen but gives nothing. `label` is empty for the system's default. */
export function keptDeviceWords({ kind, label }: { kind: DeviceKind; label: string }): string {
	return label === '' ? say('defaultDeviceSilent', { kind }) : say('deviceSilent', { label: isolate(label) });
}
