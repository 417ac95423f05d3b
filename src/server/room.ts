/**
 * The rules of a room, as one pure function: state, command and time in; new state and deliveries out. Knows nothing of
 * sockets, tokens, stores or timers. Rule ids such as [J3] are those of `docs/PROTOCOL.md`.
 */
import {
	sameData,
	withChange,
	type JoinRequest,
	type MemberChange,
	type MemberState,
	type Participant,
	type ParticipantId,
	type RelayInput,
	type ServerEvent,
	type SignalInput,
	type WireError,
} from '../lib/protocol';
import { findSeat, heldSeat, insertSeat, keptSeat, leaseOf, replaceSeat, type Seat } from './seats';

export interface RoomState {
	/** In the order in which they joined. */
	readonly seats: readonly Seat[];
}

export const emptyRoom: RoomState = { seats: [] };

/** What a room tells its participants. The other events are made when a stream is read, and never stored. */
export type RoomEvent = Exclude<ServerEvent, { type: 'welcome' | 'ice-servers' | 'rejoin-token' }>;

export interface Delivery {
	readonly to: ParticipantId;
	readonly event: RoomEvent;
}

/** The participant who speaks, and proof that the seat is still theirs: the connection's lease, or over HTTP the token's page load. */
export type Sender = { id: ParticipantId } & ({ lease: string } | { incarnation: string });

export type RoomCommand =
	/** `joinedAt`: when a returning participant first took the seat, by their token. */
	| ({
			type: 'join';
			id: ParticipantId;
			lease: string;
			member: MemberState;
			joinedAt?: number | undefined;
	  } & Pick<JoinRequest, 'incarnation' | 'offers'>)
	| ({ type: 'signal'; sender: Sender } & SignalInput)
	| ({ type: 'relay'; sender: Sender } & RelayInput)
	| { type: 'update'; sender: Sender; change: MemberChange }
	/** `moves`: to another room of the same name, where their media goes on. */
	| { type: 'leave'; sender: Sender; moves?: boolean }
	| { type: 'disconnect'; id: ParticipantId; lease: string; freeAt: number }
	| { type: 'expire' };

/** The state and deliveries hold even with a refusal: seats whose time has run out are freed anyway. */
export interface Outcome {
	readonly state: RoomState;
	readonly deliveries: readonly Delivery[];
	/** Participants whose outbox starts anew, because what was sent to an earlier page load is not for them. */
	readonly renewed: readonly ParticipantId[];
	readonly refusal: WireError | null;
}

/** One moment, by both clocks. */
export interface Moment {
	/** Milliseconds that only ever grow. */
	readonly now: number;
	/** Milliseconds since the epoch. */
	readonly epochMs: number;
}

/** Applies one command to a room of at most `roomLimit` seats. */
export function applyCommand(
	before: RoomState,
	command: RoomCommand,
	{ now, epochMs }: Moment,
	roomLimit: number,
): Outcome {
	const expired = freeExpired(before, now);
	const after = decide(expired.state, command, epochMs, roomLimit);
	return { ...after, deliveries: [...expired.deliveries, ...after.deliveries] };
}

function decide(state: RoomState, command: RoomCommand, epochMs: number, roomLimit: number): Outcome {
	switch (command.type) {
		case 'join':
			return join(state, command, epochMs, roomLimit);
		case 'signal':
			return pass(state, command, ({ id, incarnation }) => ({
				type: 'signal',
				from: id,
				incarnation,
				signal: command.signal,
			}));
		case 'relay':
			return pass(state, command, ({ id, incarnation }) => ({
				type: 'relay',
				from: id,
				incarnation,
				sealed: command.sealed,
			}));
		case 'update':
			return update(state, command.sender, command.change, epochMs);
		case 'leave': {
			const seat = seatOf(state, command.sender);
			if ('code' in seat) return refused(state, seat);
			return free(state, [seat], command.moves ? 'moved' : 'left');
		}
		case 'disconnect':
			return disconnect(state, command);
		case 'expire':
			return unchanged(state);
	}
}

function join(
	state: RoomState,
	command: Extract<RoomCommand, { type: 'join' }>,
	epochMs: number,
	roomLimit: number,
): Outcome {
	const before = findSeat(state.seats, command.id);
	if (!before && state.seats.length >= roomLimit) {
		return refused(state, { code: 'room-full', limit: roomLimit });
	}
	const seat = heldSeat(
		{
			id: command.id,
			incarnation: command.incarnation,
			...shownAs(command.member, before?.participant.handRaisedAt ?? null, epochMs),
			// [T3] In a room rebuilt after a restart, everyone gets their old place, in whatever order they return.
			joinedAt: before?.participant.joinedAt ?? Math.min(command.joinedAt ?? epochMs, epochMs),
		},
		command.lease,
	);
	const { participant } = seat;
	const seats = before ? replaceSeat(state.seats, seat) : insertSeat(state.seats, seat);
	const news: RoomEvent | null = !before
		? { type: 'participant-joined', participant }
		: // [J7] When a seat is taken from a connection that still held it, that is news, whoever took it.
			before.state === 'kept' && sameData(before.participant, participant)
			? null
			: { type: 'participant-updated', participant };
	const offers = command.offers.flatMap<Delivery>(({ to, incarnation, signal }) =>
		isPresent(seats, to, incarnation) && to !== command.id
			? [{ to, event: { type: 'signal', from: command.id, incarnation: command.incarnation, signal } }]
			: [],
	);
	return {
		state: { seats },
		// [J6] The news of a join goes before the offers that came with it.
		deliveries: [...(news ? toOthers(seats, command.id, news) : []), ...offers],
		renewed: before?.participant.incarnation === command.incarnation ? [] : [command.id],
		refusal: null,
	};
}

/** Hands a message to one other participant, stamped with its sender's seat. */
function pass(
	state: RoomState,
	{ sender, to, incarnation }: { sender: Sender; to: ParticipantId; incarnation: string },
	stamp: (from: Participant) => RoomEvent,
): Outcome {
	const from = seatOf(state, sender);
	if ('code' in from) return refused(state, from);
	const recipient = findSeat(state.seats, to);
	if (!recipient || recipient === from) return refused(state, { code: 'no-such-participant' });
	// [S3] Meant for an earlier page load, which is gone. Nobody did anything wrong.
	if (recipient.participant.incarnation !== incarnation) return unchanged(state);
	return { ...unchanged(state), deliveries: [{ to, event: stamp(from.participant) }] };
}

function update(state: RoomState, sender: Sender, change: MemberChange, epochMs: number): Outcome {
	const seat = seatOf(state, sender);
	if ('code' in seat) return refused(state, seat);
	const { handRaisedAt, ...shown } = seat.participant;
	const member = withChange({ ...shown, hand: handRaisedAt !== null }, change);
	return changed(state, seat, { ...seat, participant: shownAs(member, handRaisedAt, epochMs) });
}

function disconnect(state: RoomState, command: Extract<RoomCommand, { type: 'disconnect' }>): Outcome {
	const seat = findSeat(state.seats, command.id);
	// Another connection has taken over the seat, or the participant has left, so the end of this one means nothing.
	if (!seat || leaseOf(seat) !== command.lease) return unchanged(state);
	return changed(state, seat, keptSeat(seat.participant, command.freeAt));
}

/** What the others see: since when the hand has been up ([U3]), and an interruption only while there is one ([U4]). */
function shownAs<State extends MemberState>(
	{ hand, interruption, ...state }: State,
	raisedAt: number | null,
	epochMs: number,
) {
	return {
		...state,
		...(interruption?.microphone || interruption?.camera ? { interruption } : {}),
		handRaisedAt: hand ? (raisedAt ?? epochMs) : null,
	};
}

function freeExpired(state: RoomState, now: number): Outcome {
	const expired = state.seats.filter((seat) => seat.state === 'kept' && seat.freeAt <= now);
	return expired.length === 0 ? unchanged(state) : free(state, expired, 'lost');
}

function free(state: RoomState, gone: readonly Seat[], reason: 'left' | 'lost' | 'moved'): Outcome {
	const seats = state.seats.filter((seat) => !gone.includes(seat));
	const deliveries = gone.flatMap(({ participant: { id } }) =>
		toOthers(seats, id, { type: 'participant-left', id, reason }),
	);
	return { state: { seats }, deliveries, renewed: [], refusal: null };
}

/** The sender's seat, or why there is none. */
function seatOf(state: RoomState, sender: Sender): Seat | WireError {
	const seat = findSeat(state.seats, sender.id);
	if (!seat) return { code: 'not-joined' };
	if ('lease' in sender) {
		if (seat.state === 'kept') return { code: 'not-joined' };
		return seat.lease === sender.lease ? seat : { code: 'taken-over' };
	}
	return seat.participant.incarnation === sender.incarnation ? seat : { code: 'taken-over' };
}

function changed(state: RoomState, before: Seat, after: Seat): Outcome {
	const seats = replaceSeat(state.seats, after);
	const { participant } = after;
	const deliveries = sameData(before.participant, participant)
		? []
		: toOthers(seats, participant.id, { type: 'participant-updated', participant });
	return { state: { seats }, deliveries, renewed: [], refusal: null };
}

function toOthers(seats: readonly Seat[], id: ParticipantId, event: RoomEvent): Delivery[] {
	return seats.flatMap(({ participant }) => (participant.id === id ? [] : [{ to: participant.id, event }]));
}

function isPresent(seats: readonly Seat[], id: ParticipantId, incarnation: string): boolean {
	return seats.some(({ participant }) => participant.id === id && participant.incarnation === incarnation);
}

function unchanged(state: RoomState): Outcome {
	return { state, deliveries: [], renewed: [], refusal: null };
}

function refused(state: RoomState, refusal: WireError): Outcome {
	return { state, deliveries: [], renewed: [], refusal };
}
