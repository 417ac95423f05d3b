/**
 * WebSockets at `/trpc`: who may open one, how many, how much they may send, and how long they may be silent. What is said
 * over them is left to tRPC and the router.
 */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { limits, type ErrorCode } from '../lib/protocol';
import type { Caller, Callers } from './address';
import { guardCalls } from './call-guard';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { ConnectionCounts } from './connection-counts';
import { createFairShare } from './fair-share';
import type { MemoryBudget } from './memory-budget';
import type { Metrics } from './metrics';
import { isOriginAllowed, type ReportOrigin } from './origin';
import { createNetworkBuckets } from './network-buckets';
import { alsoLimited, createBucket } from './rate-limit';
import type { AppRouter } from './router';
import type { ReportError } from './report';
import type { SharedLimit, SharedLimits } from './shared-limit';
import { guardSocket } from './socket-guards';
import type { Tunables } from './tunables';
import type { Frame, Line, Turns } from './turns';

/** How long a client has to answer a close before its socket is destroyed. The types of `ws` lack this option. */
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
	turns: Turns;
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
		turns,
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
		// The memory that a message takes as it trickles in depends on its number of pieces, not on its length.
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
		const charge = (calls: number) => shared.calls.charge(caller, name, calls, clock.now());
		const line = turns.open(caller.networks[0]?.key ?? name, {
			mayGo() {
				const now = clock.now();
				let asked = shared.calls.ask(caller, name, 1, now);
				if (asked.ok) asked = shared.frameBytes.ask(caller, name, 1, now);
				if (!asked.ok) metrics.held();
				return asked;
			},
			hold: (held) => (held ? socket.pause() : socket.resume()),
		});
		const guards = guardSocket(socket, stream, {
			...{ clock, tunables, metrics, memory, line },
			mayReceive(bytes) {
				const now = clock.now();
				shared.frameBytes.charge(caller, name, bytes, now);
				return shared.frames.take(caller, name, 1, now).ok;
			},
			// [L5] Clients that flood come back, so each time costs their address more than an arrival.
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
			charge,
			handleError(cost) {
				// It takes as long as a call.
				charge(1);
				guards.handleError(cost);
			},
		};
		metrics.connectionOpened('websocket');
		const calls = guardCalls({
			callsPerFrame: tunables.callsPerBatch,
			count: () => charge(1),
		});
		const heard = inTurns(socket, stream, line, calls.takeApart);
		heard.once('close', () => {
			memory.close();
			counts.release(caller);
			metrics.connectionClosed('websocket');
		});
		const serve = getWSConnectionHandler<AppRouter>({
			router,
			wss: server,
			experimental_encoder: calls,
			createContext: () => connection,
			onError: reportError,
		});
		serve(heard, requestWithoutContent(stream));
	}

	/** [L5] A caller who could be anyone counts as somebody new each time. */
	function mayArrive(caller: Caller): boolean {
		const now = clock.now();
		const member = caller.networks.at(-1)?.key ?? `arrival-${(asked += 1)}`;
		if (!arrivalsOfAll.ask(member, 1, now).ok || !arrivals.take(caller, 1, now).ok) return false;
		arrivalsOfAll.take(member, 1, now);
		return true;
	}

	function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Until `ws` takes over the socket, we have to catch its errors.
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
 * The socket as tRPC sees it. Its messages arrive when their turn in `line` comes, and the calls of a batch one by one. Its end comes after
 * them, because the last message may be the one that leaves the room.
 */
function inTurns(
	socket: WebSocket,
	stream: Socket,
	line: Pick<Line, 'add' | 'end'>,
	takeApart: (text: string) => string[] | null,
): WebSocket {
	const heard = new EventEmitter();
	const hear = (data: RawData, isBinary: boolean) => {
		gatherAnswers(stream);
		heard.emit('message', data, isBinary);
	};
	const callOf = (text: string): Frame => ({
		bytes: text.length,
		handle: () => hear(Buffer.from(text), false),
	});
	socket.on('message', (data, isBinary) =>
		line.add({
			bytes: lengthOf(data),
			handle() {
				const calls = isBinary ? null : takeApart(textOf(data));
				if (calls) return calls.map(callOf);
				hear(data, isBinary);
			},
		}),
	);
	socket.on('close', (...how) => line.end(() => heard.emit('close', ...how)));
	socket.on('error', (cause) => heard.listenerCount('error') > 0 && heard.emit('error', cause));
	const used: Partial<WebSocket> = {
		get readyState() {
			return socket.readyState;
		},
		send: socket.send.bind(socket),
		close: socket.close.bind(socket),
		on: heard.on.bind(heard) as unknown as WebSocket['on'],
		once: heard.once.bind(heard) as unknown as WebSocket['once'],
	};
	return used as WebSocket;
}

/** `ws` types allow other forms too, but it gives buffers unless configured otherwise. */
const lengthOf = (data: RawData) => (data as Buffer).length;
const textOf = (data: RawData) => (data as Buffer).toString();

/** Sends all answers to a frame in one piece, because handing each to the system is most of what small answers cost. */
function gatherAnswers(stream: Socket): void {
	stream.cork();
	setImmediate(() => stream.uncork());
}

/**
 * tRPC keeps the request for as long as the connection lasts, to see whether connection parameters will follow. None will, so it gets an
 * empty request, and what a client sends is not kept.
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
