/**
 * Puts a call together from its real parts: this browser, this server, this room's secret.
 */
import { createCall, type CallPorts, type RoomKeys } from '$lib/call/call';
import type { Call } from '$lib/call/call-api';
import type { Platform } from '$lib/call/platform';
import { createTrpcSignaling } from '$lib/call/trpc-signaling';
import type { PageIdentity } from '$lib/e2ee/page-identity';
import { createRoomTrust } from '$lib/e2ee/room-trust';
import type { Sealer } from '$lib/e2ee/seal';

/** Makes the keys of a room, and this page load's own unless it has one: a few milliseconds. */
export async function openRoomKeys(
	room: string,
	secret: string | null,
	identity?: PageIdentity,
): Promise<RoomKeys> {
	// Absent outside a secure context.
	const subtle = crypto.subtle as SubtleCrypto | undefined;
	const trust = subtle ? await createRoomTrust(room, secret, subtle, identity).catch(() => null) : null;
	return { secret, trust, sealer: eventualSealer(room, secret) };
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
			keys,
			replaceKeys: (secret) => openRoomKeys(room, secret, keys.trust?.identity),
			// Nobody, as long as a room has no hosts.
			mayReplaceSecret: () => false,
			safetyWords: eventualWords,
		},
		room,
	);
}

/** Loading what seals, and deriving the key, take a moment that nobody has to wait for: the first relayed message does. */
function eventualSealer(room: string, secret: string | null): Sealer {
	let loading: Promise<Sealer> | null = null;

	async function load(): Promise<Sealer> {
		const { createSealer } = await import('$lib/e2ee/seal');
		return createSealer(room, secret, {
			subtle: crypto.subtle as SubtleCrypto | undefined,
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
		});
	}

	/** `null` when it could not be loaded; the next message tries again. */
	function loaded(): Promise<Sealer | null> {
		loading ??= load();
		return loading.catch(() => (loading = null));
	}

	return {
		sealed: secret !== null,
		seal: async (text, route) => (await loaded())?.seal(text, route) ?? null,
		open: async (sealed, route) => (await loaded())?.open(sealed, route) ?? null,
	};
}

/** The list of words, and what makes them, wait until somebody asks. */
async function eventualWords(
	...[room, ends]: Parameters<CallPorts['safetyWords']>
): Promise<string[] | null> {
	const { safetyWordsOf } = await import('$lib/e2ee/safety-words');
	return safetyWordsOf(crypto.subtle, room, ends);
}
