/** TURN credentials end; calls do not. Rule ids are those of `docs/PROTOCOL.md`. */
import { afterEach, expect, it } from 'vitest';
import type { IceServer } from '../../src/lib/protocol';
import {
	connectHttp,
	connectWebSocket,
	enter,
	join,
	newIncarnation,
	startServer,
	type TestServer,
} from '../support/server-harness';

const turn = {
	TURN_URLS: 'turn:turn.example.org?transport=udp,turns:turn.example.org:5349?transport=tcp',
	TURN_SECRET: 'a secret shared with coturn',
};
/** Credentials are counted in whole seconds. */
const turnLifetimeMs = 6_000;

let server: TestServer | null = null;
afterEach(() => server?.stop());

/** When the credentials end, in milliseconds since the epoch. */
const endOf = (servers: IceServer[]) =>
	Math.min(...servers.map(({ username }) => Number(username?.split(':')[0]) * 1_000));

for (const [kind, connect] of [
	['a WebSocket', connectWebSocket],
	['HTTP', connectHttp],
] as const) {
	it(`[E6] credentials are renewed over ${kind} while the old ones are still good`, async () => {
		server = await startServer({ environment: turn, tunables: { turnLifetimeMs } });
		const client = connect(server);
		const ann = await enter(client);
		const first = await ann.next('ice-servers');
		expect(first.iceServers[0]?.urls).toEqual(turn.TURN_URLS.split(','));
		expect(endOf(first.iceServers)).toBeGreaterThan(endOf(ann.welcome.iceServers));
		expect(Date.now()).toBeLessThan(endOf(ann.welcome.iceServers));
		const second = await ann.next('ice-servers');
		expect(endOf(second.iceServers)).toBeGreaterThan(endOf(first.iceServers));
		await client.close();
	});
}

it('[E6] one who resumes is told at once, under the id of the event before', async () => {
	server = await startServer({ environment: turn });
	const incarnation = newIncarnation();
	const client = connectWebSocket(server);
	const ann = await enter(client, { incarnation });
	const lastEventId = ann.heard.at(-1)?.id as string;
	client.cut();
	const back = connectWebSocket(server);
	const session = join(back, { incarnation, token: ann.welcome.rejoinToken, lastEventId });
	await session.next('ice-servers');
	expect(session.heard.map(({ id, event }) => [id, event.type])).toEqual([[lastEventId, 'ice-servers']]);
	await back.close();
});

it('says nothing where no credentials can end', async () => {
	server = await startServer({
		environment: { STUN_URLS: 'stun:stun.example.org' },
		tunables: { turnLifetimeMs: 20 },
	});
	const [client, other] = [connectWebSocket(server), connectWebSocket(server)];
	const ann = await enter(client);
	for (let round = 0; round < 5; round++) {
		const bob = await enter(other);
		await ann.next('participant-joined');
		await other.trpc.room.leave.mutate();
		await ann.next('participant-left');
		bob.unsubscribe();
	}
	expect(ann.heard.map(({ event }) => event.type)).not.toContain('ice-servers');
	await client.close();
	await other.close();
});
