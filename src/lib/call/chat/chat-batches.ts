/** Groups messages into batches, each small enough for one peer message over either carrier. */
import { batchMessagesMax, type ChatMessage } from '../../protocol/peer/chat';
import { peerMessageBytesMax } from '../../protocol/peer/peer-message';

/** Room that each peer message needs for its own JSON, in bytes. */
const envelopeBytes = 100;

export function batches(messages: readonly ChatMessage[]): ChatMessage[][] {
	const encoder = new TextEncoder();
	const result: ChatMessage[][] = [];
	let left = 0;
	for (const message of messages) {
		const bytes = encoder.encode(JSON.stringify(message)).length + 1;
		const last = result.at(-1);
		if (last && bytes <= left && last.length < batchMessagesMax) {
			last.push(message);
			left -= bytes;
		} else {
			result.push([message]);
			left = peerMessageBytesMax - envelopeBytes - bytes;
		}
	}
	return result;
}
