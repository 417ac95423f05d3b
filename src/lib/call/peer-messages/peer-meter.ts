/**
 * How much each of the others may say to us, in all and of each type: what exceeds it is ignored. Chat repairs itself, so a dropped text
 * costs its sender time and nobody else anything. Pure.
 */
import type { PeerMessageType } from '../../protocol/peer/peer-message';
import { createBucket, type Bucket, type Rate } from '../../protocol/token-bucket';

/** For all types together, before they are parsed, in UTF-16 code units. */
const all: Rate = { perSecond: 64 * 1024, burst: 1024 * 1024 };
/** What each text costs at least, however short it is. */
const textLengthMin = 256;

export interface PeerMeter {
	/** Call it before a text is parsed. */
	admits(text: string, now: number): boolean;
	/** Call it once the type is known. The rate of a type is always the same. */
	admitsType(type: PeerMessageType, rate: Rate, now: number): boolean;
}

export function createPeerMeter(): PeerMeter {
	const total = createBucket(all);
	const types = new Map<PeerMessageType, Bucket>();
	return {
		admits: (text, now) => total.take(Math.max(text.length, textLengthMin), now).ok,
		admitsType(type, rate, now) {
			let bucket = types.get(type);
			if (!bucket) types.set(type, (bucket = createBucket(rate)));
			return bucket.take(1, now).ok;
		},
	};
}
