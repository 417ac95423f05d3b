/** What a connection to the server is, whichever way it takes, and what opening one needs. */
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../../../server/router';
import type { Clock } from '../../platform/platform';
import type { SignalingObstacle } from './signaling';

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

/** Told what stands in the way, where the loss says so. */
export type ConnectionLost = (obstacle: SignalingObstacle | null) => void;
