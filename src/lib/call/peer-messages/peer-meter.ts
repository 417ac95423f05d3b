/**
 * How much each of the others may say to us, by kind: what goes beyond is not looked at. Chat mends itself, so a dropped text
 * costs its sender time and nobody else anything. Pure.
 */
import type { PeerMessage } from '../../protocol';
import { createBucket, type Bucket, type Rate } from '../../protocol/token-bucket';

type Kind = Exclude<PeerMessage['type'], 'receiver-constraints'>;

/** Texts of each kind. Somebody who comes late to a long call gets its history in a burst, from everyone inside. */
const texts: Record<Kind, Rate> = {
	'chat-messages': { perSecond: 12, burst: 60 },
	'chat-have': { perSecond: 3, burst: 30 },
	'chat-fork': { perSecond: 1, burst: 20 },
	'room-secret': { perSecond: 1, burst: 20 },
	name: { perSecond: 0.5, burst: 5 },
};
/** Of all kinds, before they are read: UTF-16 code units. */
const all: Rate = { perSecond: 64 * 1024, burst: 1024 * 1024 };
/** What reading a text costs at least, however short it is. */
const textLengthMin = 256;

export interface PeerMeter {
	/** Before a text is parsed. */
	admits(text: string, now: number): boolean;
	/** Once its kind is known. */
	admitsKind(kind: Kind, now: number): boolean;
}

export function createPeerMeter(): PeerMeter {
	const total = createBucket(all);
	const kinds = new Map<Kind, Bucket>();
	return {
		admits: (text, now) => total.take(Math.max(text.length, textLengthMin), now).ok,
		admitsKind(kind, now) {
			let bucket = kinds.get(kind);
			if (!bucket) kinds.set(kind, (bucket = createBucket(texts[kind])));
			return bucket.take(1, now).ok;
		},
	};
}
