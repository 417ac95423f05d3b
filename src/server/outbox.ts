/**
 * What waits for one participant, and what was sent a moment ago and may be asked for again. Bounded in number and in size, and counted
 * for each sender: who sends the most loses the oldest of it first, and nobody else loses anything. Knows nothing of rooms.
 */
import type { Participant, ParticipantId } from '../lib/protocol';
import type { RoomEvent } from './room';
import type { OutboxEntry } from './room-store';

export interface OutboxLimits {
	events: number;
	bytes: number;
}

export interface Outbox {
	/** The id of the newest event, or what stands for "before the first". */
	readonly position: string;
	/** What it holds, and how much of that nobody has asked for yet. */
	readonly bytes: number;
	readonly unreadBytes: number;
	append(event: RoomEvent): void;
	/** At most `max` events after `position`; `null` when news of the room is gone, or it is another outbox's position. */
	after(position: string | null, max: number): OutboxEntry[] | null;
}

interface Entry extends OutboxEntry {
	readonly number: number;
	readonly bytes: number;
	/** Who made it, where that was a participant: the server's own news is nobody's. */
	readonly sender: ParticipantId | null;
}

interface Tally {
	events: number;
	bytes: number;
}

/** `name` must differ from every earlier outbox's of the same participant. Holds no `.`. */
export function createOutbox(name: string, limits: OutboxLimits): Outbox {
	/** Ascending by number; numbers are missing where an event was dropped or replaced. */
	const entries: Entry[] = [];
	const tallies = new Map<ParticipantId | null, Tally>();
	/** Readers who have not come so far have to be shown the room anew. */
	let wholeSince = 0;
	let last = 0;
	/** Everything up to here somebody has asked past. */
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

	/** The place of the first entry after this number. */
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

	/** Who takes most of the room there is, by number or by size; `null`, the server's own news, only when that is half of it. */
	function heaviest(): ParticipantId | null {
		let [found, most]: [ParticipantId | null, number] = [null, 0];
		for (const [sender, { events, bytes }] of tallies) {
			const share = Math.max(events / limits.events, bytes / limits.bytes);
			if (share > most && (sender !== null || share > 1 / 2)) [found, most] = [sender, share];
		}
		return found;
	}

	/** [E7] In the place of what is dropped stands that it was, once for each sender. */
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

	/** [E3] News of the room can't be left out: whoever has not come so far is shown the room as it is. */
	function dropOldestNews(): void {
		const index = entries.findIndex((entry) => entry.sender === null);
		wholeSince = entries[index]?.number ?? last;
		for (let count = 0; count <= index; count++) remove(0);
	}

	/**
	 * Of what is told of a participant, the latest counts. The first news of a page load stays where it is: signals of that page load
	 * follow it.
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

/** Whom news of the room is about. */
function subjectOf(event: RoomEvent): ParticipantId | null {
	if (event.type === 'participant-left') return event.id;
	return 'participant' in event ? event.participant.id : null;
}

function isOfPage(event: RoomEvent, { incarnation }: Participant): boolean {
	return 'participant' in event && event.participant.incarnation === incarnation;
}

/** A gap is the server's to tell: it must not count against whoever caused it for ever. */
function senderOf(event: RoomEvent): ParticipantId | null {
	return event.type === 'signal' || event.type === 'relay' ? event.from : null;
}

/** Near enough for a bound: what varies is counted, the rest is an allowance. */
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
