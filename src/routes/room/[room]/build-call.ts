/**
 * Puts a call together from its real parts: this browser, this server, this room's secret.
 */
import { createCall } from '$lib/call/call';
import type { Call } from '$lib/call/call-api';
import type { Platform } from '$lib/call/platform';
import { createTrpcSignaling } from '$lib/call/trpc-signaling';
import { createSealer, type Sealer } from '$lib/e2ee/seal';

export function buildCall(platform: Platform, room: string, secret: string | null): Call {
	const signaling = createTrpcSignaling({
		clock: platform.clock,
		network: platform.network,
		randomBytes: platform.randomBytes,
		WebSocket,
		fetch: (input, init) => fetch(input, init),
		origin: location.origin,
	});
	return createCall({ platform, signaling, sealer: eventualSealer(platform, room, secret) }, room);
}

/** Deriving the key takes a moment that nobody has to wait for: the first relayed message does. */
function eventualSealer(platform: Platform, room: string, secret: string | null): Sealer {
	const ready = createSealer(room, secret, {
		subtle: crypto.subtle as SubtleCrypto | undefined,
		randomBytes: platform.randomBytes,
	});
	return {
		sealed: secret !== null,
		seal: async (text, route) => (await ready).seal(text, route),
		open: async (sealed, route) => (await ready).open(sealed, route),
	};
}
