/**
 * The same procedures over HTTP and server-sent events. Loaded only if a WebSocket can't be opened. Open once a command and a stream have
 * come through, and lost as soon as something other than the server answers.
 */
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../../../server/router';
import type { SignalingObstacle } from './signaling';
import { answerOfServer, Misanswer, obstacleOf } from './trpc-answer';
import type { Connection, ConnectionLost, ConnectionPorts, ReadToken } from './connection';
import { inBody } from './trpc-in-body';

/**
 * An open event stream says little about a phone that has left the network; a request that must be answered does. Each piece of a stream
 * causes such a request as well, because in a hidden tab timers are late, and streams are not.
 */
const beatIntervalMs = { byTimer: 2_500, byStream: 1_500 };
const beatTimeoutMs = 4_000;
/** We know that the server is there. A stream reports at once that it is open, unless something holds it back. */
const proofTimeoutMs = 4_000;

/** Rejects if commands or streams do not come through; `obstacleOf` tells from the error why. */
export async function openHttpConnection(
	{ clock, fetch, origin }: ConnectionPorts,
	readToken: ReadToken,
	lost: ConnectionLost,
	signal: AbortSignal,
): Promise<Connection> {
	const url = `${origin}/trpc`;
	// In a header and never in the address, because proxies write addresses down.
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
						fetch: async (address, init) => {
							const response = await ask(...inBody(address, init, authorization()));
							if (!response.ok) failure ??= new Error(`a stream was refused with ${response.status}`);
							return withEar(response, () => beatIfDue(beatIntervalMs.byStream));
						},
					},
				}),
				false: httpLink({
					url,
					fetch: (address, init) => ask(address, init as RequestInit),
					headers: authorization,
				}),
			}),
		],
	});

	let open = true;
	let proven = false;
	/** The error of the first request that failed, which a stream would not tell. */
	let failure: Error | null = null;
	let beating = false;
	let beatenAtMs = clock.now();
	const stop = clock.every(beatIntervalMs.byTimer, () => beatIfDue(beatIntervalMs.byStream));

	/** If the server itself does not answer, the connection ends, and the call is made again on the next one. */
	async function ask(address: RequestInfo | URL, init: RequestInit): Promise<Response> {
		try {
			return await answerOfServer(await fetch(address, { ...init, redirect: 'manual' }));
		} catch (error) {
			if (error instanceof Misanswer) failure ??= error;
			if (proven && !init.signal?.aborted) close(obstacleOf(error));
			throw error;
		}
	}

	function beatIfDue(afterMs: number): void {
		if (proven && clock.now() - beatenAtMs >= afterMs) beat();
	}

	function beat(): void {
		if (beating || !open || readToken() === null) return;
		beating = true;
		beatenAtMs = clock.now();
		client.room.beat
			.mutate(undefined, { signal: AbortSignal.timeout(beatTimeoutMs) })
			.catch((error: unknown) => {
				// A refusal with a code is an answer: the server is there.
				if (!isAnswer(error)) close(null);
			})
			.finally(() => (beating = false));
	}

	function release(): void {
		open = false;
		stop();
	}

	function close(obstacle: SignalingObstacle | null): void {
		if (!open) return;
		release();
		lost(obstacle);
	}

	/**
	 * Tries what a session needs: a command and a stream. A refusal because we have no seat is an answer like any other. If one of them is
	 * not answered though the server is there, something on the way does not let it through.
	 */
	async function prove(): Promise<void> {
		const command = client.room.beat.mutate(undefined, {
			signal: AbortSignal.any([signal, AbortSignal.timeout(proofTimeoutMs)]),
		});
		let end = () => {};
		const stream = new Promise<void>((resolve, reject) => {
			const cancelTimeout = clock.after(proofTimeoutMs, () => {
				failure ??= new Misanswer('buffered');
				reject(failure);
			});
			const { unsubscribe } = client.room.peek.subscribe(
				{ room: 'nobody' },
				{
					onStarted: () => resolve(),
					onError: reject,
					onConnectionStateChange: ({ state, error }) => state === 'connecting' && error && reject(error),
				},
			);
			end = () => {
				cancelTimeout();
				unsubscribe();
			};
		});
		try {
			await Promise.all([command.catch(unlessAnswered), stream]);
		} catch {
			signal.throwIfAborted();
			throw failure ?? new Misanswer('blocked');
		} finally {
			end();
		}
		proven = true;
	}

	try {
		await prove();
	} catch (error) {
		release();
		throw error;
	}
	return { kind: 'http', client, check: beat, close: release };
}

/** The same answer; `heard` is called for each piece of its body. */
function withEar(response: Response, heard: () => void): Response {
	if (!response.ok || !response.body) return response;
	const ear = new TransformStream<Uint8Array, Uint8Array>({
		transform(piece, onwards) {
			onwards.enqueue(piece);
			heard();
		},
	});
	return new Response(response.body.pipeThrough(ear), response);
}

function isAnswer(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'data' in error && Boolean(error.data);
}

function unlessAnswered(error: unknown): void {
	if (!isAnswer(error)) throw error as Error;
}
