/**
 * What we hold of each author's page load, and what we would take: the part of the chat that decides. Knows nothing of carriers, signatures
 * or the order in which messages are shown.
 *
 * What we hold in the end depends on what was said and whom we met, and never on the order in which it came:
 * - A stream is taken in sequence, without a gap, up to its own limits, and only grows. Messages of other streams do not count towards its
 *   limits.
 * - Streams of page loads that we met are taken whole; other streams only as far as somebody we met introduces them. Each introducer has an
 *   account for this, so whoever makes up authors only uses up their own account.
 * - Two contents under one sequence number end a stream for good: its author signed both, and so said different things to different people.
 */
import { limits } from '../../protocol';
import { forkedTail, signedText, type ChatHolding, type ChatMessage } from '../../protocol/peer/chat';

/** The most messages that an introducer's own stream and those it introduces can have together. */
const accountMax = limits.streamMessagesMax + limits.introducedMessagesMax;

export type Fork = [ChatMessage, ChatMessage];

/** `later`: an earlier message is missing. `conflict`: we hold another content under its number. */
export type Judgement = 'next' | 'known' | 'conflict' | 'later' | 'unwanted';

export interface Account {
	streams: number;
	messages: number;
}

interface Stream {
	readonly messages: ChatMessage[];
	/** The tail after each message. */
	readonly tails: string[];
	textLength: number;
	key: string | null;
	fork: Fork | null;
}

export interface ChatStreams {
	/**
	 * Counts the messages held. A stream that has ended counts with the most that it and those it introduced could have had, so the weight
	 * never falls.
	 */
	readonly weight: number;
	/** Every stream that we take, including those of which we hold nothing yet. */
	wanted(): Iterable<string>;
	/** How many of its messages we take; 0 for a stream that is not wanted. */
	limitOf(stream: string): number;
	isWanted(stream: string): boolean;
	isMet(stream: string): boolean;
	messages(stream: string): readonly ChatMessage[];
	keyOf(stream: string): string | null;
	forkOf(stream: string): Fork | null;
	/** The tail of its first `count` messages. */
	tail(stream: string, count: number): string;
	holding(stream: string): ChatHolding;
	/** This page load has been in our room. True if its stream was not wanted before. */
	meet(stream: string): boolean;
	judge(message: ChatMessage): Judgement;
	/**
	 * Adds a message that was judged `next` and is verified. Returns the streams that are newly wanted, or of which more messages now are.
	 */
	add(message: ChatMessage, tail: string): string[];
	/** Both messages are verified. Drops what was held of the stream, and of streams that only its author introduced. */
	end(fork: Fork): void;
	/** Which page loads that we met have introduced it. */
	introducersOf(stream: string): string[];
	/** How much of it `introducer` has introduced; `null` for nothing. */
	granted(introducer: string, stream: string): number | null;
	/** What `introducer` has introduced in all. */
	account(introducer: string): Account;
}

export function createChatStreams(room: string): ChatStreams {
	const streams = new Map<string, Stream>();
	const met = new Set<string>();
	/** By introduced stream, then by introducer: how many messages. */
	const grants = new Map<string, Map<string, number>>();
	/** By introducer: what they have introduced so far. */
	const accounts = new Map<string, Account>();
	let weight = 0;

	function obtain(name: string): Stream {
		let stream = streams.get(name);
		if (!stream) {
			stream = { messages: [], tails: [], textLength: 0, key: null, fork: null };
			streams.set(name, stream);
		}
		return stream;
	}

	function limitOf(name: string): number {
		if (met.has(name)) return limits.streamMessagesMax;
		return Math.max(0, ...(grants.get(name)?.values() ?? []));
	}

	const isWanted = (name: string) => met.has(name) || grants.has(name);

	/**
	 * What exceeds the introducer's account does not count. The result is the same for everyone, because the introducer's stream has one
	 * order.
	 */
	function book(introducer: string, { introduces }: ChatMessage): string[] {
		const account = accounts.get(introducer) ?? { streams: 0, messages: 0 };
		accounts.set(introducer, account);
		const more: string[] = [];
		for (const [name, count] of introduces) {
			const before = grants.get(name)?.get(introducer);
			if (before === undefined && account.streams === limits.introducedStreamsMax) continue;
			const left = limits.introducedMessagesMax - account.messages;
			const granted = (before ?? 0) + Math.min(left, Math.max(0, count - (before ?? 0)));
			if (granted === before) continue;
			const [wasWanted, limit] = [isWanted(name), limitOf(name)];
			account.streams += before === undefined ? 1 : 0;
			account.messages += granted - (before ?? 0);
			grants.set(name, (grants.get(name) ?? new Map<string, number>()).set(introducer, granted));
			if (!wasWanted || limitOf(name) > limit) more.push(name);
		}
		return more;
	}

	function cut(name: string, count: number): void {
		const stream = streams.get(name);
		if (!stream || stream.messages.length <= count) return;
		weight -= stream.messages.length - count;
		for (const { text } of stream.messages.splice(count)) stream.textLength -= text.length;
		stream.tails.length = count;
	}

	const held = (name: string): readonly ChatMessage[] => streams.get(name)?.messages ?? [];

	return {
		get weight() {
			return weight;
		},
		*wanted() {
			yield* met;
			for (const name of grants.keys()) if (!met.has(name)) yield name;
		},
		limitOf,
		isWanted,
		isMet: (name) => met.has(name),
		messages: held,
		keyOf: (name) => streams.get(name)?.key ?? null,
		forkOf: (name) => streams.get(name)?.fork ?? null,
		tail: (name, count) => streams.get(name)?.tails[count - 1] ?? '',
		holding(name) {
			const stream = streams.get(name);
			if (stream?.fork) return [name, 0, forkedTail, limitOf(name)];
			return [name, stream?.messages.length ?? 0, stream?.tails.at(-1) ?? '', limitOf(name)];
		},
		meet(name) {
			if (met.has(name)) return false;
			const isNew = !grants.has(name);
			met.add(name);
			// Its messages came by an introduction, before we met it: what they introduce counts from now on.
			for (const message of held(name)) book(name, message);
			return isNew;
		},
		judge(message) {
			const { stream: name, sequence } = message;
			const stream = streams.get(name);
			if (!isWanted(name) || stream?.fork) return 'unwanted';
			const messages = held(name);
			const same = messages[sequence - 1];
			if (same) return signedText(room, same) === signedText(room, message) ? 'known' : 'conflict';
			if (sequence > limitOf(name)) return 'unwanted';
			if (sequence > messages.length + 1) return 'later';
			const rises = message.order > (messages.at(-1)?.order ?? 0);
			const fits = (stream?.textLength ?? 0) + message.text.length <= limits.streamTextMax;
			return rises && fits ? 'next' : 'unwanted';
		},
		add(message, tail) {
			const stream = obtain(message.stream);
			stream.messages.push(message);
			stream.tails.push(tail);
			stream.textLength += message.text.length;
			stream.key ??= message.key ?? null;
			weight++;
			return met.has(message.stream) ? book(message.stream, message) : [];
		},
		end(fork) {
			const name = fork[0].stream;
			const stream = obtain(name);
			if (stream.fork) return;
			stream.fork = fork;
			cut(name, 0);
			weight += accountMax;
			for (const [introduced, introducers] of grants) {
				if (!introducers.delete(name)) continue;
				if (introducers.size === 0) grants.delete(introduced);
				cut(introduced, limitOf(introduced));
			}
			accounts.delete(name);
		},
		introducersOf: (name) => [...(grants.get(name)?.keys() ?? [])],
		account: (introducer) => accounts.get(introducer) ?? { streams: 0, messages: 0 },
		granted: (introducer, name) => grants.get(name)?.get(introducer) ?? null,
	};
}
