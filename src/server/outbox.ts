/**
 * What waits for one participant, and what was sent a moment ago and may be asked for again. Bounded in number and in size, and counted
 * by sender: whoever sends the most loses their oldest events first, and nobody else loses any. Knows nothing of rooms.
 */
import type { Participant, ParticipantId } from '../lib/protocol';
import type { RoomEvent } from './room';
import type { OutboxEntry } from './room-store';

export interface OutboxLimits {
	events: number;
	bytes: number;
}

export interface Outbox {
	/** The id of the newest event, or one that stands for "before the first". */
	readonly position: string;
	/** How much it holds, and how much of that nobody has read yet. */
	readonly bytes: number;
	readonly unreadBytes: number;
	append(event: RoomEvent): void;
	/** At most `max` events after `position`; `null` when news of the room is gone, or it is another outbox's position. */
	after(position: string | null, max: number): OutboxEntry[] | null;
}

interface Entry extends OutboxEntry {
	readonly number: number;
	readonly bytes: number;
	/** The participant who sent it; `null` for the server's own news. */
	readonly sender: ParticipantId | null;
}

interface Tally {
	events: number;
	bytes: number;
}

/** @param name differs from that of every earlier outbox of the same participant, and has no `.` in it */
export function createOutbox(name: string, limits: OutboxLimits): Outbox {
	/** Ascending by number; numbers are missing where an event was dropped or replaced. */
	const entries: Entry[] = [];
	const tallies = new Map<ParticipantId | null, Tally>();
	/** Readers who are not past this number have to be shown the room anew. */
	let wholeSince = 0;
	let last = 0;
	/** Everything up to this number has been read. */
	let readUpTo = 0;

	function insert(number: number, event: RoomEvent): void {
		const sender = senderOf(event);
		const entry = { id: `${name}.${number}`, number, event, bytes: approximateBytes(event), sender };
		entries.splice(indexAfter(number), 0, entry);
		const tally = tallies.get(sender) ?? { events: 0, bytes: 0 };
		tallies.set(sender, { events: tally.events + 1, bytes: tally.bytes + entry.bytes });
	}

	function remove(index: number): void {
		const [entry] = entries.splice(index, 1);
		const tally = entry && tallies.get(entry.sender);
		if (!entry || !tally) return;
		if (tally.events === 1) tallies.delete(entry.sender);
		else tallies.set(entry.sender, { events: tally.events - 1, bytes: tally.bytes - entry.bytes });
	}

	/** The index of the first entry after this number. */
	function indexAfter(number: number): number {
		let [low, high] = [0, entries.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((entries[middle]?.number ?? 0) <= number) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	function isOverfull(): boolean {
		return entries.length > limits.events || bytesOf([...tallies.values()]) > limits.bytes;
	}

	/** Whose events take the most room, by number or by size. The server's own news (`null`) counts only if it takes more than half. */
	function heaviest(): ParticipantId | null {
		let [found, most]: [ParticipantId | null, number] = [null, 0];
		for (const [sender, { events, bytes }] of tallies) {
			const share = Math.max(events / limits.events, bytes / limits.bytes);
			if (share > most && (sender !== null || share > 1 / 2)) [found, most] = [sender, share];
		}
		return found;
	}

	/** [E7] Leaves a gap in place of what is dropped, one for each sender. */
	function dropOldestOf(sender: ParticipantId): void {
		const index = entries.findIndex((entry) => entry.sender === sender);
		const entry = entries[index];
		if (!entry || !('from' in entry.event)) return;
		const { from, incarnation } = entry.event;
		remove(index);
		const earlier = entries.findIndex(({ event }) => event.type === 'gap' && event.from === sender);
		if (earlier >= 0) remove(earlier);
		insert(entry.number, { type: 'gap', from, incarnation });
	}

	/** [E3] News of the room can't be skipped: readers who have not seen it yet are shown the room anew. */
	function dropOldestNews(): void {
		const index = entries.findIndex((entry) => entry.sender === null);
		wholeSince = entries[index]?.number ?? last;
		for (let count = 0; count <= index; count++) remove(0);
	}

	/**
	 * Of several updates about a participant, only the latest counts. The first news of a page load stays in its place, because signals
	 * of that page load follow it.
	 */
	function dropOutdated(event: RoomEvent): void {
		if (event.type !== 'participant-updated') return;
		const { id } = event.participant;
		const latest = entries.findLastIndex((entry) => subjectOf(entry.event) === id);
		const before = entries.slice(0, Math.max(0, latest)).findLast((entry) => subjectOf(entry.event) === id);
		const isOutdated =
			entries[latest]?.event.type === 'participant-updated' &&
			isOfPage(entries[latest].event, event.participant) &&
			before !== undefined &&
			isOfPage(before.event, event.participant);
		if (isOutdated) remove(latest);
	}

	return {
		get position() {
			return `${name}.${last}`;
		},
		get bytes() {
			return bytesOf([...tallies.values()]);
		},
		get unreadBytes() {
			return bytesOf(entries.slice(indexAfter(readUpTo)));
		},
		append(event) {
			dropOutdated(event);
			last += 1;
			insert(last, event);
			while (isOverfull()) {
				const sender = heaviest();
				if (sender === null) dropOldestNews();
				else dropOldestOf(sender);
			}
		},
		after(position, max) {
			if (position === null) return null;
			const [prefix, digits = '', ...rest] = position.split('.');
			if (prefix !== name || rest.length > 0 || !/^\d{1,15}$/.test(digits)) return null;
			const seen = Number(digits);
			if (seen > last || seen < wholeSince) return null;
			readUpTo = Math.max(readUpTo, seen);
			const first = indexAfter(seen);
			return entries.slice(first, first + max);
		},
	};
}

function bytesOf(parts: readonly { readonly bytes: number }[]): number {
	return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The participant that news of the room is about. */
function subjectOf(event: RoomEvent): ParticipantId | null {
	if (event.type === 'participant-left') return event.id;
	return 'participant' in event ? event.participant.id : null;
}

function isOfPage(event: RoomEvent, { incarnation }: Participant): boolean {
	return 'participant' in event && event.participant.incarnation === incarnation;
}

/** A gap counts as the server's own, so that it does not weigh on its cause for ever. */
function senderOf(event: RoomEvent): ParticipantId | null {
	return event.type === 'signal' || event.type === 'relay' ? event.from : null;
}

/** Close enough for a bound: the parts that vary are measured, the rest is a flat allowance. */
function approximateBytes(event: RoomEvent): number {
	const frame = 256;
	switch (event.type) {
		case 'signal':
			return frame + (event.signal.kind === 'description' ? event.signal.sdp : event.signal.candidate).length;
		case 'relay':
			return frame + event.sealed.length;
		case 'participant-joined':
		case 'participant-updated':
		case 'participant-left':
			return 2 * frame;
		case 'gap':
			return frame;
	}
}
