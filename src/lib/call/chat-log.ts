/**
 * The chat as a set: messages merged, sorted and de-duplicated so that whoever holds the same messages sees the same
 * conversation, in whatever order they came. Knows nothing of carriers or participants present.
 *
 * What a hostile participant can do is bounded, not prevented: messages are not signed, so somebody inside can put
 * words into another's mouth. They can't make two logs disagree for good, exhaust the counters (an order at its bound
 * only means that ties are broken by author) or grow the log without end.
 */
import {
	batchMessagesMax,
	counterMax,
	peerMessageBytesMax,
	type ChatDigest,
	type ChatMessage,
} from '../protocol';

/** Messages kept. The oldest give way; those who hold the same newest ones still agree. */
export const chatLogMax = 5_000;

/** Left beside the messages of a peer message for its own JSON, in bytes. */
const envelopeBytes = 100;

export interface ChatLog {
	/** In the order in which they are shown. */
	readonly messages: readonly ChatMessage[];
	readonly byId: ReadonlyMap<string, ChatMessage>;
}

export const emptyChatLog: ChatLog = { messages: [], byId: new Map() };

/**
 * The one order of messages everywhere: by Lamport order, then author, stream and sequence. What follows only tells
 * apart two contents claimed for one id.
 */
export function compareMessages(a: ChatMessage, b: ChatMessage): number {
	return (
		a.order - b.order ||
		compareText(a.author, b.author) ||
		compareText(a.stream, b.stream) ||
		a.sequence - b.sequence ||
		a.sentAt - b.sentAt ||
		compareText(a.authorName, b.authorName) ||
		compareText(a.text, b.text)
	);
}

/**
 * The log with these messages in it; the same object when they add nothing.
 *
 * Of two contents with one id the one that sorts last stays, and beyond `max` the first ones go. Together these
 * give one result for any order of arrival: what was dropped could only come back as something that is dropped too.
 */
export function mergeMessages(log: ChatLog, messages: readonly ChatMessage[], max = chatLogMax): ChatLog {
	const byId = new Map(log.byId);
	let changed = false;
	for (const message of messages) {
		const held = byId.get(message.id);
		if (held && compareMessages(held, message) >= 0) continue;
		byId.set(message.id, message);
		changed = true;
	}
	if (!changed) return log;
	const sorted = [...byId.values()].sort(compareMessages);
	for (const dropped of sorted.splice(0, Math.max(0, sorted.length - max))) byId.delete(dropped.id);
	const same = sorted.length === log.messages.length && sorted.every((m, index) => m === log.messages[index]);
	return same ? log : { messages: sorted, byId };
}

/** The Lamport order of the next message written here: after everything seen. */
export function nextOrder(log: ChatLog): number {
	return Math.min(counterMax, (log.messages.at(-1)?.order ?? 0) + 1);
}

/**
 * What the log holds, within `lengthMax` characters of JSON. Streams that no longer fit are left out: their
 * messages are then sent again for nothing, which costs traffic and never correctness.
 */
export function chatDigest(log: ChatLog, lengthMax = peerMessageBytesMax - envelopeBytes): ChatDigest {
	const entries: [string, [number, number][]][] = [];
	let left = lengthMax;
	for (const [stream, sequences] of sequencesByStream(log)) {
		const ranges: [number, number][] = [];
		for (const sequence of sequences) {
			const last = ranges.at(-1);
			if (last && last[1] + 1 === sequence) last[1] = sequence;
			else ranges.push([sequence, sequence]);
		}
		const length = stream.length + JSON.stringify(ranges).length + '"":,'.length;
		if (length > left) continue;
		left -= length;
		entries.push([stream, ranges]);
	}
	return Object.fromEntries(entries);
}

/** What the holder of `digest` lacks of this log, in the log's order. */
export function missingFrom(log: ChatLog, digest: ChatDigest): ChatMessage[] {
	const streams = new Map(Object.entries(digest));
	return log.messages.filter(({ stream, sequence }) => {
		const ranges = streams.get(stream) ?? [];
		const range = ranges[firstIndex(ranges.length, (index) => (ranges[index]?.[1] ?? 0) >= sequence)];
		return !range || range[0] > sequence;
	});
}

/** True when `digest` names a message that this log does not hold. Costs the digest's length, not its numbers'. */
export function lacks(log: ChatLog, digest: ChatDigest): boolean {
	const held = sequencesByStream(log);
	return Object.entries(digest).some(([stream, ranges]) => {
		const sequences = held.get(stream) ?? [];
		const below = (bound: number) => firstIndex(sequences.length, (i) => (sequences[i] ?? 0) >= bound);
		return ranges.some(([from, to]) => below(to + 1) - below(from) < to - from + 1);
	});
}

/** Cuts messages into peer messages' worth, each small enough for either carrier. */
export function batches(messages: readonly ChatMessage[]): ChatMessage[][] {
	const encoder = new TextEncoder();
	const result: ChatMessage[][] = [];
	let left = 0;
	for (const message of messages) {
		const bytes = encoder.encode(JSON.stringify(message)).length + 1;
		const last = result.at(-1);
		if (last && bytes <= left && last.length < batchMessagesMax) {
			last.push(message);
			left -= bytes;
		} else {
			result.push([message]);
			left = peerMessageBytesMax - envelopeBytes - bytes;
		}
	}
	return result;
}

/** The sequence numbers held, ascending, by stream; the stream with the newest message first. */
function sequencesByStream(log: ChatLog): Map<string, number[]> {
	const streams = new Map<string, number[]>();
	for (const { stream, sequence } of [...log.messages].reverse()) {
		const sequences = streams.get(stream);
		if (sequences) sequences.push(sequence);
		else streams.set(stream, [sequence]);
	}
	for (const sequences of streams.values()) sequences.sort((a, b) => a - b);
	return streams;
}

/** The first index below `length` that holds, or `length`; whatever follows one that holds must hold too. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** By code units: the same on every machine, which no locale's order is. */
function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
