/** What a call is built from: this browser, this server, this room's link. `build-call.ts` has the real ones. */
import type { RoomTrust } from '../e2ee/room-trust';
import type { DescribedEnd } from '../e2ee/safety-words';
import type { Platform } from '../platform/platform';
import type { Signaling } from './signaling/signaling';
import type { CreateTransport } from './transport/transport';

export interface CallPorts {
	platform: Platform;
	signaling: Signaling;
	createTransport: CreateTransport;
	/** The keys that the room's link leads to. */
	keys: RoomKeys;
	/** Absent outside a secure context. */
	subtle: SubtleCrypto | undefined;
	/** The same keys for another secret of this room, with the identity of this page load unchanged. */
	replaceKeys(secret: string): Promise<RoomKeys>;
	/** Whether this page load may remove others from the room. */
	mayReplaceSecret(incarnation: string): boolean;
	/** Words for two people to compare; `null` where their descriptions give none. Rejects when the code can't be loaded. */
	safetyWords(room: string, ends: [DescribedEnd, DescribedEnd]): Promise<string[] | null>;
}

/** The keys belong to one room and one secret. */
export interface RoomKeys {
	/** `null` where the link has no secret. */
	secret: string | null;
	/** What this page load can prove about itself and check about others. `null` where the browser can't, and then nobody is called. */
	trust: RoomTrust | null;
}
