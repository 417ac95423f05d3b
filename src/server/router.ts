/**
 * The procedures, under the names that clients use. Validates calls, counts them against the limits and passes them on; decides
 * nothing else. The client imports the type of this router, and only the type.
 */
import { initTRPC } from '@trpc/server';
import {
	joinInputSchema,
	peekInputSchema,
	relayInputSchema,
	signalInputSchema,
	updateInputSchema,
	type WireError,
} from '../lib/protocol';
import type { Clock } from './clock';
import type { Connection } from './connection';
import type { Peeks } from './peek';
import type { Bucket } from './rate-limit';
import { refuse, wireErrorOf } from './refusal';
import { roomKey } from './room-key';
import type { Sessions } from './session';
import type { Tunables } from './tunables';

export function createRouter(options: {
	sessions: Sessions;
	peeks: Peeks;
	clock: Clock;
	tunables: Tunables;
}) {
	const { sessions, peeks, clock, tunables } = options;

	const t = initTRPC.context<Connection>().create({
		isDev: false,
		errorFormatter({ shape, error, ctx, type }) {
			// Every error comes through here, even for frames that name no procedure.
			ctx?.handleError(type === 'mutation' ? 1 : otherErrorCost);
			const parley: WireError = wireErrorOf(error);
			const { code, httpStatus } = shape.data;
			return { code: shape.code, message: parley.code, data: { code, httpStatus, parley } };
		},
		sse: {
			ping: { enabled: true, intervalMs: tunables.pingMs },
			client: { reconnectAfterInactivityMs: 3 * tunables.pingMs },
		},
	});

	/** [L1] Refuses what comes too fast. The connection stays. */
	function spend(bucket: Bucket, cost = 1): void {
		const taken = bucket.take(cost, clock.now());
		if (!taken.ok) throw refuse({ code: 'rate-limited', retryAfterMs: taken.retryAfterMs });
	}

	/** Counts a subscription for as long as it lasts. */
	async function* counted<T>(
		connection: Connection,
		stream: AsyncGenerator<T, void>,
	): AsyncGenerator<T, void> {
		if (connection.subscriptions >= tunables.subscriptionsPerConnection) {
			throw refuse({ code: 'rate-limited', retryAfterMs: tunables.pingMs });
		}
		connection.subscriptions += 1;
		try {
			yield* stream;
		} finally {
			connection.subscriptions -= 1;
		}
	}

	/** [V2] Checked before anything else, because other parts of an old client's input may have changed their meaning. */
	const refuseOldClient = t.middleware(async ({ getRawInput, next }) => {
		const input = await getRawInput();
		if (typeof input !== 'object' || input === null) return next();
		const { protocol = 1 } = input as { protocol?: unknown };
		const isOld = typeof protocol === 'number' && protocol < tunables.oldestProtocol;
		if (isOld) throw refuse({ code: 'client-too-old' });
		return next();
	});

	const room = t.router({
		peek: t.procedure.input(peekInputSchema).subscription(async function* ({ ctx, input, signal }) {
			spend(ctx.messages);
			yield* counted(ctx, peeks.peek(ctx, roomKey(input), signal ?? neverAborted));
		}),
		join: t.procedure
			.use(refuseOldClient)
			.input(joinInputSchema)
			.subscription(async function* ({ ctx, input, signal }) {
				spend(ctx.joins);
				yield* counted(ctx, sessions.join(ctx, input, signal ?? neverAborted));
			}),
		signal: t.procedure.input(signalInputSchema).mutation(({ ctx, input }) => {
			spend(ctx.messages);
			return sessions.signal(ctx, input);
		}),
		relay: t.procedure.input(relayInputSchema).mutation(({ ctx, input }) => {
			spend(ctx.messages);
			spend(ctx.relayedBytes, input.sealed.length);
			return sessions.relay(ctx, input);
		}),
		update: t.procedure.input(updateInputSchema).mutation(({ ctx, input }) => {
			spend(ctx.messages);
			spend(ctx.updates);
			return sessions.update(ctx, input);
		}),
		leave: t.procedure.mutation(({ ctx }) => {
			spend(ctx.messages);
			return sessions.leave(ctx);
		}),
		/** For sessions over HTTP, because the server can't tell whether anybody still reads their streams. */
		beat: t.procedure.mutation(({ ctx }) => {
			spend(ctx.messages);
			return sessions.beat(ctx);
		}),
	});

	return t.router({ room });
}

/**
 * A mutation may be refused through no fault of its sender, as when the recipient has just left. A refused subscription, or a frame
 * that names no procedure, means that the client does not follow the protocol.
 */
export const otherErrorCost = 10;

/** tRPC gives every subscription a signal, though its types do not say so. */
const neverAborted = new AbortController().signal;

export type AppRouter = ReturnType<typeof createRouter>;
