/**
 * The conversation as it is shown: the messages held and those being written, timed by this device's clock, at most once a frame. Also
 * tracks which of the others' messages are news, and which of our own have not been sent to anybody.
 */
import type { ChatMessage } from '../../protocol/peer/chat';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { createChatEntries } from './chat-entries';
import type { ChatLog } from './chat-log';
import type { ChatEntry } from './chat-state';
import type { ChatTimes } from './chat-times';

/** Messages of others are shown at most this often. */
const frameMs = 16;

export interface ChatViewPort {
	clock: Clock;
	/** Our own stream. */
	own: string;
	log: ChatLog;
	times: ChatTimes;
	/** Messages that are written but not signed yet. */
	drafts(): readonly ChatEntry[];
	/** `entries` has changed. Unchanged entries are the same objects as before. */
	onChange(entries: readonly ChatEntry[]): void;
	/** Others' messages written since we met them: these are worth announcing, while history is not. */
	onNews(entries: readonly ChatEntry[]): void;
}

export interface ChatView {
	readonly entries: readonly ChatEntry[];
	show(): void;
	/** In the next frame. */
	showSoon(): void;
	/** The message is announced when it is shown. */
	addNews(message: ChatMessage): void;
	/** One of our own messages is signed, and has not been sent to anybody yet. */
	addWaiting(sequence: number): void;
	/** These of our own messages have been sent to somebody. */
	markSent(sequences: Iterable<number>): void;
	/** All of our own messages up to this one have been sent to somebody. */
	markSentUpTo(sequence: number): void;
	close(): void;
}

export function createChatView({ clock, own, log, times, drafts, onChange, onNews }: ChatViewPort): ChatView {
	const waiting = new Set<number>();
	const entryOf = createChatEntries({ stream: own, isWaiting: ({ sequence }) => waiting.has(sequence) });
	let entries: readonly ChatEntry[] = [];
	let news: ChatMessage[] = [];
	let cancelFrame: Unsubscribe | null = null;
	let closed = false;

	function show(): void {
		cancelFrame?.();
		cancelFrame = null;
		const messages = log.messages();
		const shownAt = times.of(messages);
		const shown = messages.map((message, index) => entryOf(message, shownAt[index] as number));
		entries = [...shown, ...drafts()];
		onChange(entries);
		const fresh = new Set(news);
		const told = shown.filter((_, index) => fresh.has(messages[index] as ChatMessage));
		news = [];
		if (told.length > 0) onNews(told);
	}

	function showSoon(): void {
		if (!closed) cancelFrame ??= clock.after(frameMs, show);
	}

	function markSent(sequences: Iterable<number>): void {
		let any = false;
		for (const sequence of sequences) any = waiting.delete(sequence) || any;
		if (any) showSoon();
	}

	return {
		get entries() {
			return entries;
		},
		show,
		showSoon,
		addNews: (message) => void news.push(message),
		addWaiting: (sequence) => void waiting.add(sequence),
		markSent,
		markSentUpTo: (last) => markSent([...waiting].filter((sequence) => sequence <= last)),
		close() {
			closed = true;
			cancelFrame?.();
			waiting.clear();
		},
	};
}
