/**
 * tRPC over an open WebSocket, as a terminating link: one frame for each call, sent at once. tRPC's own link also opens sockets and
 * reconnects, which `trpc-connection.ts` and `trpc-signaling.ts` do here.
 */
import { TRPCClientError, type Operation, type OperationResultObserver, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { TRPCResponseMessage } from '@trpc/server/rpc';
import type { AppRouter } from '../../../server/router';

export interface SocketLink {
	readonly link: TRPCLink<AppRouter>;
	handleFrame(text: string): void;
	/** The socket is lost: calls that wait for an answer fail, and so do all later ones. */
	close(): void;
}

type Caller = OperationResultObserver<AppRouter, unknown>;

export function createSocketLink(socket: Pick<WebSocket, 'send'>): SocketLink {
	const callers = new Map<TRPCResponseMessage['id'], { type: Operation['type']; caller: Caller }>();
	let closed = false;

	const send = (message: object) => socket.send(JSON.stringify(message));
	const lost = () => TRPCClientError.from<AppRouter>(new Error('the connection was lost'));

	const link: TRPCLink<AppRouter> =
		() =>
		({ op: { id, type, path, input, signal } }) =>
			observable((caller) => {
				const abort = () => caller.error(TRPCClientError.from<AppRouter>(signal?.reason as Error));
				if (closed) return caller.error(lost());
				if (signal?.aborted) return abort();
				signal?.addEventListener('abort', abort);
				callers.set(id, { type, caller });
				send({ id, method: type, params: { path, input } });
				return () => {
					signal?.removeEventListener('abort', abort);
					// The answer was not complete, so it was the caller who stopped.
					if (callers.delete(id) && type === 'subscription') send({ id, method: 'subscription.stop' });
				};
			});

	return {
		link,

		handleFrame(text) {
			if (text === 'PONG') return;
			// The envelope is tRPC's; each caller checks what is inside.
			const message = JSON.parse(text) as TRPCResponseMessage;
			const called = callers.get(message.id);
			if (!called) return;
			const { type, caller } = called;
			const failed = 'error' in message;
			const over = failed || type !== 'subscription' || message.result.type === 'stopped';
			if (over) callers.delete(message.id);
			if (failed) return caller.error(TRPCClientError.from<AppRouter>(message));
			caller.next({ result: message.result });
			if (over) caller.complete();
		},

		close() {
			closed = true;
			const failed = [...callers.values()];
			callers.clear();
			for (const { caller } of failed) caller.error(lost());
		},
	};
}
