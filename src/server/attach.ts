/**
 * Assembles the signaling server and attaches it to an HTTP server. `npm start`, Vite in development and the tests all use
 * it. What it does not answer itself is left to whoever serves the pages.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createCallers, type Callers } from './address';
import { systemClock } from './clock';
import type { Config } from './config';
import { createConnectionCounts } from './connection-counts';
import { createHttpAddresses } from './http';
import { iceServersFor } from './ice-servers';
import type { Log } from './log';
import { createMemoryBudget } from './memory-budget';
import { createMemoryStore } from './memory-store';
import { createMetrics } from './metrics';
import { createOriginReport } from './origin';
import { createPeeks } from './peek';
import { createRelayNames } from './relay-name';
import { createRejoinTokens } from './rejoin-token';
import { createErrorReport } from './report';
import { createRooms } from './rooms';
import { createRouter } from './router';
import { createSessions } from './session';
import { createSharedLimits } from './shared-limit';
import { defaultTunables, type Tunables } from './tunables';
import { createTurns } from './turns';
import { createWebSockets } from './websocket';

export interface AttachOptions {
	config: Pick<Config, 'origin' | 'stunUrls' | 'turn' | 'roomLimit' | 'trustedProxies' | 'metrics'>;
	/** Signs rejoin tokens. */
	secret: string;
	log: Log;
	tunables?: Partial<Tunables>;
	processMetrics?: boolean;
	/** True when nothing else on this server takes upgrades. Then all upgrades but ours are refused. */
	ownsUpgrades: boolean;
	/** To share with others who tell callers apart. */
	callers?: Callers;
}

export interface Attached {
	/** False when the request is for a page. */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	/** A request on the port that is for metrics alone. */
	handleMetrics(request: IncomingMessage, response: ServerResponse): void;
	/** Lets go of the server: ends streams, closes sockets, accepts nothing new. Resolves when they have had time to close. */
	detach(): Promise<void>;
}

export function attach(server: Server, options: AttachOptions): Attached {
	const { config, log, secret } = options;
	const clock = systemClock;
	const tunables = { ...defaultTunables, ...options.tunables };
	const { roomLimit } = config;

	const budget = createMemoryBudget(tunables.memory, { clock, log });
	const store = createMemoryStore({ events: tunables.outboxEvents, bytes: tunables.outboxBytes }, budget);
	const metrics = createMetrics(store, { processMetrics: options.processMetrics ?? false });
	const rooms = createRooms({ store, clock, roomLimit });
	const tokens = createRejoinTokens(secret, tunables.tokenLifetimeMs);
	const relayNames = createRelayNames(secret);
	const iceServers = (name: string, lifetimeMs: number) =>
		iceServersFor(config, { name, lifetimeMs }, clock.epochMs());
	const sessions = createSessions({
		...{ rooms, store, budget, tokens, clock, tunables, roomLimit, metrics, log },
		iceServersFor: (caller, id) => iceServers(relayNames.participant(caller, id), tunables.turnLifetimeMs),
		iceServersMs: config.turn ? tunables.turnLifetimeMs / 2 : null,
	});
	const peeks = createPeeks({
		...{ store, clock, roomLimit, peekIntervalMs: tunables.peekIntervalMs },
		iceServersFor: (caller, { isEmpty }, holder) =>
			// [E9] In an empty room there is nobody to reach.
			isEmpty
				? iceServersFor(config, null, clock.epochMs())
				: iceServers(relayNames.lobby(caller, holder), tunables.lobbyTurnLifetimeMs),
		iceServersMs: config.turn ? tunables.lobbyTurnLifetimeMs / 2 : null,
	});
	const router = createRouter({ sessions, peeks, clock, tunables });
	const shared = {
		...{ router, clock, tunables, budget, metrics, tokens, origin: config.origin },
		callers: options.callers ?? createCallers(config.trustedProxies, log),
		shared: createSharedLimits(tunables.shared),
		turns: createTurns(clock),
		metricsSettings: config.metrics,
		counts: createConnectionCounts(tunables.connectionsPerAddress),
		reportError: createErrorReport(metrics, log),
		reportOrigin: createOriginReport(log),
	};
	const sockets = createWebSockets(shared);
	const http = createHttpAddresses(shared);

	function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		if (request.url?.split('?', 1)[0] === '/trpc') sockets.upgrade(request, socket, head);
		else if (options.ownsUpgrades) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
	}
	server.on('upgrade', handleUpgrade);

	return {
		handle: http.handle,
		handleMetrics: http.handleMetrics,
		async detach() {
			http.stop();
			sessions.stop();
			peeks.stop();
			sockets.stop();
			await new Promise<void>((resolve) => clock.after(tunables.stopMs, resolve));
			server.off('upgrade', handleUpgrade);
			rooms.close();
		},
	};
}
