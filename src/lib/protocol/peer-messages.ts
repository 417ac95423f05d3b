/**
 * What two browsers say to each other: over their data channel, or sealed through the server's relay
 * while no channel is open. Both carry the same messages, one JSON text each.
 *
 * Whatever passes these schemas is passed on to others, so they refuse all that could not be sent again: a
 * number that JSON would not keep, a text that grows too long when it is escaped.
 */
import * as v from 'valibot';
import { limits } from './limits';
import { incarnationSchema, signatureEntries, participantIdSchema } from './messages';
import { normaliseParticipantName } from './participant-name';

/** The largest sequence number and Lamport order. Far from what a call reaches, and short when written out. */
export const counterMax = 2 ** 31 - 1;

/** The latest moment a `Date` can hold, in milliseconds since the epoch. */
const sentAtMax = 8.64e15;

/** Chat messages in one peer message. */
export const batchMessagesMax = 100;

/**
 * One peer message as JSON, in UTF-8 bytes, as sent. Sealed it grows by 29 bytes and then by a third, and still fits
 * `limits.sealedMax`.
 */
export const peerMessageBytesMax = 22_000;

/** What a receiver will look at, in UTF-16 code units: room for newer senders, none for floods. */
const peerTextMax = 65_536;

// Controls other than tab and line feed. Each would take six bytes in JSON, and none means anything in a chat.
const controls = /[^\P{Cc}\t\n]/gu;
const loneSurrogates = /\p{Surrogate}/gu;
const invisible = /^[\s\p{Cf}]*$/u;

/**
 * A chat message's text as it travels: line feeds only, no control characters, well-formed, nothing after the last
 * visible character. Empty when nothing can be seen of it.
 */
export function normaliseMessageText(typed: string): string {
	const text = typed
		.replace(/\r\n?/g, '\n')
		.replace(controls, '')
		.replace(loneSurrogates, '\ufffd')
		.trimEnd();
	return invisible.test(text) ? '' : text;
}

const counter = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(counterMax));

/**
 * One chat message. `stream` is the author's page load, `sequence` counts their messages in it from 1, and the
 * two together are the message's identity. `order` is a Lamport counter: a reply sorts after what it answers,
 * whatever the clocks say.
 */
const chatMessageSchema = v.pipe(
	v.object({
		/** Always `<stream>.<sequence>`. */
		id: v.string(),
		author: participantIdSchema,
		authorName: v.pipe(
			v.string(),
			v.minLength(1),
			v.maxLength(limits.nameMax),
			v.check((name) => normaliseParticipantName(name) === name),
		),
		stream: incarnationSchema,
		sequence: counter,
		order: counter,
		/** When it was written, by the author's clock, in milliseconds since the epoch. Shown, never sorted by. */
		sentAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(sentAtMax)),
		text: v.pipe(
			v.string(),
			v.minLength(1),
			v.maxLength(limits.messageTextMax),
			v.check((text) => normaliseMessageText(text) === text),
		),
	}),
	v.check((message) => message.id === chatMessageId(message.stream, message.sequence)),
);
export type ChatMessage = v.InferOutput<typeof chatMessageSchema>;

export function chatMessageId(stream: string, sequence: number): string {
	return `${stream}.${sequence}`;
}

/** Closed, ascending, apart from each other. */
const rangesSchema = v.pipe(
	v.array(v.tuple([counter, counter])),
	v.check((ranges) => {
		let last = 0;
		return ranges.every(([from, to]) => {
			const ascends = last < from && from <= to;
			last = to;
			return ascends;
		});
	}),
);

/** For each stream, the closed ranges of sequence numbers that are held, ascending: `{s: [[1, 4], [6, 6]]}`. */
const chatDigestSchema = v.record(incarnationSchema, rangesSchema);
export type ChatDigest = v.InferOutput<typeof chatDigestSchema>;

/** Bits a second. Whoever asks for less than a voice needs would silence it. */
const bitrate = v.pipe(v.number(), v.integer(), v.minValue(6_000), v.maxValue(100_000_000));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384));

/** How a picture is shown: its box in device pixels, and what it may cost, in bits a second; `null` where nothing is set. */
const pictureConstraintSchema = v.object({
	width: pixels,
	height: pixels,
	bitrateMaxBps: v.optional(v.nullable(bitrate), null),
});
export type PictureConstraint = v.InferOutput<typeof pictureConstraintSchema>;

/** What a receiver makes of what it is sent. A picture that is not shown is `null`, and need not be sent. */
const receiverConstraintsSchema = v.object({
	type: v.literal('receiver-constraints'),
	camera: v.nullable(pictureConstraintSchema),
	screen: v.nullable(pictureConstraintSchema),
	voiceBitrateMaxBps: v.optional(v.nullable(bitrate), null),
});
export type ReceiverConstraints = Omit<v.InferOutput<typeof receiverConstraintsSchema>, 'type'>;

/** A room and all its seats: more than that nobody can name. */
export const secretReplacementStaysMax = 100;

/** The secret that replaces the room's, for those who stay. Over a data channel only. */
const secretReplacementSchema = v.object({
	type: v.literal('room-secret'),
	/** The link's own secret is generation 0. */
	generation: counter,
	secret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)),
	/** The page load that replaces it, with its key and signature. */
	author: incarnationSchema,
	...signatureEntries,
	/** The page loads that it is for. */
	stays: v.pipe(v.array(incarnationSchema), v.maxLength(secretReplacementStaysMax)),
});
export type SecretReplacement = v.InferOutput<typeof secretReplacementSchema>;

const peerMessageSchema = v.variant('type', [
	/**
	 * "This is what I hold." The answer is what the sender lacks and, when it names something the receiver lacks, a
	 * `chat-have` of the receiver's own with `reply` set, which is not answered by another.
	 */
	v.object({ type: v.literal('chat-have'), digest: chatDigestSchema, reply: v.optional(v.boolean(), false) }),
	v.object({
		type: v.literal('chat-messages'),
		messages: v.pipe(v.array(chatMessageSchema), v.maxLength(batchMessagesMax)),
	}),
	receiverConstraintsSchema,
	secretReplacementSchema,
]);
export type PeerMessage = v.InferOutput<typeof peerMessageSchema>;
export type ChatPeerMessage = Extract<PeerMessage, { type: `chat-${string}` }>;

/** The message in a text from another browser, or `null` for anything that is none. */
export function parsePeerMessage(text: string): PeerMessage | null {
	if (text.length > peerTextMax) return null;
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	const parsed = v.safeParse(peerMessageSchema, value);
	return parsed.success ? parsed.output : null;
}
