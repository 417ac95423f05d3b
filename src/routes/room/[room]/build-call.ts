/**
 * Puts a call together from its real parts: this browser, this server, this room's secret.
 */
import { createCall } from '$lib/call/call';
import type { Call } from '$lib/call/call-api';
import type { Platform } from '$lib/call/platform';
import { createTrpcSignaling } from '$lib/call/trpc-signaling';
import { createRoomTrust, type RoomTrust } from '$lib/e2ee/room-trust';
import type { Sealer } from '$lib/e2ee/seal';

export interface RoomKeys {
	secret: string | null;
	/** `null` outside a secure context. */
	trust: RoomTrust | null;
}

/** Makes this page load's key, and those of the room: a few milliseconds. */
export async function openRoomKeys(room: string, secret: string | null): Promise<RoomKeys> {
	const subtle = crypto.subtle as SubtleCrypto | undefined;
	const trust = subtle ? await createRoomTrust(room, secret, subtle).catch(() => null) : null;
	return { secret, trust };
}

export function buildCall(platform: Platform, room: string, { secret, trust }: RoomKeys): Call {
	const signaling = createTrpcSignaling({
		clock: platform.clock,
		network: platform.network,
		randomBytes: platform.randomBytes,
		WebSocket,
		fetch: (input, init) => fetch(input, init),
		origin: location.origin,
	});
	return createCall({ platform, signaling, trust, sealer: eventualSealer(platform, room, secret) }, room);
}

/** Loading what seals, and deriving the key, take a moment that nobody has to wait for: the first relayed message does. */
function eventualSealer(platform: Platform, room: string, secret: string | null): Sealer {
	let loading: Promise<Sealer> | null = null;

	async function load(): Promise<Sealer> {
		const { createSealer } = await import('$lib/e2ee/seal');
		return createSealer(room, secret, {
			subtle: crypto.subtle as SubtleCrypto | undefined,
			randomBytes: platform.randomBytes,
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
