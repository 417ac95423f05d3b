/**
 * The rules of a room, as one pure function: state, command and time in; new state and deliveries out. Knows nothing of
 * sockets, tokens, stores or timers. Rule ids such as [J3] are those of `docs/PROTOCOL.md`.
 */
import type {
	Interruption,
	JoinRequest,
	Participant,
	ParticipantId,
	Publications,
	RelayInput,
	ServerEvent,
	SignalInput,
	WireError,
} from '../lib/protocol';

export interface Seat {
	readonly participant: Participant;
	/** The connection that holds the seat; `null` while the participant is away. */
	readonly lease: string | null;
	/** When an away seat is freed, by the clock that nobody sets; `null` while it is held. */
	readonly freeAt: number | null;
}

export interface RoomState {
	/** In the order in which they joined. */
	readonly seats: readonly Seat[];
}

export const emptyRoom: RoomState = { seats: [] };

/** What a room tells its participants. The others are composed when they are read, never stored. */
export type RoomEvent = Exclude<ServerEvent, { type: 'welcome' | 'ice-servers' | 'rejoin-token' }>;

export interface Delivery {
	readonly to: ParticipantId;
	readonly event: RoomEvent;
}

/** Who speaks, and the proof that it is still they: the connection's lease, or over HTTP the token's page load. */
export type Sender = { id: ParticipantId } & ({ lease: string } | { incarnation: string });

export type RoomCommand =
	/** `joinedAt`: when one who returns first took the seat, by their token. */
	| ({ type: 'join'; id: ParticipantId; lease: string; joinedAt?: number | undefined } & Pick<
			JoinRequest,
			'incarnation' | 'name' | 'publications' | 'interruption' | 'hand' | 'offers'
	  >)
	| ({ type: 'signal'; sender: Sender } & SignalInput)
	| ({ type: 'relay'; sender: Sender } & RelayInput)
	| { type: 'update'; sender: Sender; change: ParticipantChange }
	/** `moves`: to another room of the same name, where their media goes on. */
	| { type: 'leave'; sender: Sender; moves?: boolean }
	| { type: 'disconnect'; id: ParticipantId; lease: string; freeAt: number }
	| { type: 'expire' };

export interface ParticipantChange {
	name?: string | undefined;
	publications?: { [source in keyof Publications]?: boolean | undefined } | undefined;
	interruption?: Interruption | undefined;
	hand?: boolean | undefined;
}

/** The state and deliveries stand even beside a refusal: seats whose time has run out are freed all the same. */
export interface Outcome {
	readonly state: RoomState;
	readonly deliveries: readonly Delivery[];
	/** Participants whose outbox starts anew: nothing sent to an earlier page load is for them. */
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

/** The earliest moment at which a seat of this room is to be freed, or `null`. */
export function nextExpiry(state: RoomState): number | null {
	let earliest: number | null = null;
	for (const { freeAt } of state.seats) {
		if (freeAt !== null && (earliest === null || freeAt < earliest)) earliest = freeAt;
	}
	return earliest;
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
	const held = state.seats.find((seat) => seat.participant.id === command.id);
	if (!held && state.seats.length >= roomLimit) {
		return refused(state, { code: 'room-full', limit: roomLimit });
	}
	const participant: Participant = {
		id: command.id,
		incarnation: command.incarnation,
		name: command.name,
		publications: command.publications,
		...interruptionOf(command.interruption),
		handRaisedAt: command.hand ? (held?.participant.handRaisedAt ?? epochMs) : null,
		presence: 'here',
		// [T3] In a room rebuilt after a restart everyone has their old place, whoever returns first.
		joinedAt: held?.participant.joinedAt ?? Math.min(command.joinedAt ?? epochMs, epochMs),
	};
	const seat: Seat = { participant, lease: command.lease, freeAt: null };
	const seats = held ? replace(state.seats, seat) : insert(state.seats, seat);
	const news: RoomEvent | null = !held
		? { type: 'participant-joined', participant }
		: // [J7] That a seat was taken from a connection which still held it is news, whoever took it.
			held.lease === null && sameParticipant(held.participant, participant)
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
		renewed: held?.participant.incarnation === command.incarnation ? [] : [command.id],
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
	const recipient = state.seats.find((seat) => seat.participant.id === to);
	if (!recipient || recipient === from) return refused(state, { code: 'no-such-participant' });
	// [S3] Meant for an earlier page load: nobody is there to receive it, and nobody did wrong.
	if (recipient.participant.incarnation !== incarnation) return unchanged(state);
	return { ...unchanged(state), deliveries: [{ to, event: stamp(from.participant) }] };
}

function update(state: RoomState, sender: Sender, change: ParticipantChange, epochMs: number): Outcome {
	const seat = seatOf(state, sender);
	if ('code' in seat) return refused(state, seat);
	const { interruption, ...participant } = seat.participant;
	const { microphone, camera, screen } = participant.publications;
	const updated: Participant = {
		...participant,
		...interruptionOf(change.interruption ?? interruption),
		name: change.name ?? participant.name,
		publications: {
			microphone: change.publications?.microphone ?? microphone,
			camera: change.publications?.camera ?? camera,
			screen: change.publications?.screen ?? screen,
		},
		handRaisedAt:
			change.hand === undefined
				? participant.handRaisedAt
				: change.hand
					? (participant.handRaisedAt ?? epochMs)
					: null,
	};
	return changed(state, seat, { ...seat, participant: updated });
}

function disconnect(state: RoomState, command: Extract<RoomCommand, { type: 'disconnect' }>): Outcome {
	const seat = state.seats.find(({ participant }) => participant.id === command.id);
	// Another connection has taken the seat over, or it was left: the end of this one means nothing.
	if (seat?.lease !== command.lease) return unchanged(state);
	const participant: Participant = { ...seat.participant, presence: 'away' };
	return changed(state, seat, { participant, lease: null, freeAt: command.freeAt });
}

function freeExpired(state: RoomState, now: number): Outcome {
	const expired = state.seats.filter(({ freeAt }) => freeAt !== null && freeAt <= now);
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
	const seat = state.seats.find(({ participant }) => participant.id === sender.id);
	if (!seat) return { code: 'not-joined' };
	if ('lease' in sender) {
		if (seat.lease === null) return { code: 'not-joined' };
		return seat.lease === sender.lease ? seat : { code: 'taken-over' };
	}
	return seat.participant.incarnation === sender.incarnation ? seat : { code: 'taken-over' };
}

function changed(state: RoomState, before: Seat, after: Seat): Outcome {
	const seats = replace(state.seats, after);
	const { participant } = after;
	const deliveries = sameParticipant(before.participant, participant)
		? []
		: toOthers(seats, participant.id, { type: 'participant-updated', participant });
	return { state: { seats }, deliveries, renewed: [], refusal: null };
}

function replace(seats: readonly Seat[], seat: Seat): Seat[] {
	return seats.map((other) => (other.participant.id === seat.participant.id ? seat : other));
}

function insert(seats: readonly Seat[], seat: Seat): Seat[] {
	const later = seats.findIndex(({ participant }) => participant.joinedAt > seat.participant.joinedAt);
	return later < 0 ? [...seats, seat] : [...seats.slice(0, later), seat, ...seats.slice(later)];
}

function toOthers(seats: readonly Seat[], id: ParticipantId, event: RoomEvent): Delivery[] {
	return seats.flatMap(({ participant }) => (participant.id === id ? [] : [{ to: participant.id, event }]));
}

function isPresent(seats: readonly Seat[], id: ParticipantId, incarnation: string): boolean {
	return seats.some(({ participant }) => participant.id === id && participant.incarnation === incarnation);
}

/** [U4] Left out where nothing is interrupted. */
function interruptionOf(interruption: Interruption | undefined): { interruption?: Interruption } {
	return interruption?.microphone || interruption?.camera ? { interruption } : {};
}

function sameParticipant(a: Participant, b: Participant): boolean {
	return (
		a.id === b.id &&
		a.incarnation === b.incarnation &&
		a.name === b.name &&
		a.publications.microphone === b.publications.microphone &&
		a.publications.camera === b.publications.camera &&
		a.publications.screen === b.publications.screen &&
		a.interruption?.microphone === b.interruption?.microphone &&
		a.interruption?.camera === b.interruption?.camera &&
		a.interruption?.background === b.interruption?.background &&
		a.handRaisedAt === b.handRaisedAt &&
		a.presence === b.presence
	);
}

function unchanged(state: RoomState): Outcome {
	return { state, deliveries: [], renewed: [], refusal: null };
}

function refused(state: RoomState, refusal: WireError): Outcome {
	return { state, deliveries: [], renewed: [], refusal };
}
