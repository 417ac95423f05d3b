/**
 * What two browsers say to each other: over their data channel, or sealed through the server's relay while no channel is open. Both carry the
 * same messages, each as one JSON text. A new type needs a schema in a file beside this one, a line here, and a handler in the table
 * (`call/messaging.ts`).
 *
 * What one transport says to the other is separate (`receiver-constraints.ts`), because it is never relayed.
 */
import * as v from 'valibot';
import { parseJson } from '../parse-json';
import { chatForkSchema, chatHaveSchema, chatMessagesSchema } from './chat';
import { nameMessageSchema } from './name';
import { secretReplacementSchema } from './room-secret';

/** The largest peer message as JSON, in UTF-8 bytes, as sent. Sealing adds 29 bytes and then a third, and the result still fits `limits.sealedMax`. */
export const peerMessageBytesMax = 22_000;

/** The longest text that a receiver reads, in UTF-16 code units: room for newer senders, none for floods. */
const peerTextMax = 65_536;

const peerMessageSchema = v.variant('type', [
	chatHaveSchema,
	chatMessagesSchema,
	chatForkSchema,
	nameMessageSchema,
	secretReplacementSchema,
]);
export type PeerMessage = v.InferOutput<typeof peerMessageSchema>;
export type PeerMessageType = PeerMessage['type'];
export type PeerMessageOf<Type extends PeerMessageType> = Extract<PeerMessage, { type: Type }>;
export type ChatPeerMessage = PeerMessageOf<Extract<PeerMessageType, `chat-${string}`>>;

/** The message in a text from another browser; `null` if it is none, or of a type that is not known here. */
export function parsePeerMessage(text: string): PeerMessage | null {
	return text.length > peerTextMax ? null : parseJson(peerMessageSchema, text);
}
