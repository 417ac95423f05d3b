/**
 * WebSockets at `/trpc`: who may open one, how many, how much they may send, and how long they may be silent. What is said
 * over them is tRPC's and the router's affair.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { limits, type ErrorCode } from '../lib/protocol';
import { addressOf, isCounted } from './address';
import { boundedJson } from './bounded-json';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { ConnectionCounts } from './connection-counts';
import type { Metrics } from './metrics';
import { isOriginAllowed, type ReportOrigin } from './origin';
import { createBucket, createKeyedBuckets } from './rate-limit';
import type { AppRouter } from './router';
import type { ReportError } from './report';
import { guardSocket } from './socket-guards';
import type { Tunables } from './tunables';

/** What a client gets to answer a close before its socket is destroyed. The types of `ws` don't know it yet. */
const closing = { closeTimeout: 1_000 };

export interface WebSockets {
	/** Takes an upgrade request for `/trpc`. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Closes every socket with 1012, "service restart", and cuts those that do not answer. */
	stop(): void;
}

export function createWebSockets(options: {
	router: AppRouter;
	origin: string | null;
	clock: Clock;
	tunables: Tunables;
	counts: ConnectionCounts;
	metrics: Metrics;
	reportError: ReportError;
	reportOrigin: ReportOrigin;
}): WebSockets {
	const { router, origin, clock, tunables, counts, metrics, reportError, reportOrigin } = options;
	const connections = new WeakMap<WebSocket, Connection>();
	const arrivals = createKeyedBuckets(tunables.arrivals);
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: limits.frameBytesMax,
		// A message that trickles in costs memory by its pieces, not by its length.
		maxBufferedChunks: 4_096,
		maxFragments: 1_024,
		perMessageDeflate: false,
		clientTracking: true,
		...closing,
	});
	const serve = getWSConnectionHandler<AppRouter>({
		router,
		wss: server,
		experimental_encoder: boundedJson(tunables.callsPerBatch),
		createContext({ res }) {
			const connection = connections.get(res);
			if (!connection) throw new Error('a WebSocket without a connection');
			return connection;
		},
		onError: reportError,
	});
	let stopping = false;

	function accept(socket: WebSocket, address: string, request: IncomingMessage): void {
		const guards = guardSocket(socket, request.socket, {
			...{ clock, tunables, metrics },
			// [L5] Whoever floods comes back: each time costs its address more than an arrival.
			onFlood: () => arrivals.of(address, clock.now()).charge(tunables.floodCost, clock.now()),
		});
		connections.set(socket, {
			kind: 'websocket',
			address,
			bearerToken: null,
			membership: null,
			subscriptions: 0,
			messages: createBucket(tunables.messages),
			joins: createBucket(tunables.joins),
			relayedBytes: createBucket(tunables.relayedBytes),
			...guards,
		});
		metrics.connectionOpened('websocket');
		socket.on('close', () => {
			counts.release(address);
			metrics.connectionClosed('websocket');
		});
		serve(socket, request);
	}

	function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Until `ws` takes the socket over, its errors are ours to swallow.
		const ignore = () => {};
		socket.on('error', ignore);
		const address = addressOf(request);
		// tRPC parses the address again, and throws where it can't.
		if (!URL.canParse(request.url ?? '', `http://${request.headers.host ?? ''}`)) {
			return refuseUpgrade(socket, 400, 'bad-input');
		}
		if (stopping) return refuseUpgrade(socket, 503, 'server-stopping');
		if (!isOriginAllowed(request.headers, origin)) {
			metrics.refused('origin-refused');
			reportOrigin(request.headers);
			return refuseUpgrade(socket, 403, 'origin-refused');
		}
		const arrival = isCounted(address)
			? arrivals.of(address, clock.now()).take(1, clock.now())
			: { ok: true };
		if (!arrival.ok || !counts.take(address)) {
			metrics.refused('rate-limited');
			return refuseUpgrade(socket, 429, 'rate-limited');
		}
		let accepted = false;
		// A handshake that `ws` refuses never becomes a connection.
		socket.once('close', () => {
			if (!accepted) counts.release(address);
		});
		server.handleUpgrade(request, socket, head, (webSocket) => {
			accepted = true;
			socket.off('error', ignore);
			accept(webSocket, address, request);
		});
	}

	return {
		upgrade,
		stop() {
			stopping = true;
			for (const socket of server.clients) socket.close(1012, 'server-stopping');
			clock.after(tunables.stopMs / 2, () => {
				for (const socket of server.clients) socket.terminate();
			});
		},
	};
}

function refuseUpgrade(socket: Duplex, status: 400 | 403 | 429 | 503, code: ErrorCode): void {
	const reasons = {
		400: 'Bad Request',
		403: 'Forbidden',
		429: 'Too Many Requests',
		503: 'Service Unavailable',
	};
	const head = `HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Type: text/plain`;
	socket.end(`${head}\r\nContent-Length: ${code.length}\r\n\r\n${code}`);
}
