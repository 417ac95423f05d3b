/**
 * A whole call, as a page builds it, over a real server: real signaling, trust and chat; fake devices and peer connections.
 * Its clock is moved by real time, since the server's is.
 */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { createCall } from '../../src/lib/call/call';
import type { Call } from '../../src/lib/call/call-api';
import type { CallPorts, RoomKeys } from '../../src/lib/call/call-ports';
import { createMeshTransport } from '../../src/lib/call/mesh/mesh-transport';
import { createTrpcSignaling } from '../../src/lib/call/signaling/trpc-signaling';
import { createRoomTrust } from '../../src/lib/e2ee/room-trust';
import { safetyWordsOf } from '../../src/lib/e2ee/safety-words';
import type { PageIdentity } from '../../src/lib/e2ee/page-identity';
import { FakeClock } from './fake-clock';
import { createFakeInternet, type FakeInternet } from './fake-peer-connection';
import { createFakePlatform, type FakePlatform } from './fake-platform';
import { seededRandom } from './random';

export interface WholeCall {
	call: Call;
	platform: FakePlatform;
	incarnation: string;
}

export interface CallWorld {
	internet: FakeInternet;
	/** Opens the room's page, not yet joined. */
	open(room: string, secret: string | null, ports?: Partial<CallPorts>): Promise<WholeCall>;
	close(): void;
}

const tickMs = 5;

export function createCallWorld(origin: string): CallWorld {
	const clock = new FakeClock();
	const random = seededRandom(1);
	const internet = createFakeInternet(clock, random);
	const calls: Call[] = [];
	let before = performance.now();
	const ticking = setInterval(() => {
		const now = performance.now();
		clock.advance(now - before);
		before = now;
	}, tickMs);

	async function keysOf(room: string, secret: string | null, identity?: PageIdentity): Promise<RoomKeys> {
		const { subtle } = globalThis.crypto;
		return {
			secret,
			trust: await createRoomTrust(room, secret, subtle, identity),
		};
	}

	return {
		internet,
		async open(room, secret, ports) {
			const platform = createFakePlatform({
				clock,
				random,
				createPeerConnection: (configuration) => internet.createPeerConnection(configuration),
			});
			// Seeded bytes would make everybody's secrets the same.
			platform.randomBytes = (length) => randomBytes(length);
			const keys = await keysOf(room, secret);
			const signaling = createTrpcSignaling({
				clock,
				network: platform.network,
				randomBytes: platform.randomBytes,
				WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
				fetch: (input, init) => fetch(input, init),
				origin,
			});
			const call = createCall(
				{
					...{ platform, signaling, keys, subtle: globalThis.crypto.subtle, mayReplaceSecret: () => false },
					createTransport: (trust, events) => createMeshTransport(platform, trust, events),
					safetyWords: (...asked) => safetyWordsOf(globalThis.crypto.subtle, ...asked),
					replaceKeys: (next) => keysOf(room, next, keys.trust?.identity),
					...ports,
				},
				room,
			);
			calls.push(call);
			return { call, platform, incarnation: keys.trust?.identity.incarnation ?? '' };
		},
		close() {
			for (const call of calls) call.dispose();
			clearInterval(ticking);
		},
	};
}
