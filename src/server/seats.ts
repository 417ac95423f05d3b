/**
 * The seats of a room, and finding, taking and keeping one. A seat is held by a connection, or kept for somebody whose connection is lost.
 * Pure; who may do what is decided in `room.ts`.
 */
import type { Participant, ParticipantId } from '../lib/protocol';

export type Seat = HeldSeat | KeptSeat;

export interface HeldSeat {
	readonly state: 'held';
	readonly participant: Participant;
	/** The connection that holds it. */
	readonly lease: string;
}

export interface KeptSeat {
	readonly state: 'kept';
	readonly participant: Participant;
	/** When it is freed if nobody comes back to it, by the clock that only ever grows. */
	readonly freeAt: number;
}

export function heldSeat(participant: Omit<Participant, 'presence'>, lease: string): HeldSeat {
	return { state: 'held', participant: { ...participant, presence: 'here' }, lease };
}

export function keptSeat(participant: Omit<Participant, 'presence'>, freeAt: number): KeptSeat {
	return { state: 'kept', participant: { ...participant, presence: 'away' }, freeAt };
}

export function findSeat(seats: readonly Seat[], id: ParticipantId): Seat | undefined {
	return seats.find(({ participant }) => participant.id === id);
}

/** The connection that holds it, or `null`. */
export function leaseOf(seat: Seat): string | null {
	return seat.state === 'held' ? seat.lease : null;
}

export function replaceSeat(seats: readonly Seat[], seat: Seat): Seat[] {
	return seats.map((other) => (other.participant.id === seat.participant.id ? seat : other));
}

/** Ordered by the time of joining; among equals, last. */
export function insertSeat(seats: readonly Seat[], seat: Seat): Seat[] {
	const later = seats.findIndex(({ participant }) => participant.joinedAt > seat.participant.joinedAt);
	return later < 0 ? [...seats, seat] : [...seats.slice(0, later), seat, ...seats.slice(later)];
}

/** The earliest moment at which one of them has to be freed, or `null`. */
export function nextExpiry(seats: readonly Seat[]): number | null {
	const moments = seats.flatMap((seat) => (seat.state === 'kept' ? [seat.freeAt] : []));
	return moments.length === 0 ? null : Math.min(...moments);
}
