/** Where texts from the others come in, by either carrier: each is metered, parsed once, and passed to the handler of its type. */
import type { ParticipantId } from '../../protocol';
import { parsePeerMessage } from '../../protocol/peer/peer-message';
import { createPeerMeter, type PeerMeter } from './peer-meter';
import { handlePeerMessage, type PeerTable } from './peer-table';
import type { Clock } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';

export interface PeerInboxPort {
	clock: Clock;
	table: Partial<PeerTable>;
	/** Something of theirs was ignored because it was too much. */
	dropped(from: ParticipantId): void;
}

export interface PeerInbox {
	setParticipants(ends: readonly RemoteEnd[]): void;
	handleText(from: ParticipantId, text: string, by: 'channel' | 'relay'): void;
}

export function createPeerInbox({ clock, table, dropped }: PeerInboxPort): PeerInbox {
	/** By participant, so that a reload does not give anybody a fresh one. */
	const meters = new Map<ParticipantId, PeerMeter>();
	return {
		setParticipants(ends) {
			const here = new Set(ends.map(({ id }) => id));
			for (const id of meters.keys()) if (!here.has(id)) meters.delete(id);
			for (const id of here) if (!meters.has(id)) meters.set(id, createPeerMeter());
		},
		handleText(from, text, by) {
			const meter = meters.get(from);
			if (!meter) return;
			const now = clock.now();
			if (!meter.admits(text, now)) return dropped(from);
			const message = parsePeerMessage(text);
			const handler = message && table[message.type];
			if (!handler) return;
			if (!meter.admitsType(message.type, handler.rate, now)) return dropped(from);
			if (handler.channelOnly && by !== 'channel') return;
			void handlePeerMessage(table, from, message);
		},
	};
}
