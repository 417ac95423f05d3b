/**
 * What the chat knows about each of the others in the room, and what follows for their messages. After a reload, a participant is another
 * remote.
 */
import type { ParticipantId } from '../../protocol';
import type { ChatHolding, ChatMessage } from '../../protocol/peer/chat';
import type { Unsubscribe } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';

export interface Remote {
	readonly end: RemoteEnd;
	readonly metAt: number;
	channelOpen: boolean;
	/** What they say they hold, by stream; our own stream is left out. */
	readonly claimed: Map<string, Claim>;
	/** How long their own stream was when they first told us; later messages are news. */
	history: number | null;
	/** How long it was when they last told us, and when that was, in milliseconds since the epoch. */
	told: { count: number; at: number; channelOpen: boolean } | null;
	askedAt: number;
	asks: number;
	retries: number;
	/** By stream, the newest holding that they told us and that we have not answered yet. */
	readonly unanswered: Map<string, ChatHolding>;
	answering: boolean;
	/** What the next `chat-have` is about; `null` for everything. */
	about: Set<string> | null;
	readonly timers: Record<'sync' | 'ask' | 'answer', Unsubscribe | null>;
}

/** What they claim of one stream: how many messages, and `tail`, the hash of their chained contents, empty where they did not say. */
export interface Claim {
	count: number;
	tail: string;
}

export type Remotes = ReadonlyMap<ParticipantId, Remote>;

function createRemote(end: RemoteEnd, metAt: number): Remote {
	return {
		end,
		metAt,
		channelOpen: false,
		claimed: new Map(),
		history: null,
		told: null,
		askedAt: Number.NEGATIVE_INFINITY,
		asks: 0,
		retries: 0,
		unanswered: new Map(),
		answering: false,
		about: null,
		timers: { sync: null, ask: null, answer: null },
	};
}

export function endTimers({ timers }: Remote): void {
	timers.sync?.();
	timers.ask?.();
	timers.answer?.();
}

/** Sets who is here: forgets page loads that are gone, and adds new ones. */
export function updateRemotes(
	remotes: Map<ParticipantId, Remote>,
	ends: readonly RemoteEnd[],
	nowMs: number,
): { gone: Remote[]; come: Remote[] } {
	const here = new Map(ends.map((end) => [end.id, end]));
	const gone = [...remotes.values()].filter(({ end }) => here.get(end.id)?.incarnation !== end.incarnation);
	for (const remote of gone) {
		remotes.delete(remote.end.id);
		endTimers(remote);
	}
	const come = [...here.values()].filter(({ id }) => !remotes.has(id)).map((end) => createRemote(end, nowMs));
	for (const remote of come) remotes.set(remote.end.id, remote);
	return { gone, come };
}

/** Whether this very page load is still here, and not only its participant. */
export function isPresent(remotes: Remotes, remote: Remote): boolean {
	return remotes.get(remote.end.id) === remote;
}

/** Who writes this stream, if they are here. */
export function authorOf(remotes: Remotes, stream: string): Remote | undefined {
	for (const remote of remotes.values()) if (remote.end.incarnation === stream) return remote;
	return undefined;
}

/** Until a participant has told us how long their stream is, a message of theirs counts as news only if it comes from themselves. */
export function isNews(
	author: Remote | undefined,
	from: Remote,
	{ sequence, text }: Pick<ChatMessage, 'sequence' | 'text'>,
): boolean {
	if (!author || text === '') return false;
	return author.history === null ? author === from : sequence > author.history;
}

/**
 * A time, by our clock, at which its author had not written it yet. Through a channel that was open when they told us the length of their
 * stream, a message comes at once; by any other way it may have been waiting since they told us.
 * @param nowMs since the epoch
 */
export function notWrittenAt(
	author: Remote | undefined,
	from: Remote,
	{ sequence }: Pick<ChatMessage, 'sequence'>,
	nowMs: number,
): number | null {
	if (!author?.told || sequence <= author.told.count) return null;
	return author === from && author.channelOpen && author.told.channelOpen ? nowMs : author.told.at;
}
