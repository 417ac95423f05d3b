/**
 * All numbers of the server that are not settings, in one object, so that tests can make it faster. Durations are in
 * milliseconds.
 */
import { getHeapStatistics } from 'node:v8';
import { connectionRates, oldestProtocolVersion } from '../lib/protocol';
import type { MemoryLimits } from './memory-budget';
import type { Rate } from './rate-limit';
import type { SharedRate } from './shared-limit';

export interface Tunables {
	/** A WebSocket is pinged this often, and an SSE stream carries a ping this often. */
	pingMs: number;
	/** A WebSocket silent for this long is cut. */
	silenceMs: number;
	/** A session over HTTP that has not called for this long counts as lost. */
	httpSilenceMs: number;
	/** A participant who was not heard for this long has left. Longer than either silence. */
	goneAfterMs: number;
	/** The same, counted from the moment when a page says that it is going: long enough for a reload to return to its seat. */
	pageGoneMs: number;
	outboxEvents: number;
	outboxBytes: number;
	/** While more than this waits in a socket, events stay in the outbox. */
	sendBufferBytes: number;
	/** A socket in which more than this waits is cut, because answers don't wait in the outbox. */
	backlogBytes: number;
	/** A connection whose reader takes nothing for this long, though something waits, is cut. */
	stuckMs: number;
	/** Procedure calls of a connection. */
	messages: Rate;
	/** Calls that tell everybody in the room something. */
	updates: Rate;
	joins: Rate;
	relayedBytes: Rate;
	/** Errors that a WebSocket is answered with; beyond it, the connection is closed. */
	errors: Rate;
	/** Pings from a WebSocket. Browsers send none, other clients send one now and then. */
	pings: Rate;
	/** Everything a WebSocket receives, well-formed or not; beyond it, the connection is closed. */
	frames: Rate;
	frameBytes: Rate;
	/** WebSockets opened from one address. A school behind one NAT is one address. */
	arrivals: Rate;
	/** The same from all addresses: after a restart, everybody comes back at once. */
	arrivalsOfAll: Rate;
	/** How many arrivals a connection that had to be cut off counts as. */
	floodCost: number;
	/** Requests of one address for pages and calls over HTTP; a page counts as ten. */
	requests: Rate;
	/** The same for all addresses. */
	requestsOfAll: Rate;
	/** Requests of one address for health and metrics. */
	probes: Rate;
	/** What waits unread, in outboxes and sockets, in bytes. */
	memory: MemoryLimits;
	/** When to ask again for a seat that there was no memory for. */
	fullRetryMs: number;
	/** What all connections of an address may do together. A school behind one NAT is one address. */
	shared: {
		/** Calls, well-formed or not, over WebSockets and HTTP. */
		calls: SharedRate;
		joins: SharedRate;
		relayedBytes: SharedRate;
		/** Frames that WebSockets receive; beyond it, the connection that sent most is closed. */
		frames: SharedRate;
		frameBytes: SharedRate;
	};
	/** How long a refusal is delayed over HTTP when these are used up. A WebSocket is not refused; it waits. */
	refusalDelayMs: number;
	/** WebSockets and SSE streams of one address. */
	connectionsPerAddress: number;
	/** TCP connections of one address, whatever they are for. */
	socketsPerAddress: number;
	subscriptionsPerConnection: number;
	callsPerBatch: number;
	/** The same over HTTP, where our client never sends many at once. */
	callsPerRequest: number;
	/** [V2] Clients that speak an older version of the protocol are told to refresh. */
	oldestProtocol: number;
	tokenLifetimeMs: number;
	turnLifetimeMs: number;
	/** The same for those who watch a room from outside. */
	lobbyTurnLifetimeMs: number;
	/** Those who watch a room from outside are updated no more often than this. */
	peekIntervalMs: number;
	/** How long a stopping server waits for its connections to close. */
	stopMs: number;
	/** How often the certificate's files are checked. */
	certificateCheckMs: number;
}

const hourMs = 3_600_000;
const mebibyte = 1024 * 1024;
/** A fraction of Node's heap limit, which `--max-old-space-size` sets: texts may take twice what they are counted as. */
const memoryBytes = getHeapStatistics().heap_size_limit / 5;

export const defaultTunables: Tunables = {
	pingMs: 2_000,
	silenceMs: 4_000,
	httpSilenceMs: 6_000,
	goneAfterMs: 8_000,
	pageGoneMs: 4_000,
	outboxEvents: 512,
	outboxBytes: 512 * 1024,
	sendBufferBytes: 256 * 1024,
	backlogBytes: 1024 * 1024,
	stuckMs: 60_000,
	// Joining a room of a dozen takes some two hundred signals in a second.
	messages: connectionRates.calls,
	updates: { perSecond: 2, burst: 60 },
	joins: { perSecond: 0.5, burst: 20 },
	relayedBytes: connectionRates.relayedChars,
	// If a room empties while hundreds of candidates are on their way, as many calls are refused, and the sender did nothing wrong.
	errors: connectionRates.errors,
	// `ws` lets sixty pongs wait.
	pings: { perSecond: 2, burst: 30 },
	frames: { perSecond: 200, burst: 2_000 },
	frameBytes: connectionRates.frameBytes,
	arrivals: { perSecond: 10, burst: 500 },
	arrivalsOfAll: { perSecond: 1_000, burst: 20_000 },
	floodCost: 150,
	requests: { perSecond: 300, burst: 5_000 },
	requestsOfAll: { perSecond: 3_000, burst: 30_000 },
	probes: { perSecond: 20, burst: 200 },
	memory: { ofAddress: memoryBytes / 4, ofAll: memoryBytes },
	fullRetryMs: 5_000,
	shared: {
		// Those who have used it up wait: if five hundred people join within a minute, some get in a little later. A third of a core handles
		// five thousand.
		calls: {
			ofAddress: { perSecond: 1_000, burst: 5_000 },
			ofAll: { perSecond: 5_000, burst: 15_000 },
		},
		joins: { ofAddress: { perSecond: 50, burst: 1_000 }, ofAll: { perSecond: 500, burst: 5_000 } },
		relayedBytes: {
			ofAddress: { perSecond: mebibyte, burst: 16 * mebibyte },
			ofAll: { perSecond: 6 * mebibyte, burst: 48 * mebibyte },
		},
		frames: {
			ofAddress: { perSecond: 4_000, burst: 40_000 },
			ofAll: { perSecond: 50_000, burst: 200_000 },
		},
		frameBytes: {
			ofAddress: { perSecond: mebibyte, burst: 16 * mebibyte },
			ofAll: { perSecond: 6 * mebibyte, burst: 48 * mebibyte },
		},
	},
	refusalDelayMs: 500,
	connectionsPerAddress: 500,
	socketsPerAddress: 2_000,
	subscriptionsPerConnection: 8,
	callsPerBatch: 256,
	callsPerRequest: 16,
	oldestProtocol: oldestProtocolVersion,
	tokenLifetimeMs: 24 * hourMs,
	turnLifetimeMs: 24 * hourMs,
	lobbyTurnLifetimeMs: 600_000,
	peekIntervalMs: 250,
	stopMs: 1_500,
	certificateCheckMs: 30_000,
};
