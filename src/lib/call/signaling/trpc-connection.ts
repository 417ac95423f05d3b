/**
 * One connection to the server: a WebSocket, or HTTP with server-sent events if a proxy refuses the upgrade. Opens once and reports its
 * loss once; `trpc-signaling.ts` tries again.
 */
import { createTRPCClient } from '@trpc/client';
import type { AppRouter } from '../../../server/router';
import type { Connection, ConnectionLost, ConnectionPorts, ReadToken } from './connection';
import { createLiveness, type Liveness } from './socket-liveness';
import { checkReady } from './trpc-answer';
import { createSocketLink } from './trpc-socket-link';

/** How long a WebSocket may take to open before HTTP is tried: longer than a slow phone needs, and not so long that people give up. */
const openTimeoutMs = 5_000;

/**
 * Opens a connection. Rejects if the server can't be reached either way; `obstacleOf` tells from the error what stands in the way, if
 * anything does. `lost` is called at most once, and never after `close()`.
 */
export async function openConnection(
	ports: ConnectionPorts,
	readToken: ReadToken,
	lost: ConnectionLost,
	signal: AbortSignal,
): Promise<Connection> {
	const socket = await openWebSocket(ports, lost, signal);
	if (socket) return socket;
	signal.throwIfAborted();
	// A browser does not say why no WebSocket opened. If plain HTTP is answered, it may be a proxy without WebSockets, or a refusal that
	// holds for everything else as well. If it isn't, the server is away; a server that is not ready will be soon.
	const health = await ports.fetch(`${ports.origin}/readyz`, {
		...{ cache: 'no-store', redirect: 'manual' },
		signal: AbortSignal.any([signal, AbortSignal.timeout(openTimeoutMs)]),
	});
	await checkReady(health);
	const { openHttpConnection } = await import('./trpc-http-connection');
	signal.throwIfAborted();
	return openHttpConnection(ports, readToken, lost, signal);
}

/** `null` when it could not be opened. */
function openWebSocket(
	{ clock, WebSocket, origin }: ConnectionPorts,
	lost: ConnectionLost,
	signal: AbortSignal,
): Promise<Connection | null> {
	return new Promise((resolve) => {
		const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/trpc`);
		let state: 'opening' | 'open' | 'closed' = 'opening';
		const {
			link,
			handleFrame,
			close: failCalls,
		} = createSocketLink({
			send(text) {
				// A caller that drops a lost connection also ends its subscriptions, and nobody needs to be told of that any more.
				if (state === 'open') socket.send(text);
			},
		});
		let liveness: Liveness | null = null;

		const release = () => {
			state = 'closed';
			cancelTimeout();
			liveness?.close();
			signal.removeEventListener('abort', finish);
			socket.close();
			failCalls();
		};
		const finish = () => {
			const before = state;
			if (before === 'closed') return;
			state = 'closed';
			// The holder of the connection drops it before its calls fail.
			if (before === 'open') lost(null);
			else resolve(null);
			release();
		};

		socket.addEventListener('open', () => {
			if (state !== 'opening') return;
			state = 'open';
			cancelTimeout();
			signal.removeEventListener('abort', finish);
			const { suspect } = (liveness = createLiveness(clock, {
				probe: () => socket.send('PING'),
				silent: finish,
			}));
			const client = createTRPCClient<AppRouter>({ links: [link] });
			resolve({ kind: 'websocket', client, check: suspect, close: release });
		});
		socket.addEventListener('message', ({ data }) => {
			liveness?.hear();
			handleFrame(String(data));
		});
		socket.addEventListener('close', finish);
		socket.addEventListener('error', finish);
		const cancelTimeout = clock.after(openTimeoutMs, finish);
		signal.addEventListener('abort', finish);
	});
}
