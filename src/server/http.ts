/**
 * What the server answers besides pages: health, metrics, and tRPC over HTTP and SSE for clients that can't open
 * a WebSocket.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { limits, type ErrorCode } from '../lib/protocol';
import type { Caller, Callers } from './address';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { ConnectionCounts } from './connection-counts';
import { createFairShare } from './fair-share';
import type { Metrics } from './metrics';
import { metricsAnswer, type MetricsAnswer, type MetricsSettings } from './metrics-access';
import { createNetworkBuckets } from './network-buckets';
import { isOriginAllowed, type ReportOrigin } from './origin';
import { alsoLimited, createKeyedBuckets } from './rate-limit';
import { refuse } from './refusal';
import type { ReportError } from './report';
import type { RejoinTokens } from './rejoin-token';
import type { AppRouter } from './router';
import type { SharedLimit, SharedLimits } from './shared-limit';
import type { Tunables } from './tunables';
import type { Turns } from './turns';

export interface HttpAddresses {
	/** False when the request is for a page, which is somebody else's. */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	/** A request on the port that is for metrics alone. */
	handleMetrics(request: IncomingMessage, response: ServerResponse): void;
	stop(): void;
}

export function createHttpAddresses(options: {
	router: AppRouter;
	origin: string | null;
	clock: Clock;
	tunables: Tunables;
	tokens: RejoinTokens;
	callers: Callers;
	shared: SharedLimits;
	turns: Turns;
	metricsSettings: MetricsSettings;
	counts: ConnectionCounts;
	metrics: Metrics;
	reportError: ReportError;
	reportOrigin: ReportOrigin;
}): HttpAddresses {
	const { router, origin, clock, tunables, tokens, callers, shared, turns, metricsSettings } = options;
	const { counts, metrics, reportError, reportOrigin } = options;
	// There is no connection to count by, so sessions are counted by their token and others by their address.
	const messages = createKeyedBuckets(tunables.messages);
	const updates = createKeyedBuckets(tunables.updates);
	const joins = createKeyedBuckets(tunables.joins);
	const relayedBytes = createKeyedBuckets(tunables.relayedBytes);
	const requests = createNetworkBuckets(tunables.requests);
	const requestsOfAll = createFairShare(tunables.requestsOfAll);
	const probes = createNetworkBuckets(tunables.probes);
	let asked = 0;
	let stopping = false;

	/** [L9] False when the address has asked for too much, or when all together have, and it for the most. */
	function spend(request: IncomingMessage, cost: number): boolean {
		const { address, networks } = callers.of(request);
		const now = clock.now();
		const widest = networks.at(-1)?.key ?? address;
		if (!requests.take({ address, networks }, cost, now).ok) return false;
		if (!requestsOfAll.ask(widest, cost, now).ok) return false;
		requestsOfAll.take(widest, cost, now);
		return true;
	}

	/** Counted separately, so that a server that refuses pages does not look dead to whoever probes it. */
	function spendOnProbe(request: IncomingMessage): boolean {
		return probes.take(callers.of(request), 1, clock.now()).ok;
	}

	/** [L9] Refuses after a delay and reads none of the body until then. Otherwise an impatient client would be refused a thousand times a second. */
	function refuseLater(response: ServerResponse): void {
		// At random, because all that are refused together would come back together.
		const delayMs = tunables.refusalDelayMs * (0.5 + Math.random() / 2);
		const cancel = clock.after(delayMs, () => refuseRequest(response, 429, 'rate-limited'));
		response.once('close', cancel);
	}

	function connectionFor(request: IncomingMessage): Connection {
		const now = clock.now();
		const caller = callers.of(request);
		const bearerToken = /^Bearer ([A-Za-z0-9._-]+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
		const tokenFits = bearerToken !== null && bearerToken.length <= limits.tokenMax;
		const key = (tokenFits ? tokens.verify(bearerToken, clock.epochMs())?.id : undefined) ?? caller.address;
		const sharing = (limit: SharedLimit) => (cost: number) => limit.take(caller, key, cost, clock.now());
		return {
			kind: 'http',
			...caller,
			bearerToken: tokenFits ? bearerToken : null,
			membership: null,
			subscriptions: 0,
			messages: messages.of(key, now),
			updates: updates.of(key, now),
			joins: alsoLimited(joins.of(key, now), sharing(shared.joins)),
			relayedBytes: alsoLimited(relayedBytes.of(key, now), sharing(shared.relayedBytes)),
			heardAt: null,
			pageGoneAt: null,
			charge: (calls) => shared.calls.charge(caller, memberOf(caller), calls, clock.now()),
			// Over HTTP an error costs what its request has cost already.
			handleError: () => {},
			// The reader pulls the stream, so nothing is sent before the previous event has gone.
			drained: () => Promise.resolve(),
		};
	}

	const serveProcedure = createHTTPHandler<AppRouter>({
		router,
		basePath: '/trpc/',
		maxBodySize: limits.frameBytesMax,
		maxBatchSize: tunables.callsPerRequest,
		// [H4] Subscriptions by POST.
		allowMethodOverride: true,
		createContext({ req, res, info }) {
			// A batch carries no streams.
			const isStream = info.type === 'subscription' && !info.isBatchCall;
			if (!isStream || openStream(callers.of(req), res)) return connectionFor(req);
			res.setHeader('Connection', 'close');
			throw refuse({ code: 'rate-limited' });
		},
		// [L5] A stream that was refused has no context. Without this, its error would be sent with status 200.
		responseMeta: ({ ctx, type }) => (type === 'subscription' && !ctx ? { status: 429 } : {}),
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
		// [H4] What is asked for belongs in a body, because proxies log addresses.
		if (request.method !== 'POST') {
			metrics.refused('bad-input');
			response.setHeader('Allow', 'POST');
			return refuseRequest(response, 405, 'bad-input');
		}
		const caller = callers.of(request);
		// [L1] Each call of a batch counts.
		if (!shared.calls.take(caller, memberOf(caller), callsIn(request.url), clock.now()).ok) {
			metrics.refused('rate-limited');
			return refuseLater(response);
		}
		response.setHeader('Cache-Control', 'no-store');
		// Without an address, each request takes its turns alone. Over HTTP a client waits for an answer before it sends the next request.
		const address = caller.networks[0]?.key ?? `request-${(asked += 1)}`;
		turns.open(address, alwaysMayGo).add({
			bytes: callsIn(request.url) * callBytes,
			handle() {
				if (!response.destroyed) serveProcedure(request, response);
			},
		});
	}

	/** False when the address has as many connections as it may. */
	function openStream(caller: Caller, response: ServerResponse): boolean {
		if (!counts.take(caller)) return false;
		metrics.connectionOpened('sse');
		// [L8] A stream is written only as fast as it is read, so one that nobody reads takes no memory. It is cut nevertheless.
		let fullSince: number | null = null;
		const stop = clock.every(tunables.pingMs, () => {
			fullSince = response.writableNeedDrain ? (fullSince ?? clock.now()) : null;
			if (fullSince === null || clock.now() - fullSince < tunables.stuckMs) return;
			metrics.cut('backlog');
			response.destroy();
		});
		response.once('close', () => {
			stop();
			counts.release(caller);
			metrics.connectionClosed('sse');
		});
		return true;
	}

	function serveMetrics(request: IncomingMessage, response: ServerResponse, onOwnPort: boolean): void {
		const answer = metricsAnswer(request, metricsSettings, onOwnPort);
		if (answer === 'given') return void sendMetrics(response);
		if (answer === 'token-wanted') response.setHeader('WWW-Authenticate', 'Bearer');
		respond(response, ...metricsRefusals[answer]);
	}

	async function sendMetrics(response: ServerResponse): Promise<void> {
		const { contentType, text } = await metrics.render();
		response.setHeader('Content-Type', contentType);
		response.end(text);
	}

	return {
		handle(request, response) {
			const path = (request.url ?? '/').split('?', 1)[0];
			if (path === '/healthz' || path === '/readyz' || path === '/metrics') {
				if (!spendOnProbe(request)) refuseLater(response);
				else if (path === '/healthz') respond(response, 200, 'ok');
				else if (path === '/metrics') serveMetrics(request, response, false);
				else respond(response, stopping ? 503 : 200, stopping ? 'stopping' : 'ready');
			} else if (!spend(request, costOf(request, path))) {
				metrics.refused('rate-limited');
				refuseLater(response);
			} else if (path?.startsWith('/trpc/')) serveTrpc(request, response);
			else if (path === '/trpc') respond(response, 426, 'a WebSocket is spoken here');
			else if (path === '/join' && request.method === 'POST') askAgain(response);
			else return false;
			return true;
		},
		handleMetrics(request, response) {
			if (!spendOnProbe(request)) refuseLater(response);
			else if (request.url?.split('?', 1)[0] === '/metrics') serveMetrics(request, response, true);
			else respond(response, 404, 'metrics are at /metrics');
		},
		stop() {
			stopping = true;
		},
	};
}

/** Its limits were checked before it got here. */
const alwaysMayGo = { mayGo: () => ({ ok: true }) as const, hold: () => {} };

/** Roughly what a call uses of a turn. */
const callBytes = 256;

/** In an address's share, all that it asks for over HTTP is one member. */
const memberOf = ({ address }: Caller) => `http ${address}`;

/** Pages are rendered for each request. Apart from calls, everything else is a file with an extension. */
const pageCost = 10;

/** [L3] A body this large is not even read, so its sender may see the connection end before the answer. */
const unreadBytes = 4 * limits.frameBytesMax;

/** Reading a body takes time, even if it turns out to be too large. */
const bytesPerCost = 16 * 1024;

function costOf({ headers, url }: IncomingMessage, path = '/'): number {
	const isCall = path.startsWith('/trpc');
	const isPage = !isCall && !/\.\w+$/.test(path);
	const bodyBytes = Number(headers['content-length'] ?? 0);
	return (
		(isPage ? pageCost : isCall ? callsIn(url) : 1) + Math.min(100, Math.ceil(bodyBytes / bytesPerCost) || 0)
	);
}

/** In a batch, paths are separated by commas, which may be percent-encoded. Rather counts too many than too few. */
function callsIn(url = '/'): number {
	const [path = ''] = url.split('?', 1);
	return 1 + (path.match(/,|%2c/gi)?.length ?? 0);
}

const metricsRefusals: Record<Exclude<MetricsAnswer, 'given'>, [status: number, text: string]> = {
	'token-wanted': [401, 'the token is in METRICS_TOKEN'],
	'from-elsewhere': [403, 'metrics are for this machine, unless METRICS_TOKEN or METRICS_PORT is set'],
	'on-another-port': [404, 'not here'],
};

function respond(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
	response.end(`${text}\n`);
}

/**
 * A link shared into the app is meant for its service worker, which was not running yet. The server must not see the link's secret, so it
 * leaves the body unread, and the page asks for the link again.
 */
function askAgain(response: ServerResponse): void {
	response.writeHead(303, { Location: '/join#again', 'Content-Length': 0, Connection: 'close' });
	response.end();
}

/** In the shape of a tRPC error, so that its client reads the code. */
function refuseRequest(response: ServerResponse, status: number, code: ErrorCode): void {
	response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
	const data = { httpStatus: status, parley: { code } };
	response.end(JSON.stringify({ error: { code: -32600, message: code, data } }));
}
