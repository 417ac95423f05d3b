/**
 * From a lobby to the end of the call it leads to: one seat and one set of peers. Updates the roster with what the server says and what
 * happens to the others' media, and keeps the transport in step with it. `phase.ts` decides when to join and when to end.
 */
import type { RoomTrust } from '../../e2ee/room-trust';
import type {
	MemberState,
	Participant,
	ParticipantId,
	PeekEvent,
	RoomAddress,
	ServerEvent,
	WireError,
} from '../../protocol';
import type { Session, Signaling } from '../signaling/signaling';
import type { CreateTransport, JoinExtras, RemoteEnd, RemoteMedia, Transport } from '../transport/transport';
import { openLobby } from './lobby';
import type { OthersNotice } from './others-notice';
import type { LobbySnapshot } from './room-state';
import { applyServerEvent, emptyRoster, keepOnly, mediaEnded, rename, withNames } from './roster';
import type { Roster, RosterChange } from './roster';

/** How we find a room, and how we verify the people in it: both follow from its secret. */
export interface RoomEntrance {
	address: RoomAddress;
	/** `null` if this browser can prove nothing; then nobody is called. */
	trust: RoomTrust | null;
}

export interface VisitPort {
	signaling: Signaling;
	/** This page load. */
	incarnation: string;
	createTransport: CreateTransport;
	/** Somebody's name, whatever the server's list says. */
	nameOf(participant: Participant): string;
	/** What is true of us: read at the join and at every reconnect. */
	ownState(): MemberState;
	/** To come back as the same participant. */
	token(): string | null;
	/** The server has told us who is inside. */
	peeked(event: PeekEvent): void;
	/** Called before the roster is updated. */
	serverSaid(event: ServerEvent): void;
	/** The roster has changed. */
	membersChanged(notices: readonly OthersNotice[]): void;
	/** Everything that was missed has been delivered: called at each welcome, and when a lost connection is back. */
	caughtUp(): void;
	/** The join was refused, or the session is over. */
	sessionEnded(error: WireError): void;
	/** The media of somebody in the roster has changed. */
	mediaChanged(end: RemoteEnd, media: RemoteMedia): void;
	/** What is shown has changed. */
	changed(): void;
	/** The text has not been parsed yet. */
	messageReceived(from: RemoteEnd, text: string): void;
}

export interface Visit {
	readonly transport: Transport;
	readonly lobby: LobbySnapshot;
	readonly roster: Roster;
	readonly session: Session | null;
	/** Whether their media comes through right now. */
	mediaFlows(id: ParticipantId): boolean;
	/** `undefined` if nobody else in the room has this id. */
	find(id: ParticipantId): Participant | undefined;
	/** Sends the join. */
	join(): Promise<void>;
	/** We are in: stops watching the room from outside. */
	enter(): void;
	/** Moves to the room of another secret, with these page loads: their media goes on, and everybody else's ends here. */
	moveTo(entrance: RoomEntrance, stays: ReadonlySet<string>): void;
	/** Somebody's name has changed. */
	renamed(): void;
	/** Leaves, then closes. Resolves when the server has heard of it, or can't. */
	leave(): Promise<void>;
	/** Nothing is reported afterwards. */
	close(): void;
}

export function beginVisit(entrance: RoomEntrance, port: VisitPort): Visit {
	let { address } = entrance;
	let session: Session | null = null;
	let roster = emptyRoster;
	let closed = false;

	const transport = port.createTransport(entrance.trust, {
		sendSignal: (signal) => session?.sendSignal(signal),
		mediaChanged: (id, media) => !closed && handleMedia(id, media),
		messageReceived(id, text) {
			const from = closed ? undefined : find(id);
			if (from) port.messageReceived(endOf(from), text);
		},
		stalled: () => port.signaling.check(),
	});
	const lobby = openLobby(port.signaling, entrance.trust ? address : null, transport, (event) =>
		port.peeked(event),
	);

	function openSession({ offers }: JoinExtras): void {
		const isOurs = () => !closed && session === opened;
		const opened = port.signaling.join(
			address,
			{ incarnation: port.incarnation, state: port.ownState, offers, token: port.token() },
			{
				event: (event) => isOurs() && handleServer(event),
				ended: (error) => isOurs() && port.sessionEnded(error),
				resumed() {
					if (!isOurs()) return;
					transport.signalingResumed();
					port.caughtUp();
				},
			},
		);
		session = opened;
	}

	function handleServer(event: ServerEvent): void {
		transport.handleServer(event);
		port.serverSaid(event);
		const inside = event.type === 'welcome' ? event.participants.map(({ id }) => id) : [];
		apply(applyServerEvent(roster, withNames(event, port.nameOf), mediaFlows), new Set(inside));
		if (event.type === 'welcome') port.caughtUp();
	}

	function handleMedia(id: ParticipantId, media: RemoteMedia): void {
		const participant = find(id);
		if (participant) port.mediaChanged(endOf(participant), media);
		if (mediaFlows(id) || !apply(mediaEnded(roster, id))) port.changed();
	}

	/** False if nothing has changed. */
	function apply({ roster: next, notices }: RosterChange, insideBefore = new Set<ParticipantId>()): boolean {
		if (next === roster) return false;
		roster = next;
		const { self } = roster;
		if (self) {
			const others = roster.others.map(({ participant }) => endOf(participant));
			transport.setMembers({ self: endOf(self), others, insideBefore });
		}
		port.membersChanged(notices);
		return true;
	}

	function find(id: ParticipantId): Participant | undefined {
		return roster.others.find(({ participant }) => participant.id === id)?.participant;
	}

	function mediaFlows(id: ParticipantId): boolean {
		return transport.media(id)?.connection === 'connected';
	}

	function close(): void {
		closed = true;
		lobby.close();
		transport.close();
	}

	return {
		transport,
		get lobby() {
			return lobby.snapshot;
		},
		get roster() {
			return roster;
		},
		get session() {
			return session;
		},
		mediaFlows,
		find,
		async join() {
			lobby.stopPreparing();
			const extras = await transport.prepareJoin();
			// Meanwhile the join may have been cancelled, or the page may be gone.
			if (!closed) openSession(extras);
		},
		enter: () => lobby.close(),
		moveTo(next, stays) {
			address = next.address;
			transport.setTrust(next.trust);
			apply(keepOnly(roster, stays));
			openSession({ offers: [] });
		},
		renamed: () => void apply({ roster: rename(roster, port.nameOf), notices: [] }),
		async leave() {
			const left = session?.leave();
			close();
			await left;
		},
		close,
	};
}

export function endOf({ id, incarnation }: RemoteEnd): RemoteEnd {
	return { id, incarnation };
}
