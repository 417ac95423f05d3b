/**
 * One connection to the server: a WebSocket, or HTTP with server-sent events where a proxy refuses the upgrade.
 * Opens once and reports its loss once; trying again is `trpc-signaling.ts`'s business.
 */
import { createTRPCClient, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '../../server/router';
import type { Clock, Unsubscribe } from './platform';
import { createSocketLink } from './trpc-socket-link';

export interface Connection {
	readonly kind: 'websocket' | 'http';
	readonly client: TRPCClient<AppRouter>;
	/** Is lost when nothing answers soon. */
	check(): void;
	close(): void;
}

export interface ConnectionPorts {
	clock: Clock;
	WebSocket: typeof WebSocket;
	fetch: typeof fetch;
	/** Where the server is, such as `https://parley.example`. */
	origin: string;
}

/** The rejoin token, read at each request: over HTTP every request has to say whose it is. */
export type ReadToken = () => string | null;

/** How long a WebSocket may take to open before HTTP is tried: longer than a slow phone needs, shorter than patience. */
const openTimeoutMs = 5_000;
/**
 * A connection that says nothing for so long, though asked, is half open: asked to close it waits for a handshake that never comes,
 * and the close event is half a minute away.
 */
const liveness = { askEveryMs: 2_000, silenceMs: 5_000, checkedSilenceMs: 1_000 };

/**
 * Opens a connection. Rejects when the server can't be reached either way. `lost` is called at most once, and never
 * after `close()`.
 */
export async function openConnection(
	ports: ConnectionPorts,
	readToken: ReadToken,
	lost: () => void,
	signal: AbortSignal,
): Promise<Connection> {
	const socket = await openWebSocket(ports, lost, signal);
	if (socket) return socket;
	signal.throwIfAborted();
	// A server that answers plain HTTP while refusing the upgrade sits behind a proxy; one that answers neither is away, and one
	// that is not ready is about to be.
	const health = await ports.fetch(`${ports.origin}/readyz`, {
		cache: 'no-store',
		signal: AbortSignal.any([signal, AbortSignal.timeout(openTimeoutMs)]),
	});
	if (!health.ok) throw new Error(`the server answered ${health.status}`);
	const { openHttpConnection } = await import('./trpc-http-connection');
	signal.throwIfAborted();
	return openHttpConnection(ports, readToken, lost);
}

/** `null` when it could not be opened. */
function openWebSocket(
	{ clock, WebSocket, origin }: ConnectionPorts,
	lost: () => void,
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
				// Whoever lets go of a lost connection ends what they listened to, which nobody needs to be told any more.
				if (state === 'open') socket.send(text);
			},
		});
		let heardAt = 0;
		let messagesHeard = 0;
		let stopAsking: Unsubscribe = () => {};
		let cancelCheck: Unsubscribe = () => {};

		const release = () => {
			state = 'closed';
			cancelTimeout();
			stopAsking();
			cancelCheck();
			signal.removeEventListener('abort', finish);
			socket.close();
			failCalls();
		};
		const finish = () => {
			const before = state;
			if (before === 'closed') return;
			state = 'closed';
			// Whoever held the connection lets go of it before its calls fail.
			if (before === 'open') lost();
			else resolve(null);
			release();
		};
		const ask = () => {
			if (clock.now() - heardAt > liveness.silenceMs) finish();
			else socket.send('PING');
		};
		const check = () => {
			cancelCheck();
			const before = messagesHeard;
			socket.send('PING');
			cancelCheck = clock.after(liveness.checkedSilenceMs, () => messagesHeard === before && finish());
		};

		socket.addEventListener('open', () => {
			if (state !== 'opening') return;
			state = 'open';
			cancelTimeout();
			signal.removeEventListener('abort', finish);
			heardAt = clock.now();
			stopAsking = clock.every(liveness.askEveryMs, ask);
			const client = createTRPCClient<AppRouter>({ links: [link] });
			resolve({ kind: 'websocket', client, check, close: release });
		});
		socket.addEventListener('message', ({ data }) => {
			heardAt = clock.now();
			messagesHeard++;
			handleFrame(String(data));
		});
		socket.addEventListener('close', finish);
		socket.addEventListener('error', finish);
		const cancelTimeout = clock.after(openTimeoutMs, finish);
		signal.addEventListener('abort', finish);
	});
}
