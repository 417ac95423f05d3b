/**
 * What waits for one participant, and what was sent a moment ago and may be asked for again. Bounded in number and in
 * size: the oldest go first, and a reader who was too slow is told so. Knows nothing of rooms.
 */
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
	/** At most `max` events after `position`; `null` when some of them are gone, or it is another outbox's position. */
	after(position: string | null, max: number): OutboxEntry[] | null;
}

/** `name` must differ from every earlier outbox's of the same participant. Holds no `.`. */
export function createOutbox(name: string, limits: OutboxLimits): Outbox {
	let entries: (OutboxEntry & { bytes: number })[] = [];
	let bytes = 0;
	let last = 0;
	/** Everything up to here somebody has asked past. */
	let readUpTo = 0;

	return {
		get position() {
			return `${name}.${last}`;
		},
		get bytes() {
			return bytes;
		},
		get unreadBytes() {
			const first = last - entries.length + 1;
			const unread = entries.slice(Math.max(0, readUpTo - first + 1));
			return unread.reduce((sum, entry) => sum + entry.bytes, 0);
		},
		append(event) {
			last += 1;
			const entry = { id: `${name}.${last}`, event, bytes: approximateBytes(event) };
			entries.push(entry);
			bytes += entry.bytes;
			if (entries.length <= limits.events && bytes <= limits.bytes) return;
			let dropped = 0;
			while (dropped < entries.length && (entries.length - dropped > limits.events || bytes > limits.bytes)) {
				bytes -= entries[dropped]?.bytes ?? 0;
				dropped += 1;
			}
			entries = entries.slice(dropped);
		},
		after(position, max) {
			if (position === null) return null;
			const [prefix, digits = '', ...rest] = position.split('.');
			if (prefix !== name || rest.length > 0 || !/^\d{1,15}$/.test(digits)) return null;
			const seen = Number(digits);
			const first = last - entries.length + 1;
			if (seen > last || seen < first - 1) return null;
			readUpTo = Math.max(readUpTo, seen);
			return entries.slice(seen - first + 1, seen - first + 1 + max);
		},
	};
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
	}
}
