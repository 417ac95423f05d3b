/**
 * The way to the server as calls take it, WebSocket first and HTTP where that is refused, for a set-up check. Asks about a
 * room that nobody is in, under a name nobody would choose.
 */
import * as v from 'valibot';
import { peekEventSchema, type PeekEvent } from '../protocol';
import { randomId, type Platform } from './platform';
import type { ServerLink } from './setup-probes';
import { openConnection, type ConnectionPorts } from './trpc-connection';

const lookTimeoutMs = 5_000;

/** Rejects when the server can't be reached either way. */
export async function openServerLink(
	ports: ConnectionPorts & Pick<Platform, 'randomBytes'>,
	signal: AbortSignal,
): Promise<ServerLink> {
	const connection = await openConnection(
		ports,
		() => null,
		() => {},
		signal,
	);
	// Room names have no capitals and no underscores.
	const room = `check-${randomId(ports)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '0')}`;

	function look(): Promise<PeekEvent> {
		return new Promise((resolve, reject) => {
			const finish = (settle: () => void) => {
				cancelTimeout();
				subscription.unsubscribe();
				settle();
			};
			const fail = () => finish(() => reject(new Error('the server gave no answer')));
			const cancelTimeout = ports.clock.after(lookTimeoutMs, fail);
			const subscription = connection.client.room.peek.subscribe(
				{ room },
				{
					onData(data) {
						const event = v.safeParse(peekEventSchema, data);
						if (event.success) finish(() => resolve(event.output));
						else fail();
					},
					onError: fail,
				},
			);
		});
	}

	return { kind: connection.kind, look, close: () => connection.close() };
}
