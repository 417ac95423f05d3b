/**
 * Keeps the chat log the same for everyone: sends what is written here, asks for what is missing, answers others who ask. Uses two
 * carriers, a participant's data channel and the server's relay, and doesn't know how either works or that the relay is sealed.
 *
 * It rests on one idea: whenever something may have been lost (a channel opened or closed, somebody arrived, signaling came back, a send
 * was refused, an author left), say what we hold. Nothing is acknowledged or queued; the log is the queue. Messages from others are checked
 * one at a time, the participants in turn, and shown once a frame.
 *
 * This file puts the parts together, one for each of these tasks, and says what each event leads to.
 */
import type { ParticipantId } from '../../protocol';
import { chatTailLength, signedText, type ChatMessage } from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import type { PeerFeature } from '../peer-messages/peer-feature';
import type { PeerRows } from '../peer-messages/peer-table';
import { createChatAdmission, type CheckSignature } from './chat-admission';
import { createChatAnswers } from './chat-answers';
import { createChatClaims } from './chat-claims';
import { createChatDelivery, type ChatCarriers } from './chat-delivery';
import { createChatIntake } from './chat-intake';
import { createChatIntroducer } from './chat-introducer';
import { nextIntroduction } from './chat-introductions';
import { createChatLog } from './chat-log';
import { authorOf, endTimers, isNews, notWrittenAt, updateRemotes, type Remote } from './chat-remote';
import type { ChatEntry, SendMessageResult } from './chat-state';
import { createStays } from './chat-stays';
import { createChatStreams, type Fork } from './chat-streams';
import { createChatTimes } from './chat-times';
import { createChatView } from './chat-view';
import { createChatWriting, type ChatAuthor } from './chat-writing';
import type { Clock } from '../../platform/platform';

/** How long a data channel may take to open, or to come back, before the relay is used to catch up. */
const channelWaitMs = 2_000;
/** How long we wait to pass on a message whose author is here: they send it to everybody themselves, but may not have done so. */
const compareMs = 3_000;
/** How long we wait to say what we hold after we dropped something of theirs because it was too much at once. */
const droppedPauseMs = 5_000;

export interface ChatSyncPorts extends ChatAuthor, ChatCarriers {
	clock: Clock;
	room: string;
	check: CheckSignature;
	/** SHA-256 in base64url. */
	hash(text: string): Promise<string>;
	/** `entries` has changed. Unchanged entries are the same objects as before. */
	onChange(entries: readonly ChatEntry[]): void;
	/** Others' messages written since we met them: these are worth announcing, while history is not. */
	onNews(entries: readonly ChatEntry[]): void;
}

export interface ChatSync extends Required<PeerFeature> {
	readonly entries: readonly ChatEntry[];
	/** How many authors have said different things to different people. Nothing they wrote is shown. */
	readonly forked: number;
	/** Adds a message of our own and sends it to everyone present. */
	send(typed: string): SendMessageResult;
	/** Handlers for the chat messages of the others. */
	readonly rows: ChatRows;
}

export type ChatRows = PeerRows<ChatPeerMessage['type']>;

export function createChatSync(ports: ChatSyncPorts): ChatSync {
	const { clock, incarnation: own, room, onChange, onNews } = ports;
	const remotes = new Map<ParticipantId, Remote>();
	const streams = createChatStreams(room);
	const log = createChatLog(streams);
	const times = createChatTimes(() => ports.self().id);
	const stays = createStays();
	let forked = 0;
	let signalingUp = false;
	let closed = false;

	streams.meet(own);

	const isPresentStream = (stream: string) => authorOf(remotes, stream) !== undefined;
	const ownCount = () => streams.messages(own).length;
	const isClosed = () => closed;

	const view = createChatView({ clock, own, log, times, onChange, onNews, drafts: () => writing.drafts() });
	const delivery = createChatDelivery({
		...{ clock, remotes, holding: streams.holding },
		sendDirect: ports.sendDirect,
		sendRelay: ports.sendRelay,
		isSignalingUp: () => signalingUp,
		taken: () => [own, ...streams.wanted()],
		sent(message) {
			if (message.type !== 'chat-messages') return;
			view.markSent(message.messages.flatMap(({ stream, sequence }) => (stream === own ? sequence : [])));
		},
	});
	const answer = createChatAnswers({ clock, own, remotes, streams, deliver: delivery.deliver });
	const claims = createChatClaims({
		...{ clock, own, remotes, streams, delivery },
		answer: (remote) => void answer(remote),
		reached: view.markSentUpTo,
	});
	const admission = createChatAdmission<Remote>({
		...{ room, own, streams, tailAfter, isClosed, admitted },
		check: ports.check,
		later: claims.askWhileLacking,
		forked: end,
	});
	const intake = createChatIntake<Remote>(
		(remote, message) => {
			claims.handleWritten(remote, message);
			return admission.admit(remote, message);
		},
		(remote) => dropped(remote),
	);
	const writing = createChatWriting({
		...{ clock, room, incarnation: own, key: ports.key, ownCount, tailAfter, isClosed, written },
		sign: ports.sign,
		self: ports.self,
		nextOrder: () => log.nextOrder(own),
	});
	const introducer = createChatIntroducer({
		clock,
		mayIntroduce: () => remotes.size > 0 && writing.mayIntroduce(),
		next: () => nextIntroduction(streams, own, isPresentStream, stays.of),
		introduce: writing.introduce,
	});

	function withRemote(id: ParticipantId, action: (remote: Remote) => void): void {
		const remote = remotes.get(id);
		if (remote) action(remote);
	}

	async function tailAfter(message: ChatMessage): Promise<string> {
		const before = streams.tail(message.stream, message.sequence - 1);
		return (await ports.hash(before + signedText(room, message))).slice(0, chatTailLength);
	}

	/**
	 * While we are alone, a message counts as sent: there is nobody to wait for, and whoever comes gets it from the log. While signaling is
	 * lost, we can't know that we are alone.
	 */
	function settleWhenAlone(): void {
		if (signalingUp && remotes.size === 0) view.markSentUpTo(Infinity);
	}

	/** Takes a message that is verified and the next of its stream. */
	function take(message: ChatMessage, tail: string): void {
		const more = streams.add(message, tail);
		log.insert(message);
		view.showSoon();
		if (message.introduces.length > 0) claims.handleIntroduction(message, more);
	}

	/** Takes a new message of our own. */
	function written(message: ChatMessage, tail: string): void {
		if (message.text !== '') view.addWaiting(message.sequence);
		times.wrote(message);
		take(message, tail);
		for (const remote of remotes.values()) {
			void delivery.deliver(remote, { type: 'chat-messages', messages: [message] });
		}
		settleWhenAlone();
		if (message.text !== '') view.show();
	}

	/** Takes a message of somebody else, which came from its author or from a third participant. */
	function admitted(remote: Remote, message: ChatMessage, tail: string): void {
		const author = authorOf(remotes, message.stream);
		times.came(message, clock.epochMs(), notWrittenAt(author, remote, message, clock.epochMs()));
		take(message, tail);
		claims.waitAfresh(remote);
		claims.askWhileLacking(remote);
		if (isNews(author, remote, message)) view.addNews(message);
		if (author) delivery.spread([message.stream], remote, compareMs);
		else {
			delivery.spread([message.stream], remote);
			introducer.introduceLater();
		}
	}

	/** From now on nothing of that stream counts, here and wherever else the proof arrives. */
	function end(fork: Fork): void {
		const [{ stream }] = fork;
		if (streams.forkOf(stream)) return;
		streams.end(fork);
		log.rebuild();
		forked++;
		delivery.spread([stream]);
		introducer.introduceLater();
		view.showSoon();
	}

	async function handleFork(remote: Remote, fork: Fork): Promise<void> {
		if (await admission.admitFork(fork)) claims.waitAfresh(remote);
	}

	function dropped(remote: Remote): void {
		delivery.tellLater(remote, droppedPauseMs);
	}

	return {
		get entries() {
			return view.entries;
		},

		get forked() {
			return forked;
		},

		send(typed) {
			const result = writing.write(typed);
			if (result.ok) view.show();
			return result;
		},

		setParticipants(ends) {
			const { gone, come } = updateRemotes(remotes, ends, clock.now());
			for (const remote of gone) {
				intake.forget(remote);
				stays.ended(remote.end.incarnation, clock.now() - remote.metAt);
			}
			for (const remote of come) {
				streams.meet(remote.end.incarnation);
				delivery.tellLater(remote, channelWaitMs);
			}
			if (gone.length > 0) delivery.spread(gone.map(({ end }) => end.incarnation));
			introducer.introduceLater();
			settleWhenAlone();
		},

		setChannel({ id }, open) {
			const remote = remotes.get(id);
			if (!remote || remote.channelOpen === open) return;
			remote.channelOpen = open;
			if (remote.told) remote.told.channelOpen = false;
			if (open) delivery.tell(remote, false);
			else delivery.tellLater(remote, channelWaitMs);
		},

		signalingLost() {
			signalingUp = false;
		},

		signalingResumed() {
			signalingUp = true;
			settleWhenAlone();
			for (const remote of remotes.values()) {
				// We wait for a channel that may still open in time.
				const isArriving = remote.timers.sync !== null && remote.about === null && remote.retries === 0;
				remote.retries = 0;
				if (!remote.channelOpen && !isArriving) delivery.tell(remote, false);
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
					withRemote(from, (remote) => claims.handleHave(remote, streams, reply)),
			},
			'chat-messages': {
				// Somebody who joins a long call late gets its history in a burst, from everyone inside.
				rate: { perSecond: 12, burst: 60 },
				handle: (from, { messages }) => withRemote(from, (remote) => intake.add(remote, messages)),
			},
			'chat-fork': {
				rate: { perSecond: 1, burst: 20 },
				handle: (from, { messages }) => withRemote(from, (remote) => void handleFork(remote, messages)),
			},
		},

		dropped: (from) => withRemote(from, dropped),

		close() {
			closed = true;
			for (const remote of remotes.values()) endTimers(remote);
			remotes.clear();
			intake.close();
			view.close();
			introducer.close();
		},
	};
}
