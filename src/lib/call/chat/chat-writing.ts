/**
 * Messages written here: kept within what the others take from one page load, shown while they wait for a signature, and signed one after
 * the other, because each number follows the one before. Does not know who gets them.
 */
import { limits, type ParticipantId } from '../../protocol';
import { chatMessageId, normaliseMessageText, signedText, type ChatMessage } from '../../protocol/peer/chat';
import type { Clock } from '../../platform/platform';
import type { ChatEntry, SendMessageResult } from './chat-state';

export interface ChatAuthor {
	/** Our page load, which is also the stream of what is written here. */
	incarnation: string;
	/** Its public key. */
	key: string;
	/** Signs with its private key. May reject where the browser can't sign; the message then waits for ever. */
	sign(text: string): Promise<string>;
	/** Read for each message: the name may change, and so may the id after a seat was lost. */
	self(): { id: ParticipantId; name: string };
}

export interface ChatWritingPort extends ChatAuthor {
	clock: Clock;
	room: string;
	/** How many of our own messages are held. */
	ownCount(): number;
	/** The order that puts the next message after everything seen. */
	nextOrder(): number;
	/** The tail of our stream once this message is at the end. */
	tailAfter(message: ChatMessage): Promise<string>;
	isClosed(): boolean;
	/** The message is signed and the next of our stream. */
	written(message: ChatMessage, tail: string): void;
}

export interface ChatWriting {
	/** Shown as entries, in the order in which they were written. */
	drafts(): readonly ChatEntry[];
	/** Whether we may write one more message that introduces streams of others: at most one may wait for its signature. */
	mayIntroduce(): boolean;
	introduce(streams: [string, number][]): void;
	write(typed: string): SendMessageResult;
}

/** Not signed yet. */
interface Draft {
	text: string;
	introduces: [string, number][];
	author: ParticipantId;
	authorName: string;
	sentAt: number;
	/** `null` for an introduction: it is not shown. */
	entry: ChatEntry | null;
}

export function createChatWriting(port: ChatWritingPort): ChatWriting {
	const { clock, room, incarnation } = port;
	/** In the order in which they were written. */
	const drafts: Draft[] = [];
	let draftsTextLength = 0;
	let ownTextLength = 0;
	let signing = false;

	const isFull = () => port.ownCount() + drafts.length >= limits.streamMessagesMax;

	function add(text: string, introduces: [string, number][]): void {
		const { id: author, name: authorName } = port.self();
		const sentAt = Math.floor(clock.epochMs());
		const id = chatMessageId({ stream: incarnation, sequence: port.ownCount() + drafts.length + 1 });
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

	async function signDrafts(): Promise<void> {
		if (signing) return;
		signing = true;
		for (let draft = drafts[0]; draft && !port.isClosed(); draft = drafts[0]) {
			const { author, authorName, sentAt, text, introduces } = draft;
			const content = { author, authorName, sentAt, text, introduces };
			const sequence = port.ownCount() + 1;
			const unsigned = { ...content, stream: incarnation, sequence, order: port.nextOrder() };
			let signature: string;
			try {
				signature = await port.sign(signedText(room, unsigned));
			} catch {
				break; // This browser can't sign. The message stays on the screen as waiting.
			}
			const message: ChatMessage = { ...unsigned, signature };
			if (sequence === 1) message.key = port.key;
			const tail = await port.tailAfter(message);
			if (port.isClosed()) return;
			drafts.shift();
			draftsTextLength -= text.length;
			ownTextLength += text.length;
			port.written(message, tail);
		}
		signing = false;
	}

	return {
		drafts: () => drafts.flatMap(({ entry }) => entry ?? []),
		mayIntroduce: () => !isFull() && drafts.every(({ entry }) => entry !== null),
		introduce: (streams) => add('', streams),
		write(typed) {
			const text = normaliseMessageText(typed);
			const max = limits.messageTextMax;
			if (text === '') return { ok: false, code: 'empty', max };
			if (text.length > max) return { ok: false, code: 'too-long', max };
			if (isFull() || ownTextLength + draftsTextLength + text.length > limits.streamTextMax) {
				return { ok: false, code: 'too-many', max: limits.streamMessagesMax };
			}
			add(text, []);
			return { ok: true };
		},
	};
}
