/**
 * Keeps the chat log the same for everyone: sends what is written here, asks for what is missing, answers those who
 * ask. Acts through two carriers, a participant's data channel and the server's relay, and doesn't know how either
 * works or that the relay is sealed.
 *
 * One idea carries it: whenever something may have been lost (a channel opened or closed, somebody arrived, signaling
 * came back, a send was refused, an author is gone), say what we hold. Nothing is acknowledged or queued; the log is
 * the queue. What others say is checked one message at a time, theirs in turn, and shown once a frame.
 */
import { limits, type ParticipantId } from '../../protocol';
import {
	chatMessageId,
	chatTailLength,
	forkedTail,
	holdingsMax,
	normaliseMessageText,
	signedText,
	type ChatHolding,
	type ChatMessage,
} from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import type { PeerRows } from '../peer-messages/peer-table';
import type { SendMessageResult } from './chat-state';
import { createAnswerBudget } from './answer-budget';
import { batches } from './chat-batches';
import { createChatEntries } from './chat-entries';
import { createChatIntake } from './chat-intake';
import { introductionsMax, nextIntroduction } from './chat-introductions';
import { createChatLog } from './chat-log';
import { createStays } from './chat-stays';
import { createChatTimes } from './chat-times';
import { createChatStreams, type Fork } from './chat-streams';
import type { Clock, Unsubscribe } from '../../platform/platform';
import type { ChatEntry } from './chat-state';
import type { RemoteEnd } from '../transport/transport';

/** How long a data channel may take to open, or to come back, before the relay is used to catch up. */
const channelWaitMs = 2_000;
/** How long haves are held back that others' comings and goings cause, so that several become one. */
const spreadMs = 1_000;
/** The same for what the author is here to bring to everybody, and may not have brought. */
const compareMs = 3_000;
/** Between a refused send and the next try; doubled each time, up to the maximum. */
const retryMs = 2_000;
const retryMaxMs = 30_000;
/** Between noticing that something is missing and asking again for it; doubled each time. */
const askMs = 1_000;
/** Asks that bring nothing new before we stop: a digest may claim what nobody has. */
const asksMax = 5;
/** Between two answers to one participant, each of which may be the whole log. */
const answerPauseMs = 500;
/** What others wrote is shown at most this often. */
const frameMs = 16;
/** Between two introductions, growing with each: however often others come and go, they last for hours. */
const introductionPauseMs = 500;
/** After something of theirs was dropped because it was too much at once. */
const droppedPauseMs = 5_000;

export interface ChatSyncPorts {
	clock: Clock;
	room: string;
	/** Our page load: the stream of what is written here. */
	incarnation: string;
	/** Its public key. */
	key: string;
	/** With its private one. May reject where the browser can't; the message then waits for ever. */
	sign(text: string): Promise<string>;
	/** Whether this page load signed it. Never rejects. */
	check(signed: { incarnation: string; key: string; signature: string }, text: string): Promise<boolean>;
	/** SHA-256 in base64url. */
	hash(text: string): Promise<string>;
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
	/** How many have said different things to different people. Nothing they wrote is shown. */
	readonly forked: number;
	/** Adds a message of our own and sends it to everyone present. */
	send(typed: string): SendMessageResult;
	/** Everyone else in the room, away or here. Another incarnation is another participant with an empty log. */
	setParticipants(ends: readonly RemoteEnd[]): void;
	setChannel(id: ParticipantId, open: boolean): void;
	signalingLost(): void;
	/** After each `welcome` (and the `setParticipants` that goes with it) and each resume. */
	signalingResumed(): void;
	/** What the others say in it. */
	readonly rows: ChatRows;
	/** Something of theirs was not looked at. */
	dropped(from: ParticipantId): void;
	/** Some of what they sent through the server was lost on the way. */
	textsMissed(from: ParticipantId): void;
	close(): void;
}

export type ChatRows = PeerRows<ChatPeerMessage['type']>;

interface Remote {
	readonly end: RemoteEnd;
	readonly metAt: number;
	channelOpen: boolean;
	/** What they say they hold of others' streams. */
	readonly claimed: Map<string, { count: number; tail: string }>;
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

/** Of our own, and not signed yet. */
interface Draft {
	text: string;
	introduces: [string, number][];
	author: ParticipantId;
	authorName: string;
	sentAt: number;
	entry: ChatEntry | null;
}

export function createChatSync(ports: ChatSyncPorts): ChatSync {
	const { clock, incarnation, room } = ports;
	const remotes = new Map<ParticipantId, Remote>();
	const streams = createChatStreams(room);
	const log = createChatLog(streams);
	const times = createChatTimes(({ author }) => author === ports.self().id);
	const budget = createAnswerBudget();
	const intake = createChatIntake<Remote>(admit, (remote) => dropped(remote));
	/** Our own messages that have gone to nobody yet. */
	const waiting = new Set<number>();
	const entryOf = createChatEntries({
		stream: incarnation,
		isWaiting: ({ sequence }) => waiting.has(sequence),
	});
	/** In the order in which they were written. */
	const drafts: Draft[] = [];
	let draftsTextLength = 0;
	let ownTextLength = 0;
	let signing = false;
	let introductions = 0;
	let introducedAt = Number.NEGATIVE_INFINITY;
	let cancelIntroduction: Unsubscribe | null = null;
	let cancelFrame: Unsubscribe | null = null;
	let news: ChatMessage[] = [];
	let forked = 0;
	let signalingUp = false;
	let closed = false;
	let entries: readonly ChatEntry[] = [];

	streams.meet(incarnation);

	const isPresent = (remote: Remote) => remotes.get(remote.end.id) === remote;
	const isPresentStream = (stream: string) =>
		[...remotes.values()].some(({ end }) => end.incarnation === stream);
	function withRemote(id: ParticipantId, action: (remote: Remote) => void): void {
		const remote = remotes.get(id);
		if (remote) action(remote);
	}
	const ownCount = () => streams.messages(incarnation).length;
	const stays = createStays();

	function show(): void {
		cancelFrame?.();
		cancelFrame = null;
		const messages = log.messages();
		const shownAt = times.of(messages);
		const shown = messages.map((message, index) => entryOf(message, shownAt[index] as number));
		entries = [...shown, ...drafts.flatMap(({ entry }) => entry ?? [])];
		ports.onChange(entries);
		const fresh = new Set(news);
		const told = shown.filter((_, index) => fresh.has(messages[index] as ChatMessage));
		news = [];
		if (told.length > 0) ports.onNews(told);
	}

	function showSoon(): void {
		if (!closed) cancelFrame ??= clock.after(frameMs, show);
	}

	function markSent(sequences: Iterable<number>): void {
		let any = false;
		for (const sequence of [...sequences]) any = waiting.delete(sequence) || any;
		if (any) showSoon();
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
			ports.sendDirect(remote.end.id, text) ||
			// A channel that does not keep up is no reason to send it all through the server.
			(signalingUp && !remote.channelOpen && (await ports.sendRelay(remote.end, text)));
		if (sent) {
			remote.retries = 0;
			if (message.type === 'chat-messages') {
				markSent(message.messages.flatMap((each) => (each.stream === incarnation ? each.sequence : [])));
			}
		} else if (signalingUp || remote.channelOpen) {
			const delayMs = Math.min(retryMaxMs, retryMs * 2 ** remote.retries);
			if (!remote.timers.sync) remote.retries++;
			syncLater(remote, delayMs);
		}
		return sent;
	}

	/** `about`: those streams, or all that we take. */
	function sendHave(remote: Remote, reply: boolean, about: Iterable<string> | null = null): void {
		if (about === null) {
			remote.timers.sync?.();
			remote.timers.sync = null;
		}
		remote.askedAt = clock.now();
		// Our own first: it tells where the news begins.
		const names = new Set(about ?? [incarnation, ...streams.wanted()]);
		const holdings = [...names].map((name) => streams.holding(name));
		for (let start = 0; start < holdings.length; start += holdingsMax) {
			const part = holdings.slice(start, start + holdingsMax);
			void deliver(remote, { type: 'chat-have', streams: part, reply });
		}
	}

	/** `about`: those streams only, unless all of them are to be spoken of by then. */
	function syncLater(remote: Remote, delayMs: number, about: Iterable<string> | null = null): void {
		if (!isPresent(remote)) return;
		if (remote.timers.sync) {
			if (about === null) remote.about = null;
			else for (const name of about) remote.about?.add(name);
			return;
		}
		remote.about = about && new Set(about);
		remote.timers.sync = clock.after(delayMs, () => {
			remote.timers.sync = null;
			sendHave(remote, false, remote.about);
		});
	}

	/**
	 * Tells everyone (but one) what we hold of these. What was written by somebody who is gone reaches the others only through
	 * those who hold it; and who is here may say one thing to some and another, or nothing, to others.
	 */
	function spread(about: Iterable<string>, except?: Remote, delayMs = spreadMs): void {
		for (const remote of remotes.values()) if (remote !== except) syncLater(remote, delayMs, about);
	}

	/** Sends what they lack, one batch after the other, within what answers may cost, then rests. */
	async function answer(remote: Remote): Promise<void> {
		if (remote.answering || remote.unanswered.size === 0) return;
		remote.answering = true;
		const asked = [...remote.unanswered.values()];
		remote.unanswered.clear();
		for (const message of answersTo(asked)) {
			const delayMs = budget.take(remote, JSON.stringify(message).length, clock.now());
			if (delayMs > 0) await pause(remote, delayMs);
			if (!isPresent(remote) || !(await deliver(remote, message))) break;
		}
		if (!isPresent(remote)) return;
		await pause(remote, answerPauseMs);
		remote.answering = false;
		void answer(remote);
	}

	/** Never ends for one who is gone. */
	function pause(remote: Remote, delayMs: number): Promise<void> {
		return new Promise((resolve) => {
			remote.timers.answer = clock.after(delayMs, () => {
				remote.timers.answer = null;
				resolve();
			});
		});
	}

	/** Ours first: it introduces the others. */
	function* answersTo(asked: ChatHolding[]): Generator<ChatPeerMessage> {
		asked.sort(([a], [b]) => Number(b === incarnation) - Number(a === incarnation));
		const missing: ChatMessage[] = [];
		for (const [name, count, tail, limit] of asked) {
			const fork = streams.forkOf(name);
			if (fork && tail !== forkedTail) yield { type: 'chat-fork', messages: fork };
			if (fork || tail === forkedTail) continue;
			const held = streams.messages(name);
			// They hold another content somewhere: by ours they find out where.
			const differs = count > 0 && count <= held.length && streams.tail(name, count) !== tail;
			missing.push(...held.slice(differs ? 0 : count, Math.max(limit, differs ? count : 0)));
		}
		for (const messages of batches(missing)) yield { type: 'chat-messages', messages };
	}

	// ── Asking ──────────────────────────────────────────────────────────────────────────────────────

	function lacks(remote: Remote): string[] {
		const names: string[] = [];
		for (const [name, { count, tail }] of remote.claimed) {
			if (!streams.isWanted(name) || streams.forkOf(name)) continue;
			const held = streams.messages(name).length;
			const differs = tail !== '' && count <= held && streams.tail(name, count) !== tail;
			if (tail === forkedTail || differs || Math.min(count, streams.limitOf(name)) > held) names.push(name);
		}
		return names;
	}

	/** Asks again, at growing intervals, while they claim something that we don't hold. */
	function askWhileLacking(remote: Remote): void {
		if (remote.timers.ask || remote.asks >= asksMax || lacks(remote).length === 0) return;
		remote.timers.ask = clock.after(askMs * 2 ** remote.asks++, () => {
			remote.timers.ask = null;
			const lacking = lacks(remote);
			if (lacking.length === 0) return;
			sendHave(remote, true, lacking);
			askWhileLacking(remote);
		});
	}

	/** Something new came from them: what else is missing may be on its way, so wait afresh. */
	function askAnew(remote: Remote): void {
		remote.timers.ask?.();
		remote.timers.ask = null;
		remote.asks = 0;
	}

	function claim(remote: Remote, name: string, count: number, tail: string): void {
		// Our own stream is ours alone: a claim on it that we don't know of is a false one.
		if (name !== incarnation) remote.claimed.set(name, { count, tail });
	}

	// ── Receiving ───────────────────────────────────────────────────────────────────────────────────

	function handleHave(remote: Remote, holdings: ChatHolding[], reply: boolean): void {
		for (const holding of holdings) {
			const [name, count, tail] = holding;
			// Streams that we don't take could be made up without end.
			if (!streams.isWanted(name)) continue;
			if (name === remote.end.incarnation) {
				remote.history ??= count;
				remote.told = { count, at: clock.epochMs(), channelOpen: remote.channelOpen };
			}
			claim(remote, name, count, tail);
			remote.unanswered.set(name, holding);
			// What they hold of ours has reached them, also where only the server's answer was lost.
			if (name === incarnation && streams.tail(name, count) === tail) {
				markSent([...waiting].filter((sequence) => sequence <= count));
			}
		}
		void answer(remote);
		if (!reply) {
			remote.asks = 0;
			// What was asked for a moment ago is on its way.
			const lacking = clock.now() - remote.askedAt >= askMs ? lacks(remote) : [];
			if (lacking.length > 0) sendHave(remote, true, lacking);
		}
		askWhileLacking(remote);
	}

	/** One message of theirs, in its turn. */
	async function admit(remote: Remote, message: ChatMessage): Promise<void> {
		const { stream, sequence } = message;
		const isTheirs = stream === remote.end.incarnation;
		// That they have written it tells that they hold all of their earlier ones.
		if (isTheirs && streams.isWanted(stream)) {
			const claimed = remote.claimed.get(stream);
			if (!claimed || claimed.count < sequence) claim(remote, stream, sequence, '');
		}
		const judgement = stream === incarnation ? 'unwanted' : streams.judge(message);
		if (judgement === 'later') askWhileLacking(remote);
		if (judgement !== 'next' && judgement !== 'conflict') return;
		const key = streams.keyOf(stream) ?? message.key;
		if (key === undefined) return;
		const text = signedText(room, message);
		const [verified, tail] = await Promise.all([
			ports.check({ incarnation: stream, key, signature: message.signature }, text),
			judgement === 'next' ? tailAfter(message) : '',
		]);
		// It may have come another way meanwhile.
		if (!verified || closed || streams.judge(message) !== judgement) return;
		if (judgement === 'conflict') {
			const other = streams.messages(stream)[sequence - 1];
			if (other)
				end([
					{ ...other, key },
					{ ...message, key },
				]);
			return;
		}
		times.came(message, clock.epochMs(), writtenAfter(remote, message));
		take(message, tail);
		askAnew(remote);
		askWhileLacking(remote);
		if (isNews(remote, message)) news.push(message);
		if (isPresentStream(stream)) spread([stream], remote, compareMs);
		else {
			spread([stream], remote);
			introduceLater();
		}
	}

	async function admitFork(remote: Remote, fork: Fork): Promise<void> {
		const [one, other] = fork;
		const { stream, sequence } = one;
		const key = one.key ?? streams.keyOf(stream);
		const texts = fork.map((message) => signedText(room, message));
		const isProof = stream === other.stream && sequence === other.sequence && texts[0] !== texts[1];
		if (!isProof || !key || stream === incarnation || !streams.isWanted(stream) || streams.forkOf(stream))
			return;
		const checks = fork.map(({ signature }, index) =>
			ports.check({ incarnation: stream, key, signature }, texts[index] ?? ''),
		);
		const verified = (await Promise.all(checks)).every(Boolean);
		if (verified && !closed && streams.isWanted(stream)) {
			end([
				{ ...one, key },
				{ ...other, key },
			]);
			askAnew(remote);
		}
	}

	/** From now on nothing of that stream counts, here and wherever the proof comes. */
	function end(fork: Fork): void {
		const [{ stream }] = fork;
		if (streams.forkOf(stream)) return;
		streams.end(fork);
		log.rebuild();
		forked++;
		spread([stream]);
		introduceLater();
		showSoon();
	}

	function take(message: ChatMessage, tail: string): void {
		const more = streams.add(message, tail);
		log.insert(message);
		showSoon();
		if (message.introduces.length > 0) askIntroducer(message, more);
	}

	/** Who introduces a stream says that they hold it. The first to do so is asked at once, the others when that one did not answer. */
	function askIntroducer({ stream, introduces }: ChatMessage, more: string[]): void {
		const introducer = [...remotes.values()].find(({ end }) => end.incarnation === stream);
		if (!introducer) return spread(more);
		for (const [name, count] of introduces) {
			const { count: claimed = 0, tail = '' } = introducer.claimed.get(name) ?? {};
			claim(introducer, name, Math.max(count, claimed), count > claimed ? '' : tail);
		}
		if (more.length > 0) sendHave(introducer, true, more);
		askAnew(introducer);
		askWhileLacking(introducer);
	}

	async function tailAfter(message: ChatMessage): Promise<string> {
		const before = streams.tail(message.stream, message.sequence - 1);
		return (await ports.hash(before + signedText(room, message))).slice(0, chatTailLength);
	}

	/**
	 * When its author had not written it yet, by our clock. Through a channel that was open when they told where they stood it comes
	 * at once; what came another way may have waited since they told.
	 */
	function writtenAfter(from: Remote, { stream, sequence }: ChatMessage): number | null {
		const author = [...remotes.values()].find(({ end }) => end.incarnation === stream);
		if (!author?.told || sequence <= author.told.count) return null;
		return author === from && author.channelOpen && author.told.channelOpen
			? clock.epochMs()
			: author.told.at;
	}

	/** Before a participant has told where their stream stands, only what comes from themselves counts as news. */
	function isNews(from: Remote, { stream, sequence, text }: ChatMessage): boolean {
		const author = [...remotes.values()].find(({ end }) => end.incarnation === stream);
		if (!author || text === '') return false;
		return author.history === null ? author === from : sequence > author.history;
	}

	function dropped(remote: Remote): void {
		syncLater(remote, droppedPauseMs);
	}

	// ── Writing ─────────────────────────────────────────────────────────────────────────────────────

	function write(text: string, introduces: [string, number][]): void {
		const { id: author, name: authorName } = ports.self();
		const sentAt = Math.floor(clock.epochMs());
		const id = chatMessageId({ stream: incarnation, sequence: ownCount() + drafts.length + 1 });
		const entry: ChatEntry | null =
			text === ''
				? null
				: {
						...{ id, stream: incarnation, authorName, mine: true, text },
						...{ sentAt, shownAt: sentAt, state: 'waiting' },
					};
		drafts.push({ text, introduces, author, authorName, sentAt, entry });
		draftsTextLength += text.length;
		void signDrafts();
	}

	/** One after the other: each is numbered after the one before. */
	async function signDrafts(): Promise<void> {
		if (signing) return;
		signing = true;
		for (let draft = drafts[0]; draft && !closed; draft = drafts[0]) {
			const { author, authorName, sentAt, text, introduces } = draft;
			const sequence = ownCount() + 1;
			const order = log.nextOrder(incarnation);
			const unsigned = {
				author,
				authorName,
				stream: incarnation,
				sequence,
				order,
				sentAt,
				text,
				introduces,
			};
			let signature: string;
			try {
				signature = await ports.sign(signedText(room, unsigned));
			} catch {
				break; // This browser can't. It stays on the screen as one that waits.
			}
			const message: ChatMessage = { ...unsigned, signature };
			if (sequence === 1) message.key = ports.key;
			const tail = await tailAfter(message);
			if (closed) return;
			drafts.shift();
			draftsTextLength -= text.length;
			ownTextLength += text.length;
			if (text !== '') waiting.add(sequence);
			times.wrote(message);
			take(message, tail);
			for (const remote of remotes.values()) {
				void deliver(remote, { type: 'chat-messages', messages: [message] });
			}
			settleWhenAlone();
			if (text !== '') show();
		}
		signing = false;
	}

	/** Who is gone can no longer bring what they wrote to those who never met them. */
	function introduceLater(): void {
		if (cancelIntroduction || closed) return;
		const pauseMs = introductionPauseMs * introductions;
		const delayMs = Math.max(0, introducedAt + pauseMs - clock.now());
		cancelIntroduction = clock.after(delayMs, () => {
			cancelIntroduction = null;
			if (remotes.size === 0 || introductions >= introductionsMax || drafts.some(({ entry }) => !entry))
				return;
			if (ownCount() + drafts.length >= limits.streamMessagesMax) return;
			const introduces = nextIntroduction(streams, incarnation, isPresentStream, stays.of);
			if (introduces.length === 0) return;
			introductions++;
			introducedAt = clock.now();
			write('', introduces);
			// There may be more than one holds.
			introduceLater();
		});
	}

	return {
		get entries() {
			return entries;
		},

		get forked() {
			return forked;
		},

		send(typed) {
			const text = normaliseMessageText(typed);
			const max = limits.messageTextMax;
			if (text === '') return { ok: false, code: 'empty', max };
			if (text.length > max) return { ok: false, code: 'too-long', max };
			const isFull =
				ownCount() + drafts.length >= limits.streamMessagesMax ||
				ownTextLength + draftsTextLength + text.length > limits.streamTextMax;
			if (isFull) return { ok: false, code: 'too-many', max: limits.streamMessagesMax };
			write(text, []);
			show();
			return { ok: true };
		},

		setParticipants(ends) {
			const wanted = new Map(ends.map((end) => [end.id, end]));
			const gone: string[] = [];
			for (const [id, remote] of remotes) {
				if (wanted.get(id)?.incarnation === remote.end.incarnation) continue;
				remotes.delete(id);
				intake.forget(remote);
				endTimers(remote);
				gone.push(remote.end.incarnation);
				stays.ended(remote.end.incarnation, clock.now() - remote.metAt);
			}
			for (const end of wanted.values()) {
				if (remotes.has(end.id)) continue;
				const remote = newRemote(end, clock.now());
				remotes.set(end.id, remote);
				streams.meet(end.incarnation);
				syncLater(remote, channelWaitMs);
			}
			if (gone.length > 0) spread(gone);
			introduceLater();
			settleWhenAlone();
		},

		setChannel(id, open) {
			const remote = remotes.get(id);
			if (!remote || remote.channelOpen === open) return;
			remote.channelOpen = open;
			if (remote.told) remote.told.channelOpen = false;
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
				const isArriving = remote.timers.sync !== null && remote.about === null && remote.retries === 0;
				remote.retries = 0;
				if (!remote.channelOpen && !isArriving) sendHave(remote, false);
			}
		},

		textsMissed: (from) =>
			withRemote(from, (remote) => {
				if (!remote.channelOpen) dropped(remote);
			}),

		rows: {
			'chat-have': {
				rate: { perSecond: 3, burst: 30 },
				handle: (from, { streams, reply }) =>
					withRemote(from, (remote) => handleHave(remote, streams, reply)),
			},
			'chat-messages': {
				// Somebody who comes late to a long call gets its history in a burst, from everyone inside.
				rate: { perSecond: 12, burst: 60 },
				handle: (from, { messages }) => withRemote(from, (remote) => intake.add(remote, messages)),
			},
			'chat-fork': {
				rate: { perSecond: 1, burst: 20 },
				handle: (from, { messages }) => withRemote(from, (remote) => void admitFork(remote, messages)),
			},
		},

		dropped: (from) => withRemote(from, dropped),

		close() {
			closed = true;
			for (const remote of remotes.values()) endTimers(remote);
			remotes.clear();
			intake.close();
			cancelFrame?.();
			cancelIntroduction?.();
			waiting.clear();
		},
	};
}

function newRemote(end: RemoteEnd, metAt: number): Remote {
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

function endTimers({ timers }: Remote): void {
	timers.sync?.();
	timers.ask?.();
	timers.answer?.();
}
