/**
 * Keeps the chat log the same for everyone: sends what is written here, asks for what is missing, answers those who
 * ask. Acts through two carriers, a participant's data channel and the server's relay, and doesn't know how either
 * works or that the relay is sealed.
 *
 * One idea carries it: whenever something may have been lost (a channel opened or closed, somebody arrived, signaling
 * came back, a send was refused, an author is gone), say what we hold. Nothing is acknowledged or queued; the log is
 * the queue.
 */
import {
	chatMessageId,
	limits,
	normaliseMessageText,
	parsePeerMessage,
	type ChatDigest,
	type ChatMessage,
	type ParticipantId,
	type ChatPeerMessage,
} from '../protocol';
import type { SendMessageResult } from './call-api';
import { toEntries } from './chat-entries';
import {
	batches,
	chatDigest,
	chatLogMax,
	emptyChatLog,
	lacks,
	mergeMessages,
	missingFrom,
	nextOrder,
} from './chat-log';
import type { Clock, Unsubscribe } from './platform';
import type { ChatEntry } from './snapshot';
import type { RemoteEnd } from './transport';

/** How long a data channel may take to open, or to come back, before the relay is used to catch up. */
const channelWaitMs = 2_000;
/** How long haves are held back that others' comings and goings cause, so that several become one. */
const spreadMs = 1_000;
/** Between a refused send and the next try; doubled each time, up to the maximum. */
const retryMs = 2_000;
const retryMaxMs = 30_000;
/** Between noticing that something is missing and asking again for it; doubled each time. */
const askMs = 1_000;
/** Asks that bring nothing new before we stop: a digest may claim what nobody has. */
const asksMax = 5;
/** Between two answers to one participant, each of which may be the whole log. */
const answerPauseMs = 500;

export interface ChatSyncPorts {
	clock: Clock;
	/** Our page load: the stream of what is written here. */
	incarnation: string;
	/** Read at each message: the name may change, and so may the id after a seat was lost. */
	self(): { id: ParticipantId; name: string };
	/** False when no open data channel leads there; nothing was sent. */
	sendDirect(to: ParticipantId, text: string): boolean;
	/** Resolves false when the server could not take it. Never rejects. */
	sendRelay(to: RemoteEnd, text: string): Promise<boolean>;
	/** Something about `entries` is different. Unchanged entries are the same objects as before. */
	onChange(entries: readonly ChatEntry[]): void;
	/** Others' messages written since we met them: worth announcing, where history is not. */
	onNews(entries: readonly ChatEntry[]): void;
}

export interface ChatSync {
	readonly entries: readonly ChatEntry[];
	/** Adds a message of our own and sends it to everyone present. */
	send(typed: string): SendMessageResult;
	/** Everyone else in the room, away or here. Another incarnation is another participant with an empty log. */
	setParticipants(ends: readonly RemoteEnd[]): void;
	setChannel(id: ParticipantId, open: boolean): void;
	signalingLost(): void;
	/** After each `welcome` (and the `setParticipants` that goes with it) and each resume. */
	signalingResumed(): void;
	/** A text from a participant, by either carrier, opened but not parsed. */
	handleText(from: ParticipantId, text: string): void;
	close(): void;
}

interface Remote {
	readonly end: RemoteEnd;
	channelOpen: boolean;
	/** What they say they hold, without our own stream. */
	claimed: ChatDigest;
	/** Where their own stream stood when they first said so; what is later is news. */
	history: number | null;
	askedAt: number;
	asks: number;
	retries: number;
	/** The newest digest not answered yet. */
	unanswered: ChatDigest | null;
	answering: boolean;
	readonly timers: { sync: Unsubscribe | null; ask: Unsubscribe | null; answer: Unsubscribe | null };
}

export function createChatSync(ports: ChatSyncPorts): ChatSync {
	const { clock, incarnation } = ports;
	const remotes = new Map<ParticipantId, Remote>();
	/** Ids of our own messages that have gone to nobody yet. */
	const waiting = new Set<string>();
	let log = emptyChatLog;
	let sequence = 0;
	let signalingUp = false;
	let entries: readonly ChatEntry[] = [];

	const isPresent = (remote: Remote) => remotes.get(remote.end.id) === remote;
	const isPresentStream = (stream: string) =>
		[...remotes.values()].some(({ end }) => end.incarnation === stream);

	function changed(): void {
		entries = toEntries(log.messages, entries, { selfId: ports.self().id, stream: incarnation, waiting });
		ports.onChange(entries);
	}

	function markSent(ids: Iterable<string>): void {
		let any = false;
		for (const id of [...ids]) any = waiting.delete(id) || any;
		if (any) changed();
	}

	/**
	 * Alone, a message counts as sent: there is nobody to wait for, and whoever comes gets it from the log. While
	 * signaling is lost we can't know that we are alone.
	 */
	function settleWhenAlone(): void {
		if (signalingUp && remotes.size === 0) markSent(waiting);
	}

	// ── Sending ─────────────────────────────────────────────────────────────────────────────────────

	/** By the channel where one is open, else by the relay. Synchronous as far as the channel goes. */
	async function deliver(remote: Remote, message: ChatPeerMessage): Promise<boolean> {
		const text = JSON.stringify(message);
		const sent =
			ports.sendDirect(remote.end.id, text) || (signalingUp && (await ports.sendRelay(remote.end, text)));
		if (sent) {
			remote.retries = 0;
			if (message.type === 'chat-messages') markSent(message.messages.map(({ id }) => id));
		} else if ((signalingUp || remote.channelOpen) && !remote.timers.sync) {
			syncLater(remote, Math.min(retryMaxMs, retryMs * 2 ** remote.retries++));
		}
		return sent;
	}

	function sendHave(remote: Remote, reply: boolean): void {
		remote.timers.sync?.();
		remote.timers.sync = null;
		remote.askedAt = clock.now();
		void deliver(remote, { type: 'chat-have', digest: chatDigest(log), reply });
	}

	function syncLater(remote: Remote, delayMs: number): void {
		if (!isPresent(remote) || remote.timers.sync) return;
		remote.timers.sync = clock.after(delayMs, () => {
			sendHave(remote, false);
		});
	}

	/**
	 * Tells everyone (but one) what we hold. Those present bring their own messages to all; what was written by somebody
	 * who is gone reaches the others only through those who hold it.
	 */
	function spread(except?: Remote): void {
		for (const remote of remotes.values()) if (remote !== except) syncLater(remote, spreadMs);
	}

	/** Sends what they lack, one batch after the other, then rests; haves that come meanwhile become one. */
	async function answer(remote: Remote): Promise<void> {
		const digest = remote.unanswered;
		if (!digest || remote.answering) return;
		remote.unanswered = null;
		remote.answering = true;
		for (const messages of batches(missingFrom(log, digest))) {
			if (!(await deliver(remote, { type: 'chat-messages', messages })) || !isPresent(remote)) break;
		}
		if (!isPresent(remote)) return;
		remote.timers.answer = clock.after(answerPauseMs, () => {
			remote.timers.answer = null;
			remote.answering = false;
			void answer(remote);
		});
	}

	/** A full log has dropped its oldest messages on purpose, and so goes on asking for nothing. */
	const isLacking = (remote: Remote) => log.messages.length < chatLogMax && lacks(log, remote.claimed);

	/** Asks again, at growing intervals, while they claim something that we don't hold. */
	function askWhileLacking(remote: Remote): void {
		if (remote.timers.ask || remote.asks >= asksMax || !isLacking(remote)) return;
		remote.timers.ask = clock.after(askMs * 2 ** remote.asks++, () => {
			remote.timers.ask = null;
			if (!isLacking(remote)) return;
			sendHave(remote, true);
			askWhileLacking(remote);
		});
	}

	/** Something new came from them: what else is missing may be on its way, so wait afresh. */
	function askAnew(remote: Remote): void {
		remote.timers.ask?.();
		remote.timers.ask = null;
		remote.asks = 0;
	}

	// ── Receiving ───────────────────────────────────────────────────────────────────────────────────

	function handleHave(remote: Remote, digest: ChatDigest, reply: boolean): void {
		remote.history ??= digest[remote.end.incarnation]?.at(-1)?.[1] ?? 0;
		// Our own stream is ours alone: a claim on it that we don't know of is a false one.
		const { [incarnation]: _ours, ...claimed } = digest;
		remote.claimed = claimed;
		// What they hold of ours has reached them, also where only the server's answer was lost.
		const lacking = new Set(missingFrom(log, digest).map(({ id }) => id));
		markSent([...waiting].filter((id) => !lacking.has(id)));
		remote.unanswered = digest;
		void answer(remote);
		if (!reply) {
			remote.asks = 0;
			// What was asked for a moment ago is on its way.
			if (clock.now() - remote.askedAt >= askMs && lacks(log, claimed)) sendHave(remote, true);
		}
		askWhileLacking(remote);
	}

	function handleMessages(remote: Remote, received: readonly ChatMessage[]): void {
		const known = log;
		log = mergeMessages(
			log,
			received.filter(({ stream }) => stream !== incarnation),
		);
		if (log !== known) {
			changed();
			askAnew(remote);
			const learnt = received.filter(({ id }) => !known.byId.has(id) && log.byId.has(id));
			const news = new Set(learnt.filter((message) => isNews(remote, message)).map(({ id }) => id));
			if (news.size > 0) ports.onNews(entries.filter(({ id }) => news.has(id)));
			if (learnt.some(({ stream }) => !isPresentStream(stream))) spread(remote);
		}
		for (const { stream, sequence: latest } of received) {
			// Their own message tells that they hold all of their earlier ones.
			if (stream !== remote.end.incarnation) continue;
			const claimed = Math.max(latest, remote.claimed[stream]?.at(-1)?.[1] ?? 0);
			remote.claimed = { ...remote.claimed, [stream]: [[1, claimed]] };
		}
		askWhileLacking(remote);
	}

	/** Before a participant has told where their stream stands, only what comes from themselves counts as news. */
	function isNews(from: Remote, message: ChatMessage): boolean {
		const author = remotes.get(message.author);
		if (author?.end.incarnation !== message.stream) return false;
		return author.history === null ? author === from : message.sequence > author.history;
	}

	return {
		get entries() {
			return entries;
		},

		send(typed) {
			const text = normaliseMessageText(typed);
			const max = limits.messageTextMax;
			if (text === '') return { ok: false, code: 'empty', max };
			if (text.length > max) return { ok: false, code: 'too-long', max };
			const { id: author, name: authorName } = ports.self();
			const message: ChatMessage = {
				id: chatMessageId(incarnation, ++sequence),
				author,
				authorName,
				stream: incarnation,
				sequence,
				order: nextOrder(log),
				sentAt: Math.floor(clock.now()),
				text,
			};
			log = mergeMessages(log, [message]);
			waiting.add(message.id);
			changed();
			for (const remote of remotes.values()) {
				void deliver(remote, { type: 'chat-messages', messages: [message] });
			}
			settleWhenAlone();
			return { ok: true };
		},

		setParticipants(ends) {
			const wanted = new Map(ends.map((end) => [end.id, end]));
			let anyGone = false;
			for (const [id, remote] of remotes) {
				if (wanted.get(id)?.incarnation !== remote.end.incarnation) {
					remotes.delete(id);
					endTimers(remote);
					anyGone = true;
				}
			}
			if (anyGone) spread();
			for (const end of wanted.values()) {
				if (remotes.has(end.id)) continue;
				const remote = newRemote(end);
				remotes.set(end.id, remote);
				syncLater(remote, channelWaitMs);
			}
			settleWhenAlone();
		},

		setChannel(id, open) {
			const remote = remotes.get(id);
			if (!remote || remote.channelOpen === open) return;
			remote.channelOpen = open;
			if (open) sendHave(remote, false);
			else syncLater(remote, channelWaitMs);
		},

		signalingLost() {
			signalingUp = false;
		},

		signalingResumed() {
			signalingUp = true;
			settleWhenAlone();
			for (const remote of remotes.values()) {
				// A channel that may still open in time is waited for.
				const isArriving = remote.timers.sync !== null && remote.retries === 0;
				remote.retries = 0;
				if (!remote.channelOpen && !isArriving) sendHave(remote, false);
			}
		},

		handleText(from, text) {
			const remote = remotes.get(from);
			const message = remote && parsePeerMessage(text);
			if (!message) return;
			if (message.type === 'chat-have') handleHave(remote, message.digest, message.reply);
			else if (message.type === 'chat-messages') handleMessages(remote, message.messages);
		},

		close() {
			for (const remote of remotes.values()) endTimers(remote);
			remotes.clear();
			waiting.clear();
		},
	};
}

function newRemote(end: RemoteEnd): Remote {
	return {
		end,
		channelOpen: false,
		claimed: {},
		history: null,
		askedAt: Number.NEGATIVE_INFINITY,
		asks: 0,
		retries: 0,
		unanswered: null,
		answering: false,
		timers: { sync: null, ask: null, answer: null },
	};
}

function endTimers({ timers }: Remote): void {
	timers.sync?.();
	timers.ask?.();
	timers.answer?.();
}
