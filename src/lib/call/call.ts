/**
 * The call: the one place that knows all the others. Routes events between signaling, transport, devices and chat, and
 * publishes one snapshot of the whole. Decisions live in the pure files beside it.
 */
import { newRoomSecret } from '../e2ee/room-secret';
import type { RoomTrust } from '../e2ee/room-trust';
import type { DescribedEnd } from '../e2ee/safety-words';
import type {
	JoinInput,
	Participant,
	ParticipantId,
	PeekEvent,
	RoomAddress,
	ServerEvent,
	WireError,
} from '../protocol';
import { createAdaptation, type Adaptation } from './adaptation/adaptation';
import { createAnnouncement, publicationsOf } from './room/announcement';
import type { Call } from './call-api';
import { deliveredIn } from './media/capture-health';
import { createDescriptionGuard, type DescriptionGuard } from './mesh/description-guard';
import { createEventualMessaging } from './eventual-messaging';
import { createEventualQuality } from './quality/eventual-quality';
import { createReturnNews, interruptionOf } from './media/interruption';
import { openLobby, type Lobby } from './room/lobby';
import { createLocalMedia, type LocalMedia } from './media/local-media';
import { createMesh } from './mesh/mesh';
import { createMicrophoneLevel } from './media/microphone-level';
import { createParticipantView } from './room/participant-view';
import { firstPhase, nextPhase, type Phase, type PhaseAction, type PhaseEvent } from './room/phase';
import { randomId, type Platform } from '../platform/platform';
import { claimResumeRecord, clearResumeRecord, holdSeat, saveResumeRecord } from './room/resume-record';
import {
	applyServerEvent,
	emptyRoster,
	keepOnly,
	labelsOf,
	rename,
	withNames,
	mediaEnded,
	type Roster,
	type RosterChange,
} from './room/roster';
import type { Session, Signaling } from './signaling/signaling';
import type { ChatSnapshot } from './chat/chat-state';
import type { CallNotice, CallSnapshot } from './snapshot';
import { createSpeech, type Speech } from './room/speech';
import { slots, type RemoteEnd, type RemoteMedia, type Transport } from './transport/transport';

export interface CallPorts {
	platform: Platform;
	signaling: Signaling;
	/** What the room's link gives. */
	keys: RoomKeys;
	/** Absent outside a secure context. */
	subtle: SubtleCrypto | undefined;
	/** The same for another secret of this room, for the same page load. */
	replaceKeys(secret: string): Promise<RoomKeys>;
	/** Whether this page load is one that may put others out. */
	mayReplaceSecret(incarnation: string): boolean;
	/** For two people to compare; `null` where their descriptions give none. Rejects when it can't be loaded. */
	safetyWords(room: string, ends: [DescribedEnd, DescribedEnd]): Promise<string[] | null>;
}

/** Bound to the room and to its secret. */
export interface RoomKeys {
	/** `null` where the link carries none. */
	secret: string | null;
	/** What this page load can prove, and check of others; `null` where the browser can't: then nobody is called. */
	trust: RoomTrust | null;
}

/** From a lobby to the end of the call it leads to: one seat and one set of peers. */
interface Visit {
	readonly transport: Transport;
	guard: DescriptionGuard;
	readonly lobby: Lobby;
	session: Session | null;
	roster: Roster;
}

/** How often the record that a reload needs is written again, so that it stays recent. */
const recordIntervalMs = 60_000;

export function createCall(ports: CallPorts, room: string): Call {
	const { platform, signaling } = ports;
	let { keys } = ports;

	const snapshotListeners = new Set<(snapshot: CallSnapshot) => void>();
	const noticeListeners = new Set<(notice: CallNotice) => void>();
	const viewParticipants = createParticipantView((tracks) => platform.createMediaStream(tracks));

	const address = (): RoomAddress => ({ room, tag: keys.trust?.tag ?? null });
	/** This page load, as the room sees it. */
	const incarnation = keys.trust?.identity.incarnation ?? randomId(platform);

	let phase = firstPhase;
	let name = '';
	let handRaisedAt: number | null = null;
	let hidden = false;
	let addressHidden = false;
	let token: string | null = null;
	let ready = false;
	/** Settled when the server has heard that we left, or can't. */
	let left: Promise<void> = Promise.resolve();

	const microphoneLevel = createMicrophoneLevel(platform);
	const returnNews = createReturnNews(platform.clock, (sources) =>
		tell({ type: 'capture-restored', sources }),
	);
	const media: LocalMedia = createLocalMedia(platform, {
		changed: (changed) => {
			announce();
			returnNews.handleMedia(changed);
			refresh();
		},
		delivered: async (track) => {
			const connected = visit.roster.others.find(({ participant }) => mediaFlows(participant.id));
			const report = connected && (await visit.transport.stats(connected.participant.id));
			return report ? deliveredIn(report, track.id) : null;
		},
		trackChanged(slot, track) {
			if (slot === 'microphone') microphoneLevel.setTrack(track);
			visit.transport.publish(slot, track);
		},
		notice: tell,
	});
	const announcement = createAnnouncement(() => ({
		name,
		publications: publicationsOf(media.snapshot),
		interruption: interruptionOf(media.snapshot, hidden),
		hand: handRaisedAt !== null,
	}));
	const messaging = createEventualMessaging({
		clock: platform.clock,
		room,
		incarnation,
		load: () => import('./messaging'),
		notLoaded: () => tell({ type: 'chat-not-loaded' }),
		loadedLate: () => tell({ type: 'chat-loaded' }),
		session: () => visit.session,
		self: () => visit.roster.self && endOf(visit.roster.self),
		ownName: () => name,
		trust: () => keys.trust,
		secret: () => keys.secret,
		crypto: { subtle: ports.subtle, randomBytes: platform.randomBytes },
		mayReplaceSecret: (incarnation) => ports.mayReplaceSecret(incarnation),
		newSecret: () => newRoomSecret((length) => platform.randomBytes(length)),
		sendDirect: (to, text) => visit.transport.sendMessage(to, text),
		moveTo: (secret, stays) => void moveTo(secret, stays),
		changed: () => refresh(),
		news: (entries) => entries.forEach((entry) => tell({ type: 'message', entry })),
		renamed: () => applyRoster({ roster: rename(visit.roster, nameOf), notices: [] }),
	});
	const speech: Speech = createSpeech(platform.clock, readLevels, () => refresh());
	const quality = createEventualQuality({
		clock: platform.clock,
		load: () => import('./quality/quality-watch'),
		others: () =>
			visit.roster.others.map(({ participant: { id, publications } }) => ({
				id,
				// What is not asked for does not come, and nothing is wrong with that.
				publications: { ...publications, camera: publications.camera && adaptation.asksForCamera(id) },
				connection: visit.transport.media(id)?.connection ?? 'connecting',
			})),
		ours: () => announcement.told.publications,
		stats: (id) => visit.transport.stats(id),
		changed: () => refresh(),
	});
	const adaptation: Adaptation = createAdaptation({
		clock: platform.clock,
		network: platform.network,
		transport: () => visit.transport,
		others: () =>
			visit.roster.others.map(({ participant: { id, publications } }) => ({
				id,
				publications,
				quality: quality.of(id, visit.transport.media(id)?.connection ?? 'connecting'),
			})),
		ownQuality: () => quality.own(),
		saverChanged(reason, byItself) {
			if (byItself) tell({ type: 'data-saver', reason });
			refresh();
		},
	});
	let visit: Visit = beginVisit();
	let chatView = viewChat();
	let snapshot = takeSnapshot('lobby');

	let signalingState = signaling.state;
	const stopSignalingState = signaling.onStateChange((state) => {
		// What stands in the way may change meanwhile.
		if (state === signalingState) return refresh();
		signalingState = state;
		if (state !== 'connected') {
			messaging.signalingLost();
			visit.transport.signalingLost();
		}
		if (phase.phase === 'in-call' && state !== 'connecting') {
			tell({ type: state === 'connected' ? 'signaling-restored' : 'signaling-lost' });
		}
		refresh();
	});
	const stopNumbers = quality.watchNumbers((numbers) => adaptation.handleNumbers(numbers));
	const stopNetwork = platform.network.onChange((what) => {
		if (what === 'network' || what === 'online') visit.transport.networkChanged();
		else if (what === 'visible') visit.transport.doubt();
	});
	const stopRecording = platform.clock.every(recordIntervalMs, saveRecord);
	const stopWatchingPage = platform.network.onChange((what) => {
		if (what !== 'hidden' && what !== 'visible') return;
		hidden = what === 'hidden';
		announce();
	});

	ready = true;
	void open();

	// ── Visits ──────────────────────────────────────────────────────────────────────────────────────

	function beginVisit(): Visit {
		const transport: Transport = createMesh(platform, {
			sendSignal: (to, signal) => begun.guard.send(to, signal),
			mediaChanged: (id, remote) => begun === visit && handleMediaChanged(id, remote),
			messageReceived: (id, text) => begun === visit && handleMessage(id, text),
			stalled: () => signaling.check(),
		});
		const begun: Visit = {
			transport,
			guard: guardFor(() => begun),
			lobby: openLobby(signaling, keys.trust ? address() : null, transport, handlePeek),
			session: null,
			roster: emptyRoster,
		};
		for (const slot of slots) transport.publish(slot, media.track(slot));
		transport.setAddressHidden(addressHidden);
		return begun;
	}

	function guardFor(of: () => Visit): DescriptionGuard {
		return createDescriptionGuard({
			trust: keys.trust ?? trustsNobody,
			send: (to, signal) => of().session?.sendSignal({ to: to.id, incarnation: to.incarnation, signal }),
			received: (from, signal) => of().transport.handleSignal(from, signal),
			changed: () => refresh(),
		});
	}

	function endVisit(): void {
		visit.lobby.close();
		visit.guard.close();
		visit.transport.close();
		speech.stop();
		quality.stop();
		messaging.signalingLost();
		messaging.setParticipants([]);
	}

	/** A reload brings the person back without a question, muted if they were muted. Anyone else gets the lobby, where a seat may wait. */
	async function open(): Promise<void> {
		const record = await claimResumeRecord(platform, address());
		if (phase.phase === 'closed') return;
		if (record && phase.phase === 'lobby') {
			token = record.token;
			if (!record.asks) {
				media.setMicrophone(record.microphone);
				media.setCamera(record.camera);
				handRaisedAt = record.hand ? platform.clock.epochMs() : null;
				begin(record.name);
			}
		}
		media.start();
	}

	// ── Joining ─────────────────────────────────────────────────────────────────────────────────────

	const perform: Record<PhaseAction, () => void> = {
		'ask-to-join': () => void askToJoin(visit),
		enter() {
			visit.lobby.close();
			speech.start();
			quality.start();
			announce();
		},
		'forget-seat'() {
			clearResumeRecord(platform);
			token = null;
		},
		'lower-hand': () => (handRaisedAt = null),
		'leave-visit'() {
			left = visit.session?.leave() ?? left;
			endVisit();
		},
		'end-visit': endVisit,
		'begin-visit': () => (visit = beginVisit()),
		'start-devices': () => media.start(),
		'release-devices': () => media.release(),
	};

	function advance(event: PhaseEvent): void {
		const { state, actions } = nextPhase(phase, event);
		phase = state;
		for (const action of actions) perform[action]();
	}

	function dispatch(event: PhaseEvent): void {
		const before = phase;
		advance(event);
		if (phase !== before) refresh();
	}

	function begin(as: string): void {
		name = as;
		dispatch({ type: 'join', secure: keys.trust !== null });
	}

	async function askToJoin(joining: Visit): Promise<void> {
		joining.lobby.stopPreparing();
		const offers = await joining.guard.certifyOffers(joining.transport.takeOffers());
		// Called off meanwhile, or the page is gone.
		if (joining !== visit || phase.phase !== 'joining') return;
		openSession(joining, offers);
	}

	function openSession(joining: Visit, offers: NonNullable<JoinInput['offers']>): void {
		const session: Session = signaling.join(
			address(),
			{ incarnation, state: announcement.tellAll, offers, token },
			{
				event: (event) => isOurs() && handleServerEvent(event),
				ended: (error) => isOurs() && handleEnded(error),
				resumed: () => {
					if (!isOurs()) return;
					joining.transport.signalingResumed();
					messaging.signalingResumed();
				},
			},
		);
		const isOurs = () => joining === visit && joining.session === session;
		joining.session = session;
	}

	/** Into the room of another secret, with these page loads: their media goes on, and everybody else's ends here. */
	async function moveTo(secret: string, stays: ReadonlySet<string>): Promise<void> {
		const moving = visit;
		const next = await ports.replaceKeys(secret);
		if (moving !== visit || phase.phase !== 'in-call' || !messaging.holdsSecret(secret)) return;
		keys = next;
		moving.guard.close();
		moving.guard = guardFor(() => moving);
		applyRoster(keepOnly(moving.roster, stays));
		openSession(moving, []);
		refresh();
	}

	function handleMessage(from: ParticipantId, text: string): void {
		const end = endWith(from);
		if (end) messaging.handleDirect(end, text);
	}

	function handlePeek({ count, limit }: PeekEvent): void {
		if (count < limit) advance({ type: 'seat-free' });
		refresh();
	}

	function handleEnded(failure: WireError): void {
		dispatch({ type: 'session-ended', failure });
	}

	// ── Inside ──────────────────────────────────────────────────────────────────────────────────────

	function handleServerEvent(event: ServerEvent): void {
		if (event.type === 'signal') {
			visit.guard.handleSignal({ id: event.from, incarnation: event.incarnation }, event.signal);
			return;
		}
		if (event.type === 'relay') {
			messaging.handleRelayed({ id: event.from, incarnation: event.incarnation }, event.sealed);
			return;
		}
		if (event.type === 'gap') {
			visit.transport.signalsMissed({ id: event.from, incarnation: event.incarnation });
			messaging.textsMissed(event.from);
			return;
		}
		if (event.type === 'rejoin-token') {
			token = event.rejoinToken;
			saveRecord();
			return;
		}
		if (event.type === 'ice-servers') {
			visit.transport.setIceServers(event.iceServers);
			return;
		}
		if (event.type === 'welcome') {
			token = event.rejoinToken;
			visit.transport.setIceServers(event.iceServers);
			if (phase.phase === 'joining') void holdSeat(platform, event.self.id);
			advance({ type: 'welcome' });
		}
		applyRoster(applyServerEvent(visit.roster, withNames(event, nameOf), mediaFlows), event);
		if (event.type === 'welcome') {
			messaging.signalingResumed();
			saveRecord();
		}
	}

	function applyRoster({ roster, notices }: RosterChange, event?: ServerEvent): void {
		visit.roster = roster;
		const self = roster.self;
		if (self) {
			const ends = roster.others.map(({ participant }) => endOf(participant));
			// Who comes in calls those inside; they wait for the call, so that only one of each pair begins.
			const inside = new Set(event?.type === 'welcome' ? event.participants.map(({ id }) => id) : []);
			visit.transport.sync(endOf(self), ends, (end) => inside.has(end.id));
			messaging.setParticipants(ends);
			adaptation.apply();
		}
		for (const notice of notices) tell(notice);
		refresh();
	}

	/** What somebody calls themselves goes before what the server's list says. */
	function nameOf({ id, incarnation, name: listed }: Participant): string {
		return id === selfId() ? name : (messaging.nameOf({ id, incarnation }) ?? listed);
	}

	function handleMediaChanged(id: ParticipantId, remote: RemoteMedia): void {
		const end = endWith(id);
		if (end) messaging.setChannel(end, remote.dataChannelOpen);
		const change = mediaFlows(id) ? null : mediaEnded(visit.roster, id);
		if (change && change.roster !== visit.roster) applyRoster(change);
		else refresh();
	}

	function mediaFlows(id: ParticipantId): boolean {
		return visit.transport.media(id)?.connection === 'connected';
	}

	function announce(): void {
		const change = phase.phase === 'in-call' ? announcement.tellChange() : null;
		if (!change) return;
		visit.session?.sendUpdate(change);
		saveRecord();
	}

	/** Of those whose microphone is on: silence is shown at once where it is known. */
	function readLevels(): Map<ParticipantId, number> {
		const levels = new Map<ParticipantId, number>();
		for (const { participant } of visit.roster.others) {
			const { id, publications } = participant;
			if (publications.microphone) levels.set(id, visit.transport.audioLevel(id));
		}
		const self = selfId();
		if (self !== null && announcement.told.publications.microphone) levels.set(self, microphoneLevel.read());
		return levels;
	}

	function saveRecord(): void {
		if (phase.phase !== 'in-call' || !visit.roster.self || token === null) return;
		saveResumeRecord(platform, {
			...address(),
			participant: visit.roster.self.id,
			token,
			name,
			hand: handRaisedAt !== null,
			microphone: media.snapshot.microphone.wanted,
			camera: media.snapshot.camera.wanted,
		});
	}

	// ── Snapshots ───────────────────────────────────────────────────────────────────────────────────

	function takeSnapshot(shown: Phase): CallSnapshot {
		const { roster, transport, guard, lobby } = visit;
		const id = selfId();
		return {
			phase: shown,
			room,
			secret: keys.secret,
			signaling: signaling.state,
			obstacle: signaling.obstacle,
			lobby: lobby.snapshot,
			failure: 'failure' in phase ? phase.failure : null,
			self: {
				id,
				name,
				label: (id !== null && labelsOf(roster).get(id)) || name,
				handRaisedAt,
				speaking: id !== null && speech.isSpeaking(id),
			},
			media: media.snapshot,
			participants: viewParticipants({
				roster,
				media: (id) => transport.media(id),
				unproven: (participant) => guard.isUnproven(endOf(participant)),
				speaking: (id) => speech.isSpeaking(id),
				quality: quality.of,
			}),
			ownQuality: quality.own(),
			dataSaver: adaptation.saverReason,
			chat: chatSnapshot(),
		};
	}

	function chatSnapshot(): ChatSnapshot {
		const { entries, forked, unreadable } = messaging;
		if (chatView.entries !== entries || chatView.forked !== forked || chatView.unreadable !== unreadable) {
			chatView = viewChat();
		}
		return chatView;
	}

	function viewChat(): ChatSnapshot {
		const { entries, forked, unreadable } = messaging;
		return { entries, forked, unreadable, sealed: keys.secret !== null };
	}

	function selfId(): ParticipantId | null {
		return visit.roster.self?.id ?? null;
	}

	function endWith(id: ParticipantId): RemoteEnd | null {
		const entry = visit.roster.others.find(({ participant }) => participant.id === id);
		return entry ? endOf(entry.participant) : null;
	}

	function refresh(): void {
		// Called while the first visit is still being made: there is nobody to tell yet.
		if (phase.phase === 'closed' || !ready) return;
		snapshot = takeSnapshot(phase.phase);
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

		join(as) {
			if (phase.phase === 'lobby') begin(as);
		},
		waitForSeat(as) {
			if (phase.phase !== 'lobby') return;
			name = as;
			const { count, limit } = visit.lobby.snapshot;
			dispatch({ type: 'wait', seatFree: count !== null && limit !== null && count < limit });
		},
		stopWaiting() {
			dispatch({ type: 'stop-waiting' });
		},
		leave() {
			dispatch({ type: 'leave' });
		},
		reopen() {
			dispatch({ type: 'reopen' });
		},
		dispose() {
			if (phase.phase === 'closed') return;
			advance({ type: 'close' });
			void left.finally(() => signaling.close());
			messaging.close();
			quality.close();
			stopRecording();
			stopNetwork();
			stopNumbers();
			adaptation.close();
			stopWatchingPage();
			returnNews.close();
			stopSignalingState();
			snapshotListeners.clear();
			noticeListeners.clear();
		},

		setMicrophone: (on) => media.setMicrophone(on),
		setCamera: (on) => media.setCamera(on),
		setScreen: (on) => media.setScreen(on),
		setHand(raised) {
			if (raised === (handRaisedAt !== null)) return;
			handRaisedAt = raised ? platform.clock.epochMs() : null;
			announce();
			refresh();
		},
		setName(as) {
			name = as;
			announce();
			messaging.tellName();
			refresh();
		},
		chooseDevice: (kind, id) => media.chooseDevice(kind, id),
		followDevices: (remembered) => media.followDevices(remembered),
		flipCamera: () => media.flipCamera(),
		microphoneLevel: () => microphoneLevel.read(),
		retryMedia: (source) => media.retry(source),
		replaceSecret: (without) =>
			messaging.replaceSecret(
				visit.roster.others
					.map(({ participant }) => endOf(participant))
					.filter(({ id }) => !without.includes(id)),
			),
		retryPeer: (id) => visit.transport.rebuild(id),
		watchNumbers: quality.watchNumbers,
		setShown: (shown) => adaptation.setShown(shown),
		setDataSaver: (preference) => adaptation.setPreference(preference),
		setAddressHidden(hidden) {
			addressHidden = hidden;
			visit.transport.setAddressHidden(hidden);
		},
		async safetyWords(id) {
			const other = visit.roster.others.find(({ participant }) => participant.id === id)?.participant;
			const descriptions = mediaFlows(id) ? visit.transport.descriptions(id) : null;
			if (!other || !descriptions) return null;
			return ports.safetyWords(room, [
				{ incarnation, description: descriptions.ours },
				{ incarnation: other.incarnation, description: descriptions.theirs },
			]);
		},
		sendMessage: (text) => messaging.send(text),
	};
}

/** Where nothing can be signed or checked. */
const trustsNobody: Pick<RoomTrust, 'certify' | 'check'> = {
	certify: () => Promise.reject(new Error('no Web Crypto')),
	check: () => Promise.resolve(false),
};

function endOf({ id, incarnation }: RemoteEnd): RemoteEnd {
	return { id, incarnation };
}
