/** The conversation as the interface shows it, and the result of sending a message. */

export interface ChatEntry {
	id: string;
	/** The page load that signed it. This is what tells authors apart, whatever names they use. */
	stream: string;
	/** As its author signed it. */
	authorName: string;
	/** Written in this page load. */
	mine: boolean;
	text: string;
	/** Milliseconds since the epoch, as its author's clock says. */
	sentAt: number;
	/** The same by this device's clock, as far as we can tell, and never out of order. */
	shownAt: number;
	/** `waiting` until it has been sent to somebody; always `sent` for others' messages. */
	state: 'waiting' | 'sent';
}

export interface ChatSnapshot {
	entries: readonly ChatEntry[];
	/** How many authors have said different things to different people. Nothing they wrote is shown. */
	forked: number;
	/** How many relayed messages could not be opened: their authors' link has another secret, or ours has none. */
	unreadable: number;
	/** False when the link carries no secret: a relayed message is then readable by the server. */
	sealed: boolean;
}

interface ChatFeatures {
	chat: Pick<ChatSnapshot, 'entries' | 'forked'>;
	relay: Pick<ChatSnapshot, 'unreadable'>;
}

const noEntries: readonly ChatEntry[] = [];

/** Empty while the chat has not been loaded. */
export function chatSnapshot(features: ChatFeatures | null, sealed: boolean): ChatSnapshot {
	const { entries = noEntries, forked = 0 } = features?.chat ?? {};
	return { entries, forked, unreadable: features?.relay.unreadable ?? 0, sealed };
}

export interface ChatCommands {
	send(text: string): SendMessageResult;
}

/**
 * `too-many`: this page load has written as much as the others take from one page load; `max` is how many messages. `not-loaded`: the code
 * of the chat has not loaded yet.
 */
export type SendMessageResult =
	{ ok: true } | { ok: false; code: 'empty' | 'too-long' | 'too-many'; max: number } | NotLoaded;

export interface NotLoaded {
	ok: false;
	code: 'not-loaded';
}
