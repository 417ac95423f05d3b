/** The conversation as the interface shows it, and what comes of writing in it. */

export interface ChatEntry {
	id: string;
	/** The page load that signed it: what tells authors apart, whatever they call themselves. */
	stream: string;
	/** As its author signed it. */
	authorName: string;
	/** Written in this page load. */
	mine: boolean;
	text: string;
	/** Milliseconds since the epoch, as its author's clock says. */
	sentAt: number;
	/** The same by this device's clock, as far as it can be told, and never out of order. */
	shownAt: number;
	/** `waiting` until it has gone to somebody; always `sent` for others' messages. */
	state: 'waiting' | 'sent';
}

export interface ChatSnapshot {
	entries: readonly ChatEntry[];
	/** How many have said different things to different people. Nothing they wrote is shown. */
	forked: number;
	/** Relayed messages that could not be opened: their authors' link has another secret, or ours has none. */
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
 * `too-many`: this page load has written all that the others take of it; `max` is how many messages. `not-loaded`: the chat is still on its
 * way to this page.
 */
export type SendMessageResult =
	{ ok: true } | { ok: false; code: 'empty' | 'too-long' | 'too-many'; max: number } | NotLoaded;

export interface NotLoaded {
	ok: false;
	code: 'not-loaded';
}
