/**
 * The addresses of the server that are not pages: health, metrics, and tRPC over HTTP and SSE for those who can't open
 * a WebSocket.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { limits, type ErrorCode } from '../lib/protocol';
import { addressOf, isCounted } from './address';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { ConnectionCounts } from './connection-counts';
import type { Metrics } from './metrics';
import { isOriginAllowed, type ReportOrigin } from './origin';
import { createKeyedBuckets } from './rate-limit';
import type { ReportError } from './report';
import type { RejoinTokens } from './rejoin-token';
import type { AppRouter } from './router';
import type { Tunables } from './tunables';

export interface HttpAddresses {
	/** False when the request is for somebody else: a page. */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	stop(): void;
}

export function createHttpAddresses(options: {
	router: AppRouter;
	origin: string | null;
	clock: Clock;
	tunables: Tunables;
	tokens: RejoinTokens;
	counts: ConnectionCounts;
	metrics: Metrics;
	reportError: ReportError;
	reportOrigin: ReportOrigin;
}): HttpAddresses {
	const { router, origin, clock, tunables, tokens, counts, metrics, reportError, reportOrigin } = options;
	// There is no connection to count by: sessions are counted by their token, others by their address.
	const messages = createKeyedBuckets(tunables.messages);
	const joins = createKeyedBuckets(tunables.joins);
	const relayedBytes = createKeyedBuckets(tunables.relayedBytes);
	const requests = createKeyedBuckets(tunables.requests);
	let stopping = false;

	/** [L9] False when the address has asked for too much. */
	function spend(request: IncomingMessage, cost: number): boolean {
		const address = addressOf(request);
		const now = clock.now();
		return !isCounted(address) || requests.of(address, now).take(cost, now).ok;
	}

	/** [L9] Not at once, and nothing of its body is read until then: who does not wait would be refused a thousand times a second. */
	function refuseLater(response: ServerResponse): void {
		const cancel = clock.after(tunables.refusalDelayMs, () => refuseRequest(response, 429, 'rate-limited'));
		response.once('close', cancel);
	}

	function connectionFor(request: IncomingMessage): Connection {
		const now = clock.now();
		const address = addressOf(request);
		const bearerToken = /^Bearer ([A-Za-z0-9._-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
		const tokenFits = bearerToken !== null && bearerToken.length <= limits.tokenMax;
		const key = (tokenFits ? tokens.verify(bearerToken, now)?.id : undefined) ?? address;
		return {
			kind: 'http',
			address,
			bearerToken: tokenFits ? bearerToken : null,
			membership: null,
			subscriptions: 0,
			messages: messages.of(key, now),
			joins: joins.of(key, now),
			relayedBytes: relayedBytes.of(key, now),
			heardAt: null,
			pageGoneAt: null,
			// Errors over HTTP are counted as the requests they answer.
			handleError: () => {},
			// The stream is pulled by its reader, so nothing is sent before the last has gone.
			drained: () => Promise.resolve(),
		};
	}

	const serveProcedure = createHTTPHandler<AppRouter>({
		router,
		basePath: '/trpc/',
		maxBodySize: limits.frameBytesMax,
		maxBatchSize: tunables.callsPerBatch,
		createContext: ({ req }) => connectionFor(req),
		onError: reportError,
	});

	function serveTrpc(request: IncomingMessage, response: ServerResponse): void {
		if (stopping) return refuseRequest(response, 503, 'server-stopping');
		if (!isOriginAllowed(request.headers, origin)) {
			metrics.refused('origin-refused');
			reportOrigin(request.headers);
			return refuseRequest(response, 403, 'origin-refused');
		}
		if (Number(request.headers['content-length'] ?? 0) > unreadBytes)
			return refuseRequest(response, 413, 'too-large');
		// There are no queries: whatever is fetched is a stream, whether or not it says that it accepts one.
		if (request.method === 'GET' && !openStream(addressOf(request), response)) {
			metrics.refused('rate-limited');
			return refuseRequest(response, 429, 'rate-limited');
		}
		response.setHeader('Cache-Control', 'no-store');
		serveProcedure(request, response);
	}

	/** False when the address has its fill of connections. */
	function openStream(address: string, response: ServerResponse): boolean {
		if (!counts.take(address)) return false;
		metrics.connectionOpened('sse');
		// [L8] A stream is written only as fast as it is read, so one that nobody reads fills no memory. It is cut all the same.
		let fullSince: number | null = null;
		const stop = clock.every(tunables.pingMs, () => {
			fullSince = response.writableNeedDrain ? (fullSince ?? clock.now()) : null;
			if (fullSince === null || clock.now() - fullSince < tunables.stuckMs) return;
			metrics.cut('backlog');
			response.destroy();
		});
		response.once('close', () => {
			stop();
			counts.release(address);
			metrics.connectionClosed('sse');
		});
		return true;
	}

	async function serveMetrics(response: ServerResponse): Promise<void> {
		const { contentType, text } = await metrics.render();
		response.setHeader('Content-Type', contentType);
		response.end(text);
	}

	return {
		handle(request, response) {
			const path = (request.url ?? '/').split('?', 1)[0];
			if (path === '/healthz') respond(response, 200, 'ok');
			else if (path === '/readyz') respond(response, stopping ? 503 : 200, stopping ? 'stopping' : 'ready');
			else if (path === '/metrics') void serveMetrics(response);
			else if (!spend(request, costOf(request, path))) {
				metrics.refused('rate-limited');
				refuseLater(response);
			} else if (path?.startsWith('/trpc/')) serveTrpc(request, response);
			else if (path === '/trpc') respond(response, 426, 'a WebSocket is spoken here');
			else return false;
			return true;
		},
		stop() {
			stopping = true;
		},
	};
}

/** Pages are made for each request; everything else but calls is a file with an extension. */
const pageCost = 10;

/** [L3] A body this large is not even read, so that its sender may see the connection end before the answer. */
const unreadBytes = 4 * limits.frameBytesMax;

/** Reading a body takes time, also of one that is then too large. */
const bytesPerCost = 16 * 1024;

function costOf({ headers }: IncomingMessage, path = '/'): number {
	const isPage = !path.startsWith('/trpc') && !/\.\w+$/.test(path);
	const bodyBytes = Number(headers['content-length'] ?? 0);
	return (isPage ? pageCost : 1) + Math.min(100, Math.ceil(bodyBytes / bytesPerCost) || 0);
}

function respond(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
	response.end(`${text}\n`);
}

/** In the shape of a tRPC error, so that its client reads the code. */
function refuseRequest(response: ServerResponse, status: number, code: ErrorCode): void {
	response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
	const data = { httpStatus: status, parley: { code } };
	response.end(JSON.stringify({ error: { code: -32600, message: code, data } }));
}
