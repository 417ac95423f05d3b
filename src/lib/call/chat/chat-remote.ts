/**
 * What the chat knows of each of the others in the room, and what follows from that for a message of theirs. A reload makes another
 * remote of the same participant.
 */
import type { ParticipantId } from '../../protocol';
import type { ChatHolding, ChatMessage } from '../../protocol/peer/chat';
import type { Unsubscribe } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';

export interface Remote {
	readonly end: RemoteEnd;
	readonly metAt: number;
	channelOpen: boolean;
	/** What they say they hold of others' streams. */
	readonly claimed: Map<string, Claim>;
	/** Where their own stream stood when they first said so; what is later is news. */
	history: number | null;
	/** Where it stood when they last said so, and when that was, in milliseconds since the epoch. */
	told: { count: number; at: number; channelOpen: boolean } | null;
	askedAt: number;
	asks: number;
	retries: number;
	/** The newest of what they told of each stream and was not answered yet. */
	readonly unanswered: Map<string, ChatHolding>;
	answering: boolean;
	/** What the next have is about; `null` for everything. */
	about: Set<string> | null;
	readonly timers: Record<'sync' | 'ask' | 'answer', Unsubscribe | null>;
}

/** Of one stream: so many messages, whose contents chained are `tail`; empty where they did not say. */
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

/** Those who are here are these from now on: forgets page loads that are gone, and meets new ones. */
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

/** Whether this page load is here still, and not only the participant. */
export function isPresent(remotes: Remotes, remote: Remote): boolean {
	return remotes.get(remote.end.id) === remote;
}

/** Who writes this stream, if they are here. */
export function authorOf(remotes: Remotes, stream: string): Remote | undefined {
	for (const remote of remotes.values()) if (remote.end.incarnation === stream) return remote;
	return undefined;
}

/** Before a participant has told where their stream stands, only what comes from themselves counts as news. */
export function isNews(
	author: Remote | undefined,
	from: Remote,
	{ sequence, text }: Pick<ChatMessage, 'sequence' | 'text'>,
): boolean {
	if (!author || text === '') return false;
	return author.history === null ? author === from : sequence > author.history;
}

/**
 * When its author had not written it yet, by our clock. Through a channel that was open when they told where they stood it comes
 * at once; what came another way may have waited since they told.
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
