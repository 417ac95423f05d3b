/**
 * Being in a room, or on the way in or out: does what `phase.ts` says, with the current visit and the seat that a reload comes back to.
 * Passes on what the visit hears that is not about our own membership.
 */
import type { Participant, ParticipantId, ServerEvent } from '../../protocol';
import type { Platform } from '../../platform/platform';
import type { LocalMedia } from '../media/local-media';
import type { RemoteEnd, RemoteMedia, Transport } from '../transport/transport';
import type { OwnState } from './own-state';
import { firstPhase, nextPhase, type PhaseAction, type PhaseEvent } from './phase';
import type { OthersNotice } from './others-notice';
import type { MembershipSnapshot } from './room-state';
import { createSeat } from './seat';
import { beginVisit, type RoomEntrance, type Visit, type VisitPort } from './visit';

export interface MembershipPort extends Pick<VisitPort, 'signaling' | 'createTransport' | 'incarnation'> {
	platform: Pick<Platform, 'tabStorage' | 'clock' | 'holdLock' | 'arrival'>;
	/** The room and its secret, as they are now. */
	entrance(): RoomEntrance;
	own: OwnState;
	media: Pick<LocalMedia, 'snapshot' | 'setMicrophone' | 'setCamera' | 'start' | 'release'>;
	/** The name of anybody but ourselves, whatever the server's list says. */
	nameOf(participant: Participant): string;
	/** There is a new transport, which has nothing to send yet. */
	begun(transport: Transport): void;
	/** We are inside: start what runs only there. */
	entered(): void;
	/** The visit is over, in the lobby, in a join or in a call. */
	ended(): void;
	membersChanged(notices: readonly OthersNotice[]): void;
	caughtUp(): void;
	mediaChanged(end: RemoteEnd, media: RemoteMedia): void;
	messageReceived(from: RemoteEnd, text: string): void;
	/** A message that came through the server, sealed. */
	messageRelayed(from: RemoteEnd, sealed: string): void;
	/** Some of what they sent through the server was lost on the way. */
	messagesMissed(from: ParticipantId): void;
	/** What is shown has changed. */
	changed(): void;
}

export interface MembershipCommands {
	/** Joins under this name, already normalised. While the room is full this fails with `room-full`. */
	join(name: string): void;
	/** After `room-full`: stays in the lobby and joins by itself when a seat is free. */
	waitForSeat(name: string): void;
	/** Back to the lobby while waiting for a seat, or for the server's answer to a join. */
	stopWaiting(): void;
	/** Hangs up: tells the others at once, closes every peer, releases every device. */
	leave(): void;
	/** After the end: back to the lobby of the same room, with the preview on. */
	reopen(): void;
}

export interface Membership extends MembershipCommands {
	readonly snapshot: MembershipSnapshot;
	/** The current visit, or the last one. */
	readonly visit: Visit;
	readonly isInCall: boolean;
	/**
	 * A reload brings the person back without a question, muted if they were muted. A step in the tab's history does so with microphone and
	 * camera off. Anyone else gets the lobby, where a seat may be waiting.
	 */
	open(): Promise<void>;
	/** What a reload would come back with has changed. */
	save(): void;
	/** Resolves when the server has heard that we left, or can't. */
	close(): Promise<void>;
}

export function createMembership(port: MembershipPort): Membership {
	const { own, media, entrance } = port;
	let phase = firstPhase;
	/** Resolves when the server has heard that we left, or can't. */
	let left: Promise<void> = Promise.resolve();
	const isInCall = () => phase.phase === 'in-call';
	const seat = createSeat(port.platform, () => {
		const { self } = visit.roster;
		if (!isInCall() || !self) return null;
		return {
			...entrance().address,
			participant: self.id,
			name: own.name,
			hand: own.handRaisedAt !== null,
			microphone: media.snapshot.microphone.wanted,
			camera: media.snapshot.camera.wanted,
		};
	});
	let visit = newVisit();

	const performed: Record<PhaseAction, () => void> = {
		'ask-to-join': () => void visit.join(),
		enter() {
			visit.enter();
			port.entered();
		},
		'forget-seat': seat.forget,
		'lower-hand': () => own.setHand(false),
		'leave-visit'() {
			left = visit.leave();
			port.ended();
		},
		'end-visit'() {
			visit.close();
			port.ended();
		},
		'begin-visit': () => (visit = newVisit()),
		'start-devices': media.start,
		'release-devices': media.release,
	};

	function advance(event: PhaseEvent): void {
		const { state, actions } = nextPhase(phase, event);
		phase = state;
		for (const action of actions) performed[action]();
	}

	function dispatch(event: PhaseEvent): void {
		const before = phase;
		advance(event);
		if (phase !== before) port.changed();
	}

	function newVisit(): Visit {
		const begun = beginVisit(entrance(), {
			...port,
			nameOf: (participant) =>
				participant.id === visit.roster.self?.id ? own.name : port.nameOf(participant),
			ownState: own.tellAll,
			token: () => seat.token,
			peeked({ count, limit }) {
				if (count < limit) advance({ type: 'seat-free' });
				port.changed();
			},
			serverSaid: handleServer,
			caughtUp() {
				port.caughtUp();
				seat.save();
			},
			sessionEnded: (failure) => dispatch({ type: 'session-ended', failure }),
		});
		port.begun(begun.transport);
		return begun;
	}

	function handleServer(event: ServerEvent): void {
		switch (event.type) {
			case 'relay':
				return port.messageRelayed({ id: event.from, incarnation: event.incarnation }, event.sealed);
			case 'gap':
				return port.messagesMissed(event.from);
			case 'rejoin-token':
				seat.renew(event.rejoinToken);
				return seat.save();
			case 'welcome':
				seat.renew(event.rejoinToken);
				if (!isInCall()) seat.hold(event.self.id);
				return advance({ type: 'welcome' });
			default:
		}
	}

	function join(name: string): void {
		own.setName(name);
		dispatch({ type: 'join', secure: entrance().trust !== null });
	}

	return {
		get snapshot() {
			return {
				// What comes after the end is not shown.
				phase: phase.phase === 'closed' ? 'ended' : phase.phase,
				failure: 'failure' in phase ? phase.failure : null,
				lobby: visit.lobby,
			};
		},
		get visit() {
			return visit;
		},
		get isInCall() {
			return isInCall();
		},
		async open() {
			const record = await seat.claim(entrance().address);
			if (phase.phase === 'closed') return;
			if (record && phase.phase === 'lobby') {
				seat.renew(record.token);
				if (!record.asks) {
					media.setMicrophone(record.microphone);
					media.setCamera(record.camera);
					own.setHand(record.hand);
					join(record.name);
				}
			}
			media.start();
		},
		save: seat.save,
		join(name) {
			if (phase.phase === 'lobby') join(name);
		},
		waitForSeat(name) {
			if (phase.phase !== 'lobby') return;
			own.setName(name);
			const { count, limit } = visit.lobby;
			dispatch({ type: 'wait', seatFree: count !== null && limit !== null && count < limit });
		},
		stopWaiting: () => dispatch({ type: 'stop-waiting' }),
		leave: () => dispatch({ type: 'leave' }),
		reopen: () => dispatch({ type: 'reopen' }),
		close() {
			advance({ type: 'close' });
			seat.close();
			return left;
		},
	};
}
