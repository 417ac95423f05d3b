/** What a connection to the server is, over WebSocket or HTTP, and what it takes to open one. */
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../../../server/router';
import type { Clock } from '../../platform/platform';
import type { SignalingObstacle } from './signaling';

export interface Connection {
	readonly kind: 'websocket' | 'http';
	readonly client: TRPCClient<AppRouter>;
	/** Asks the server; the connection is lost if no answer comes soon. */
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

/** Called with what stands in the way, if the loss tells. */
export type ConnectionLost = (obstacle: SignalingObstacle | null) => void;
