/**
 * The call: the one place that knows all its parts. Puts them together, passes on what one of them tells the others, and publishes one
 * snapshot of everything. Decides nothing.
 */
import { newRoomSecret } from '../e2ee/room-secret';
import { randomId } from '../platform/platform';
import { createUnchanged } from '../platform/unchanged';
import type { ParticipantId } from '../protocol';
import type { Call } from './call-api';
import type { CallPorts } from './call-ports';
import { chatSnapshot, type ChatSnapshot } from './chat/chat-state';
import { createConnections } from './connections';
import { createEventualMessaging } from './eventual-messaging';
import { createFitting } from './fitting';
import { deliveredIn } from './media/capture-health';
import { createOwnMedia, type OwnMedia } from './media/own-media';
import { createMembership } from './room/membership';
import { createOwnState } from './room/own-state';
import { createParticipantView } from './room/participant-view';
import { createRoomCommands } from './room/room-commands';
import { createSpeech, type Speech } from './room/speech';
import { endOf, type RoomEntrance } from './room/visit';
import type { CallNotice, CallSnapshot } from './snapshot';
import { slots, type Transport } from './transport/transport';

export function createCall(ports: CallPorts, room: string): Call {
	const { platform, signaling, createTransport } = ports;
	const { clock } = platform;
	let { keys } = ports;
	/** This page load, as the room sees it. */
	const incarnation = keys.trust?.identity.incarnation ?? randomId(platform);
	const snapshotListeners = new Set<(snapshot: CallSnapshot) => void>();
	const noticeListeners = new Set<(notice: CallNotice) => void>();
	let closed = false;

	const media: OwnMedia = createOwnMedia(platform, {
		changed() {
			own.announce();
			refresh();
		},
		async delivered(track) {
			const connected = connections.others().find(({ connection }) => connection === 'connected');
			const report = connected && (await transport().stats(connected.id));
			return report ? deliveredIn(report, track.id) : null;
		},
		trackChanged: (slot, track) => transport().publish(slot, track),
		notice: tell,
	});
	const own = createOwnState({
		...{ clock, media: () => media.snapshot, isInCall: () => membership.isInCall },
		tell(change) {
			membership.visit.session?.sendUpdate(change);
			membership.save();
		},
	});
	const messaging = createEventualMessaging({
		...{ clock, room, incarnation },
		load: () => import('./messaging'),
		notLoaded: () => tell({ type: 'chat-not-loaded' }),
		loadedLate: () => tell({ type: 'chat-loaded' }),
		session: () => membership.visit.session,
		self() {
			const { self } = roster();
			return self && endOf(self);
		},
		ownName: () => own.name,
		trust: () => keys.trust,
		secret: () => keys.secret,
		crypto: { subtle: ports.subtle, randomBytes: platform.randomBytes },
		mayReplaceSecret: (incarnation) => ports.mayReplaceSecret(incarnation),
		newSecret: () => newRoomSecret((length) => platform.randomBytes(length)),
		sendDirect: (to, text) => transport().sendMessage(to, text),
		moveTo: (secret, stays) => void moveTo(secret, stays),
		changed: () => refresh(),
		news: (entries) => entries.forEach((entry) => tell({ type: 'message', entry })),
		renamed: () => membership.visit.renamed(),
	});
	const speech: Speech = createSpeech(clock, readLevels, () => refresh());
	const connections = createConnections({
		...{ room, incarnation, visit: () => membership.visit, safetyWords: ports.safetyWords },
	});
	const fitting = createFitting({
		...{ platform, transport, others: connections.others, ownPublications: () => own.publications },
		savesByItself: (reason) => tell({ type: 'data-saver', reason }),
		changed: () => refresh(),
	});
	const membership = createMembership({
		...{ platform, signaling, createTransport, incarnation, entrance, own, media },
		nameOf: (participant) => messaging.features?.names.of(endOf(participant)) ?? participant.name,
		begun(transport) {
			for (const slot of slots) transport.publish(slot, media.track(slot));
			connections.begun(transport);
		},
		entered() {
			speech.start();
			fitting.start();
			own.announce();
		},
		ended() {
			speech.stop();
			fitting.stop();
			messaging.signalingLost();
			messaging.setParticipants([]);
		},
		membersChanged(notices) {
			if (roster().self) {
				messaging.setParticipants(roster().others.map(({ participant }) => endOf(participant)));
				fitting.apply();
			}
			notices.forEach(tell);
			refresh();
		},
		caughtUp: messaging.signalingResumed,
		mediaChanged: (end, { dataChannelOpen }) => messaging.setChannel(end, dataChannelOpen),
		messageReceived: messaging.handleDirect,
		messageRelayed: messaging.handleRelayed,
		messagesMissed: messaging.textsMissed,
		changed: () => refresh(),
	});
	const viewParticipants = createParticipantView((tracks) => platform.createMediaStream(tracks));
	const viewChat = createUnchanged<ChatSnapshot>();
	let snapshot = takeSnapshot();
	let signalingState = signaling.state;
	const stops = [
		signaling.onStateChange((state) => {
			// The state is the same, but the obstacle may have changed.
			if (state === signalingState) return refresh();
			signalingState = state;
			if (state !== 'connected') {
				messaging.signalingLost();
				transport().signalingLost();
			}
			if (membership.isInCall && state !== 'connecting') {
				tell({ type: state === 'connected' ? 'signaling-restored' : 'signaling-lost' });
			}
			refresh();
		}),
		platform.network.onChange((what) => {
			if (what === 'network' || what === 'online') transport().networkChanged();
			else if (what === 'visible') transport().suspect();
			if (what === 'hidden' || what === 'visible') own.setPageHidden(what === 'hidden');
		}),
		...[media.close, messaging.close, fitting.close],
	];
	void membership.open();

	/** Moves to the room of another secret, together with these page loads. */
	async function moveTo(secret: string, stays: ReadonlySet<string>): Promise<void> {
		const moving = membership.visit;
		const next = await ports.replaceKeys(secret);
		if (moving !== membership.visit || !membership.isInCall || !messaging.features?.secrets.isHeld(secret))
			return;
		keys = next;
		moving.moveTo(entrance(), stays);
		refresh();
	}

	function transport(): Transport {
		return membership.visit.transport;
	}

	function roster() {
		return membership.visit.roster;
	}

	function entrance(): RoomEntrance {
		return { address: { room, tag: keys.trust?.tag ?? null }, trust: keys.trust };
	}

	/** The levels of everyone whose microphone is on. A muted participant is left out, so that they are shown silent at once. */
	function readLevels(): Map<ParticipantId, number> {
		const heard = connections.others().filter(({ publications }) => publications.microphone);
		const levels = new Map(heard.map(({ id }) => [id, transport().audioLevel(id)]));
		const { self } = roster();
		if (self && own.publications.microphone) levels.set(self.id, media.microphoneLevel());
		return levels;
	}

	function takeSnapshot(): CallSnapshot {
		const { visit } = membership;
		return {
			...membership.snapshot,
			room,
			secret: keys.secret,
			signaling: signaling.state,
			obstacle: signaling.obstacle,
			self: own.snapshot(visit.roster, speech.isSpeaking),
			media: media.snapshot,
			participants: viewParticipants({
				...{ roster: visit.roster, media: visit.transport.media },
				...{ speaking: speech.isSpeaking, quality: fitting.qualityOf },
			}),
			ownQuality: fitting.ownQuality(),
			dataSaver: fitting.saverReason,
			chat: viewChat(chatSnapshot(messaging.features, keys.secret !== null)),
		};
	}

	function refresh(): void {
		if (closed) return;
		snapshot = takeSnapshot();
		for (const listener of snapshotListeners) listener(snapshot);
	}

	function tell(notice: CallNotice): void {
		for (const listener of noticeListeners) listener(notice);
	}

	return {
		get snapshot() {
			return snapshot;
		},
		onSnapshot(listener) {
			snapshotListeners.add(listener);
			return () => void snapshotListeners.delete(listener);
		},
		onNotice(listener) {
			noticeListeners.add(listener);
			return () => void noticeListeners.delete(listener);
		},

		room: createRoomCommands({
			...{ membership, own, roster, messaging, changed: refresh },
			renamed(name) {
				membership.visit.renamed();
				tell({ type: 'renamed', name });
			},
		}),
		media,
		chat: { send: (text) => messaging.use(({ chat }) => chat.send(text)) },
		connections,
		quality: fitting,
		adaptation: fitting,

		dispose() {
			if (closed) return;
			closed = true;
			void membership.close().finally(() => signaling.close());
			for (const stop of stops) stop();
			snapshotListeners.clear();
			noticeListeners.clear();
		},
	};
}
