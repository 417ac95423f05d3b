/**
 * What a person's chat keeps when they leave, come back or reload: the message they were writing, and how far they have read. Kept for this
 * tab, for the last few rooms it was in. Pure but for the storage that is passed in.
 */
import * as v from 'valibot';
import { parseJson } from '../../protocol/parse-json';
import type { KeyValueStore } from '../../platform/platform';
import type { ChatEntry } from './chat-state';

const key = 'parley.chat';
const roomsMax = 4;
/** Longer than any message, because a person may type more than can be sent at once. In UTF-16 code units. */
export const keptDraftMax = 40_000;
/** For how many page loads we keep what was read: those read last. */
export const keptStreamsMax = 256;

/** By page load, the highest number of a message that was read. Numbers of one page load only rise. */
export type ReadUpTo = ReadonlyMap<string, number>;

export interface KeptChat {
	draft: string;
	read: ReadUpTo;
}

const recordsSchema = v.pipe(
	v.array(
		v.object({
			address: v.pipe(v.string(), v.maxLength(2_000)),
			draft: v.pipe(v.string(), v.maxLength(keptDraftMax)),
			read: v.pipe(
				v.array(v.tuple([v.pipe(v.string(), v.maxLength(200)), v.number()])),
				v.maxLength(keptStreamsMax),
			),
		}),
	),
	v.maxLength(roomsMax),
);

type Storage = Pick<KeyValueStore, 'get' | 'set' | 'remove'>;

/** `address`: the room with its secret. Another secret is another room. */
export function readKeptChat(storage: Storage, address: string): KeptChat {
	const record = readRecords(storage).find((known) => known.address === address);
	return { draft: record?.draft ?? '', read: new Map(record?.read) };
}

export function writeKeptChat(storage: Storage, address: string, { draft, read }: KeptChat): void {
	const others = readRecords(storage).filter((known) => known.address !== address);
	const record = { address, draft: draft.slice(0, keptDraftMax), read: [...read].slice(-keptStreamsMax) };
	const records = draft === '' && read.size === 0 ? others : [...others, record];
	if (records.length === 0) storage.remove(key);
	else storage.set(key, JSON.stringify(records.slice(-roomsMax)));
}

/** Marks all of these as read. Returns the same map if they already were. */
export function withRead(read: ReadUpTo, entries: readonly Pick<ChatEntry, 'id' | 'stream'>[]): ReadUpTo {
	let next: Map<string, number> | null = null;
	for (const entry of entries) {
		if (isRead(next ?? read, entry)) continue;
		next ??= new Map(read);
		// Moves it to the end: only the last ones are kept.
		next.delete(entry.stream);
		next.set(entry.stream, numberOf(entry));
	}
	return next ?? read;
}

export function countUnread(read: ReadUpTo, entries: readonly ChatEntry[]): number {
	return entries.filter((entry) => !entry.mine && !isRead(read, entry)).length;
}

function isRead(read: ReadUpTo, entry: Pick<ChatEntry, 'id' | 'stream'>): boolean {
	return numberOf(entry) <= (read.get(entry.stream) ?? -1);
}

/** The sequence number, as `chatMessageId` wrote it. */
function numberOf({ id, stream }: Pick<ChatEntry, 'id' | 'stream'>): number {
	return Number(id.slice(stream.length + 1));
}

function readRecords(storage: Storage): v.InferOutput<typeof recordsSchema> {
	const text = storage.get(key);
	return (text === null ? null : parseJson(recordsSchema, text)) ?? [];
}
