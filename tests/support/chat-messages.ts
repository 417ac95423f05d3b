/** Chat messages as a test needs them: signed by whom it says, holding what it says. */
import { signedText, type ChatMessage } from '../../src/lib/protocol/peer/chat';
import { room } from './chat-world';
import type { FakeIdentity } from './fake-identity';

export type Draft = Partial<ChatMessage>;

export const forgedSignature = 'A'.repeat(86);

/** Orders that no conversation has led to. */
export const counterLies = [
	500,
	10_000,
	2 ** 31 - 1,
	2 ** 31,
	Number.MAX_SAFE_INTEGER - 1,
	Number.MAX_SAFE_INTEGER,
] as const;

/** Not signed. */
export function messageFrom({ incarnation, key }: FakeIdentity, change: Draft = {}): ChatMessage {
	const sequence = change.sequence ?? 1;
	return {
		author: `author-of-${incarnation.slice(0, 8)}`,
		authorName: 'Ann',
		sequence,
		order: sequence,
		sentAt: 0,
		text: `${incarnation.slice(0, 4)} ${sequence}`,
		introduces: [],
		signature: forgedSignature,
		...(sequence === 1 ? { key } : {}),
		...change,
		stream: incarnation,
	};
}

export async function signMessage(identity: FakeIdentity, change: Draft = {}): Promise<ChatMessage> {
	const message = messageFrom(identity, change);
	return { ...message, signature: await identity.sign(signedText(room, message)) };
}
