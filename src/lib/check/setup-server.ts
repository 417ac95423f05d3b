/**
 * Opens a connection to the server as a call does, by WebSocket first and by HTTP where that is refused, for a set-up check. Takes a seat in a
 * room of its own, under a name nobody would choose, because the server names its relay only for rooms that have somebody in them.
 */
import * as v from 'valibot';
import { peekEventSchema, protocolVersion, serverEventSchema, type PeekEvent } from '../protocol';
import { randomId, type Platform } from '../platform/platform';
import type { ServerLink } from './setup-probes';
import type { SignalingObstacle } from '../call/signaling/signaling';
import { Misanswer } from '../call/signaling/trpc-answer';
import type { ConnectionPorts } from '../call/signaling/connection';
import { openConnection } from '../call/signaling/trpc-connection';

const lookTimeoutMs = 5_000;

/** Rejects if the server can't be reached either way. `obstacleOf` says why from the error. */
export async function openServerLink(
	ports: ConnectionPorts & Pick<Platform, 'randomBytes'>,
	signal: AbortSignal,
): Promise<ServerLink> {
	let token: string | null = null;
	let obstacle: SignalingObstacle | null = null;
	const connection = await openConnection(
		ports,
		() => token,
		(inTheWay) => (obstacle = inTheWay),
		signal,
	);
	// Room names have no capitals and no underscores.
	const room = `check-${randomId(ports)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '0')}`;

	const subscriptions: { unsubscribe(): void }[] = [];
	let entered: Promise<void> | null = null;

	/** Resolves with the first event of a subscription; rejects if there is none in time. */
	function first<T>(subscribe: Subscribe, parse: (data: unknown) => T): Promise<T> {
		return new Promise((resolve, reject) => {
			const fail = () => {
				cancelTimeout();
				reject(new Misanswer(obstacle));
			};
			const cancelTimeout = ports.clock.after(lookTimeoutMs, fail);
			const onData = (data: unknown) => {
				cancelTimeout();
				try {
					resolve(parse(data));
				} catch {
					fail();
				}
			};
			subscriptions.push(subscribe({ onData, onError: fail }));
		});
	}

	async function enter(): Promise<void> {
		const publications = { microphone: false, camera: false, screen: false };
		const input = {
			protocol: protocolVersion,
			room,
			name: 'Check',
			incarnation: randomId(ports),
			publications,
		};
		await first(
			(handlers) => connection.client.room.join.subscribe(input, handlers),
			(event) => {
				const { data } = event as { data: unknown };
				const welcome = v.parse(serverEventSchema, data);
				if (welcome.type === 'welcome') token = welcome.rejoinToken;
			},
		);
	}

	const beInside = () => (entered ??= enter());

	async function look(): Promise<PeekEvent> {
		await beInside();
		const seen = await first(
			(handlers) => connection.client.room.peek.subscribe({ room }, handlers),
			(data) => v.parse(peekEventSchema, data),
		);
		subscriptions.pop()?.unsubscribe();
		return seen;
	}

	return {
		kind: connection.kind,
		async command() {
			await beInside();
			await connection.client.room.beat.mutate(undefined, { signal: AbortSignal.timeout(lookTimeoutMs) });
		},
		look,
		close() {
			for (const subscription of subscriptions) subscription.unsubscribe();
			connection.close();
		},
	};
}

type Subscribe = (handlers: { onData(data: unknown): void; onError(): void }) => { unsubscribe(): void };
