/**
 * WebSockets at `/trpc`: who may open one, how many, how much they may send, and how long they may be silent. What is said
 * over them is tRPC's and the router's affair.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { limits, type ErrorCode } from '../lib/protocol';
import type { Caller, Callers } from './address';
import { guardCalls, refusedCall } from './call-guard';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { ConnectionCounts } from './connection-counts';
import { createFairShare } from './fair-share';
import type { MemoryBudget } from './memory-budget';
import type { Metrics } from './metrics';
import { isOriginAllowed, type ReportOrigin } from './origin';
import { createNetworkBuckets } from './network-buckets';
import { alsoLimited, createBucket } from './rate-limit';
import { otherErrorCost, type AppRouter } from './router';
import type { ReportError } from './report';
import type { SharedLimit, SharedLimits } from './shared-limit';
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
	callers: Callers;
	shared: SharedLimits;
	budget: MemoryBudget;
	counts: ConnectionCounts;
	metrics: Metrics;
	reportError: ReportError;
	reportOrigin: ReportOrigin;
}): WebSockets {
	const {
		router,
		origin,
		clock,
		tunables,
		callers,
		shared,
		budget,
		counts,
		metrics,
		reportError,
		reportOrigin,
	} = options;
	const arrivals = createNetworkBuckets(tunables.arrivals);
	const arrivalsOfAll = createFairShare(tunables.arrivalsOfAll);
	let asked = 0;
	let accepted = 0;
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
	let stopping = false;

	function accept(socket: WebSocket, caller: Caller, stream: Socket): void {
		const name = `socket-${(accepted += 1)}`;
		const memory = budget.open(name, () => socket.bufferedAmount);
		budget.own(name, caller.networks);
		const guards = guardSocket(socket, stream, {
			...{ clock, tunables, metrics, memory },
			mayReceive: (bytes) =>
				shared.frames.take(caller, name, 1, clock.now()).ok &&
				shared.frameBytes.take(caller, name, bytes, clock.now()).ok,
			// [L5] Whoever floods comes back: each time costs its address more than an arrival.
			onFlood: () => arrivals.charge(caller, tunables.floodCost, clock.now()),
		});
		const sharing = (limit: SharedLimit) => (cost: number, now: number) =>
			limit.take(caller, name, cost, now);
		const connection: Connection = {
			kind: 'websocket',
			...caller,
			bearerToken: null,
			membership: null,
			subscriptions: 0,
			messages: createBucket(tunables.messages),
			updates: createBucket(tunables.updates),
			joins: alsoLimited(createBucket(tunables.joins), sharing(shared.joins)),
			relayedBytes: alsoLimited(createBucket(tunables.relayedBytes), sharing(shared.relayedBytes)),
			...guards,
		};
		metrics.connectionOpened('websocket');
		socket.on('close', () => {
			memory.close();
			counts.release(caller);
			metrics.connectionClosed('websocket');
		});
		const serve = getWSConnectionHandler<AppRouter>({
			router,
			wss: server,
			experimental_encoder: guardCalls({
				callsPerFrame: tunables.callsPerBatch,
				take: (calls) => shared.calls.take(caller, name, calls, clock.now()),
				refuse(refusal) {
					metrics.refused('rate-limited');
					if (socket.readyState === socket.OPEN) socket.send(refusedCall(refusal));
					guards.rest();
					guards.handleError(refusal.isMutation ? 1 : otherErrorCost);
				},
			}),
			createContext: () => connection,
			onError: reportError,
		});
		serve(socket, requestWithoutContent(stream));
	}

	/** [L5] One who may be anyone is somebody else each time. */
	function mayArrive(caller: Caller): boolean {
		const now = clock.now();
		const member = caller.networks.at(-1)?.key ?? `arrival-${(asked += 1)}`;
		if (!arrivalsOfAll.ask(member, 1, now).ok || !arrivals.take(caller, 1, now).ok) return false;
		arrivalsOfAll.take(member, 1, now);
		return true;
	}

	function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Until `ws` takes the socket over, its errors are ours to swallow.
		const ignore = () => {};
		socket.on('error', ignore);
		const caller = callers.of(request);
		if (!URL.canParse(request.url ?? '', `http://${request.headers.host ?? ''}`)) {
			return refuseUpgrade(socket, 400, 'bad-input');
		}
		if (stopping) return refuseUpgrade(socket, 503, 'server-stopping');
		if (!isOriginAllowed(request.headers, origin)) {
			metrics.refused('origin-refused');
			reportOrigin(request.headers);
			return refuseUpgrade(socket, 403, 'origin-refused');
		}
		if (!mayArrive(caller) || !counts.take(caller)) {
			metrics.refused('rate-limited');
			return refuseUpgrade(socket, 429, 'rate-limited');
		}
		let isAccepted = false;
		// A handshake that `ws` refuses never becomes a connection.
		socket.once('close', () => {
			if (!isAccepted) counts.release(caller);
		});
		server.handleUpgrade(request, socket, head, (webSocket) => {
			isAccepted = true;
			socket.off('error', ignore);
			accept(webSocket, caller, request.socket);
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

/**
 * tRPC keeps the request for as long as the connection lasts, and reads of it whether parameters of the connection are to come. There are
 * none, and what a client sends is not kept.
 */
function requestWithoutContent(socket: Socket): IncomingMessage {
	return { url: '/trpc', headers: {}, socket } as IncomingMessage;
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
