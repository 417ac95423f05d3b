/** Where texts from the others come in, by either carrier: metered, parsed, and handed to whom they are for. */
import type { ParticipantId } from '../../protocol';
import {
	parsePeerMessage,
	type ChatPeerMessage,
	type NameMessage,
	type SecretReplacement,
} from '../../protocol/peer-messages';
import { createPeerMeter, type PeerMeter } from './peer-meter';
import type { Clock } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';

export interface PeerInboxPort {
	clock: Clock;
	chat(from: ParticipantId, message: ChatPeerMessage): void;
	name(from: ParticipantId, message: NameMessage): void;
	/** Over a data channel alone: what is relayed may be read by whoever is to stay out. */
	secret(message: SecretReplacement): void;
	/** Something of theirs was not looked at: it was too much. */
	dropped(from: ParticipantId): void;
}

export interface PeerInbox {
	setParticipants(ends: readonly RemoteEnd[]): void;
	handleText(from: ParticipantId, text: string, by: 'channel' | 'relay'): void;
}

export function createPeerInbox(port: PeerInboxPort): PeerInbox {
	/** By participant: a reload gives nobody a fresh one. */
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
			const now = port.clock.now();
			if (!meter.admits(text, now)) return port.dropped(from);
			const message = parsePeerMessage(text);
			if (!message || message.type === 'receiver-constraints') return;
			if (!meter.admitsKind(message.type, now)) return port.dropped(from);
			if (message.type === 'name') port.name(from, message);
			else if (message.type !== 'room-secret') port.chat(from, message);
			else if (by === 'channel') port.secret(message);
		},
	};
}
