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
	/** What the room's link gives. */
	keys: RoomKeys;
	/** Absent outside a secure context. */
	subtle: SubtleCrypto | undefined;
	/** The same for another secret of this room, for the same page load. */
	replaceKeys(secret: string): Promise<RoomKeys>;
	/** Whether this page load is one that may put others out. */
	mayReplaceSecret(incarnation: string): boolean;
	/** For two people to compare; `null` where their descriptions give none. Rejects when it can't be loaded. */
	safetyWords(room: string, ends: [DescribedEnd, DescribedEnd]): Promise<string[] | null>;
}

/** Bound to the room and to its secret. */
export interface RoomKeys {
	/** `null` where the link carries none. */
	secret: string | null;
	/** What this page load can prove, and check of others; `null` where the browser can't: then nobody is called. */
	trust: RoomTrust | null;
}
