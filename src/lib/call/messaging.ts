/**
 * What people in a call say to each other in writing: the chat, their names, and a secret that replaces the room's; over their data
 * channels, or sealed through the server. Puts the parts together, one for each of these. Joining does not need it, so it is loaded once
 * somebody is inside (`eventual-messaging.ts`).
 */
import type { RoomTrust } from '../e2ee/room-trust';
import { createSealer, type Sealer, type WebCrypto } from '../e2ee/seal';
import type { ParticipantId } from '../protocol';
import { createChatSync, type ChatSync } from './chat/chat-sync';
import type { PeerFeature } from './peer-messages/peer-feature';
import { createPeerInbox } from './peer-messages/peer-inbox';
import type { PeerTable } from './peer-messages/peer-table';
import type { Clock } from '../platform/platform';
import { createRelay, type Relay } from './peer-messages/relay';
import { createSaidNames, type SaidNames } from './room/said-names';
import { createSecretReplacements, type SecretReplacements } from './room/secret-replacement';
import type { Session } from './signaling/signaling';
import type { ChatCommands, ChatEntry } from './chat/chat-state';
import type { RemoteEnd } from './transport/transport';

export interface MessagingPort {
	clock: Clock;
	room: string;
	/** This page load. */
	incarnation: string;
	/** The server's relay needs a session, and our seat in it. */
	session(): Session | null;
	self(): RemoteEnd | null;
	ownName(): string;
	/** The room's secret as it is now; `null` where its link has none. */
	secret(): string | null;
	/** The trust for that secret; `null` if this browser can't sign, and then nobody gets in. */
	trust(): RoomTrust | null;
	crypto: WebCrypto;
	mayReplaceSecret(incarnation: string): boolean;
	newSecret(): string;
	/** False when no open data channel leads there. */
	sendDirect(to: ParticipantId, text: string): boolean;
	moveTo(secret: string, stays: ReadonlySet<string>): void;
	/** The chat, or what the relay could not read, has changed. */
	changed(): void;
	/** Others' messages, written since we met them. */
	news(entries: readonly ChatEntry[]): void;
	/** Somebody's name has changed. */
	renamed(): void;
}

/** The part of each feature that the call uses. Another feature takes a line here, one where it is made, and one for what it hears. */
export interface MessagingFeatures {
	readonly chat: ChatCommands & Pick<ChatSync, 'entries' | 'forked'>;
	readonly names: Pick<SaidNames, 'of' | 'tell'>;
	readonly secrets: Pick<SecretReplacements, 'replace' | 'isHeld'>;
	readonly relay: Pick<Relay, 'unreadable'>;
}

export interface Messaging extends Required<Omit<PeerFeature, 'rows'>> {
	readonly features: MessagingFeatures;
	/** Over their data channel. */
	handleDirect(from: RemoteEnd, text: string): void;
	/** Through the server. */
	handleRelayed(from: RemoteEnd, sealed: string): void;
}

export function createMessaging(port: MessagingPort): Messaging {
	const { clock, room, incarnation, trust, sendDirect } = port;
	/** The page loads that are here: only their texts from the relay are read. */
	let present = new Map<ParticipantId, string>();
	/** The page loads to which a data channel is open. */
	const channels = new Set<string>();

	let sealing: { secret: string | null; sealer: Promise<Sealer | null> } | null = null;

	/** Made at first use, and again for another secret. */
	function sealer(): Promise<Sealer | null> {
		const secret = port.secret();
		if (!sealing || sealing.secret !== secret) {
			sealing = { secret, sealer: createSealer(room, secret, port.crypto).catch(() => null) };
		}
		return sealing.sealer;
	}

	const relay = createRelay({
		sealer,
		session: port.session,
		self: port.self,
		received: ({ id, incarnation: of }, text) => {
			if (present.get(id) === of) inbox.handleText(id, text, 'relay');
		},
		changed: port.changed,
	});
	const sendRelay = relay.send;
	const chat = createChatSync({
		clock,
		room,
		incarnation,
		key: trust()?.identity.key ?? '',
		sign: (text) => trust()?.identity.sign(text) ?? Promise.reject(new Error('no key')),
		check: async (signed, text) => (await trust()?.checkSignature(signed, text)) ?? false,
		hash: async (text) => (await trust()?.hash(text)) ?? '',
		self: () => ({ id: port.self()?.id ?? incarnation, name: port.ownName() }),
		sendDirect,
		sendRelay,
		onChange: port.changed,
		onNews: port.news,
	});
	const names = createSaidNames({
		clock,
		ownName: port.ownName,
		sendDirect,
		sendRelay,
		changed: port.renamed,
	});
	const secrets = createSecretReplacements({
		room,
		trust,
		mayReplace: port.mayReplaceSecret,
		newSecret: port.newSecret,
		sendDirect,
		moveTo: port.moveTo,
	});
	const features: readonly PeerFeature[] = [chat, names, secrets];
	const table: PeerTable = { ...chat.rows, ...names.rows, ...secrets.rows };
	const dropped = (from: ParticipantId) => features.forEach((feature) => feature.dropped?.(from));
	const inbox = createPeerInbox({ clock, table, dropped });

	return {
		features: { chat, names, secrets, relay },
		setParticipants(ends) {
			present = new Map(ends.map((end) => [end.id, end.incarnation]));
			const here = new Set(present.values());
			for (const channel of channels) if (!here.has(channel)) channels.delete(channel);
			inbox.setParticipants(ends);
			for (const feature of features) feature.setParticipants?.(ends);
		},
		setChannel(end, open) {
			// We are told that it is open at every other change as well.
			if (present.get(end.id) !== end.incarnation || channels.has(end.incarnation) === open) return;
			if (open) channels.add(end.incarnation);
			else channels.delete(end.incarnation);
			for (const feature of features) feature.setChannel?.(end, open);
		},
		signalingLost: () => features.forEach((feature) => feature.signalingLost?.()),
		signalingResumed: () => features.forEach((feature) => feature.signalingResumed?.()),
		textsMissed: (from) => features.forEach((feature) => feature.textsMissed?.(from)),
		dropped,
		handleDirect: ({ id }, text) => inbox.handleText(id, text, 'channel'),
		handleRelayed: (from, sealed) => void relay.handle(from, sealed),
		close: () => features.forEach((feature) => feature.close?.()),
	};
}
