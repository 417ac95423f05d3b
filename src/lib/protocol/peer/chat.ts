/**
 * Chat between two browsers: signed messages in streams, and what each side says it holds of them ([C1] to [C9] of `docs/PROTOCOL.md`).
 *
 * Whatever passes these schemas is passed on to others, so they refuse everything that could not be sent again: a number that JSON would not
 * keep, a text that grows too long when it is escaped. Signatures are checked elsewhere.
 */
import * as v from 'valibot';
import { limits } from '../limits';
import { incarnationSchema, participantIdSchema } from '../messages';
import { spokenNameSchema } from './name';
import { wholeNumber } from './whole-number';

/** The latest moment a `Date` can hold, in milliseconds since the epoch. */
const sentAtMax = 8.64e15;

/** Chat messages in one peer message. */
export const batchMessagesMax = 100;

/** Streams in one introduction. */
export const introducesMax = 64;

/** Base64url characters that stand for the contents of a stream up to one of its messages: 96 bits of SHA-256. */
export const chatTailLength = 16;
/** Takes the place of a tail, for a stream with two contents under one sequence number. */
export const forkedTail = 'forked';

/** Streams in one `chat-have`, which stays within `peerMessageBytesMax` with this many. */
export const holdingsMax = 300;

// Controls other than tab and line feed. Each would take six bytes in JSON, and none has a meaning in a chat.
const controls = /[^\P{Cc}\t\n]/gu;
const loneSurrogates = /\p{Surrogate}/gu;
const invisible = /^[\s\p{Cf}]*$/u;

/**
 * A chat message's text as it is sent: line feeds only, no control characters, well-formed, nothing after the last visible character. Empty if
 * nothing in it is visible.
 */
export function normaliseMessageText(typed: string): string {
	const text = typed
		.replace(/\r\n?/g, '\n')
		.replace(controls, '')
		.replace(loneSurrogates, '\ufffd')
		.trimEnd();
	return invisible.test(text) ? '' : text;
}

const characters = (length: number) => v.pipe(v.string(), v.regex(new RegExp(`^[\\w-]{${length}}$`)));

/** A number of messages of a stream, up to its bound. */
const countSchema = wholeNumber(0, limits.streamMessagesMax);

/**
 * One entry in an author's stream: a chat message, or an introduction of other streams. `stream` is the author's page load, and
 * `sequence` counts the entries in it from 1, without a gap; the two together are its identity. `order` is a Lamport counter:
 * a reply sorts after what it answers, whatever the clocks say.
 */
const chatMessageSchema = v.pipe(
	v.object({
		author: participantIdSchema,
		authorName: spokenNameSchema,
		stream: incarnationSchema,
		sequence: wholeNumber(1, limits.streamMessagesMax),
		order: wholeNumber(1, Number.MAX_SAFE_INTEGER),
		/** When it was written, by the author's clock, in milliseconds since the epoch. It is shown, but never used for sorting. */
		sentAt: wholeNumber(0, sentAtMax),
		/** Empty in an introduction. */
		text: v.pipe(
			v.string(),
			v.maxLength(limits.messageTextMax),
			v.check((text) => normaliseMessageText(text) === text),
		),
		/** Streams the author holds, and how many messages of each: "whoever met me may take these". */
		introduces: v.optional(
			v.pipe(v.array(v.tuple([incarnationSchema, countSchema])), v.maxLength(introducesMax)),
			[],
		),
		/** The stream's key signs `signedText`. */
		signature: characters(86),
		/** The stream's public key. Sent with the first message of a stream, and whenever the receiver may not have that one. */
		key: v.optional(characters(87)),
	}),
	v.check(({ text, introduces }) => (text === '') !== (introduces.length === 0)),
	v.check(({ sequence, key }) => sequence > 1 || key !== undefined),
);
export type ChatMessage = v.InferOutput<typeof chatMessageSchema>;

export function chatMessageId({ stream, sequence }: Pick<ChatMessage, 'stream' | 'sequence'>): string {
	return `${stream}.${sequence}`;
}

/** The text that is signed: everything a message says, and the room it is said in. It is JSON, so that no two messages give the same text. */
export function signedText(room: string, message: Omit<ChatMessage, 'signature' | 'key'>): string {
	const { author, authorName, stream, sequence, order, sentAt, text, introduces } = message;
	return JSON.stringify([
		'parley chat v1',
		room,
		author,
		authorName,
		stream,
		sequence,
		order,
		sentAt,
		text,
		introduces,
	]);
}

/**
 * What is held of one stream: its first `count` messages, the chained digest of their contents (`tail`), and how many would be accepted. A stream
 * known to be forked is `[stream, 0, forkedTail, limit]`.
 */
const holdingSchema = v.tuple([
	incarnationSchema,
	countSchema,
	v.pipe(v.string(), v.maxLength(chatTailLength)),
	countSchema,
]);
export type ChatHolding = v.InferOutput<typeof holdingSchema>;

/**
 * "This is what I hold of these streams, and I would take more of them." The answer is what the sender lacks and, if it names something the
 * receiver lacks, a `chat-have` from the receiver with `reply` set, which gets no `chat-have` in return. Nothing is said about streams that are
 * not named.
 */
export const chatHaveSchema = v.object({
	type: v.literal('chat-have'),
	streams: v.pipe(v.array(holdingSchema), v.maxLength(holdingsMax)),
	reply: v.optional(v.boolean(), false),
});

export const chatMessagesSchema = v.object({
	type: v.literal('chat-messages'),
	messages: v.pipe(v.array(chatMessageSchema), v.maxLength(batchMessagesMax)),
});

/** Two contents that one author signed under one sequence number: the proof that ends a stream. */
export const chatForkSchema = v.object({
	type: v.literal('chat-fork'),
	messages: v.tuple([chatMessageSchema, chatMessageSchema]),
});
