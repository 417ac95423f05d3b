/**
 * Lets in what the others sent once it is verified: a message that its author signed and that is next in its stream, or the proof that an
 * author said two different things. Reports the result at once, and checks first that it still holds.
 */
import { signedText, type ChatMessage } from '../../protocol/peer/chat';
import type { ChatStreams, Fork } from './chat-streams';

/** Whether this page load signed it. Never rejects. */
export type CheckSignature = (
	signed: { incarnation: string; key: string; signature: string },
	text: string,
) => Promise<boolean>;

export interface ChatAdmissionPort<From> {
	room: string;
	/** Our own stream: nobody else writes in it. */
	own: string;
	streams: ChatStreams;
	check: CheckSignature;
	/** The tail of its stream once this message is at the end. */
	tailAfter(message: ChatMessage): Promise<string>;
	isClosed(): boolean;
	/** An earlier message of the same stream is missing. */
	later(from: From): void;
	/** The message is verified and the next of its stream. */
	admitted(from: From, message: ChatMessage, tail: string): void;
	/** Both messages are verified and contradict each other. */
	forked(fork: Fork): void;
}

export interface ChatAdmission<From> {
	admit(from: From, message: ChatMessage): Promise<void>;
	/** Resolves true if it is a proof and one that we did not know. */
	admitFork(fork: Fork): Promise<boolean>;
}

export function createChatAdmission<From>(port: ChatAdmissionPort<From>): ChatAdmission<From> {
	const { room, own, streams, check } = port;

	return {
		async admit(from, message) {
			const { stream, sequence } = message;
			const judgement = stream === own ? 'unwanted' : streams.judge(message);
			if (judgement === 'later') port.later(from);
			if (judgement !== 'next' && judgement !== 'conflict') return;
			const key = streams.keyOf(stream) ?? message.key;
			if (key === undefined) return;
			const [verified, tail] = await Promise.all([
				check({ incarnation: stream, key, signature: message.signature }, signedText(room, message)),
				judgement === 'next' ? port.tailAfter(message) : '',
			]);
			// Meanwhile it may have come another way.
			if (!verified || port.isClosed() || streams.judge(message) !== judgement) return;
			if (judgement === 'next') return port.admitted(from, message, tail);
			const other = streams.messages(stream)[sequence - 1];
			if (other) port.forked(withKey([other, message], key));
		},

		async admitFork(fork) {
			const [one, other] = fork;
			const { stream, sequence } = one;
			const key = one.key ?? streams.keyOf(stream);
			const texts = fork.map((message) => signedText(room, message));
			const isProof = stream === other.stream && sequence === other.sequence && texts[0] !== texts[1];
			const isNews = () => streams.isWanted(stream) && !streams.forkOf(stream);
			if (!isProof || !key || stream === own || !isNews()) return false;
			const checks = fork.map(({ signature }, index) =>
				check({ incarnation: stream, key, signature }, texts[index] ?? ''),
			);
			const verified = (await Promise.all(checks)).every(Boolean);
			if (!verified || port.isClosed() || !isNews()) return false;
			port.forked(withKey(fork, key));
			return true;
		},
	};
}

/** Whoever gets the proof may not have any message of that stream, and so not its key. */
function withKey([one, other]: Fork, key: string): Fork {
	return [
		{ ...one, key },
		{ ...other, key },
	];
}
