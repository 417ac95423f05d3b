/**
 * Puts a call together from its real parts: this browser, this server, this room's secret.
 */
import { createCall } from '$lib/call/call';
import type { Call } from '$lib/call/call-api';
import type { CallPorts, RoomKeys } from '$lib/call/call-ports';
import { createMeshTransport } from '$lib/call/mesh/mesh-transport';
import type { Platform } from '$lib/platform/platform';
import { createTrpcSignaling } from '$lib/call/signaling/trpc-signaling';
import type { PageIdentity } from '$lib/e2ee/page-identity';
import { createRoomTrust } from '$lib/e2ee/room-trust';
import { untilLoaded } from '$lib/stores/until-loaded';

/** Makes the keys of a room, and this page load's own keys unless it has them: a few milliseconds. */
export async function openRoomKeys(
	room: string,
	secret: string | null,
	identity?: PageIdentity,
): Promise<RoomKeys> {
	// Absent outside a secure context.
	const subtle = crypto.subtle as SubtleCrypto | undefined;
	const trust = subtle ? await createRoomTrust(room, secret, subtle, identity).catch(() => null) : null;
	return { secret, trust };
}

export function buildCall(platform: Platform, room: string, keys: RoomKeys): Call {
	const signaling = createTrpcSignaling({
		clock: platform.clock,
		network: platform.network,
		randomBytes: platform.randomBytes,
		WebSocket,
		fetch: (input, init) => fetch(input, init),
		origin: location.origin,
	});
	return createCall(
		{
			platform,
			signaling,
			createTransport: (trust, events) => createMeshTransport(platform, trust, events),
			keys,
			subtle: crypto.subtle as SubtleCrypto | undefined,
			replaceKeys: (secret) => openRoomKeys(room, secret, keys.trust?.identity),
			// Nobody may, as long as rooms have no hosts.
			mayReplaceSecret: () => false,
			safetyWords: eventualWords,
		},
		room,
	);
}

/** The list of words and the code that uses it are loaded only when somebody asks. */
async function eventualWords(
	...[room, ends]: Parameters<CallPorts['safetyWords']>
): Promise<string[] | null> {
	const { safetyWordsOf } = await untilLoaded(() => import('$lib/e2ee/safety-words'));
	return safetyWordsOf(crypto.subtle, room, ends);
}
