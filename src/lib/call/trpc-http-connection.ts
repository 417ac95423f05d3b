/**
 * The same procedures over HTTP and server-sent events. Loaded only where a WebSocket can't be opened.
 */
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../../server/router';
import type { Connection, ConnectionPorts, ReadToken } from './trpc-connection';
import { inBody } from './trpc-in-body';

/** An open event stream says little about a phone that has walked away; a request that must be answered does. */
const beatIntervalMs = 2_500;
const beatTimeoutMs = 4_000;

export function openHttpConnection(
	{ clock, fetch, origin }: ConnectionPorts,
	readToken: ReadToken,
	lost: () => void,
): Connection {
	const url = `${origin}/trpc`;
	// In a header and never in the address, which proxies write down.
	const authorization = (): Record<string, string> => {
		const token = readToken();
		return token === null ? {} : { authorization: `Bearer ${token}` };
	};
	const client = createTRPCClient<AppRouter>({
		links: [
			splitLink({
				condition: (operation) => operation.type === 'subscription',
				true: httpSubscriptionLink({
					url,
					EventSource,
					eventSourceOptions: {
						fetch: (address, init) => fetch(...inBody(address, init, authorization())),
					},
				}),
				false: httpLink({
					url,
					fetch: (address, init) => fetch(address, init as RequestInit),
					headers: authorization,
				}),
			}),
		],
	});

	let open = true;
	let beating = false;
	const stop = clock.every(beatIntervalMs, beat);

	function beat(): void {
		if (beating || readToken() === null) return;
		beating = true;
		client.room.beat
			.mutate(undefined, { signal: AbortSignal.timeout(beatTimeoutMs) })
			.catch((error: unknown) => {
				// A refusal with a code is an answer: the server is there.
				if (!isAnswer(error)) close(lost);
			})
			.finally(() => (beating = false));
	}

	function close(then?: () => void): void {
		if (!open) return;
		open = false;
		stop();
		then?.();
	}

	return { kind: 'http', client, check: beat, close: () => close() };
}

function isAnswer(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'data' in error && Boolean(error.data);
}
