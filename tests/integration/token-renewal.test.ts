/** Rejoin tokens end; calls do not. Rule ids are those of `docs/PROTOCOL.md`. */
import { afterEach, expect, it } from 'vitest';
import {
	connectHttp,
	connectWebSocket,
	enter,
	join,
	newIncarnation,
	refusalOf,
	startServer,
	type TestServer,
} from '../support/server-harness';

const tokenLifetimeMs = 2_000;

let server: TestServer | null = null;
afterEach(() => server?.stop());

for (const [kind, connect] of [
	['a WebSocket', connectWebSocket],
	['HTTP', connectHttp],
] as const) {
	it(`[T5] a token is renewed over ${kind} at half its life, and good beyond its end while its seat is held`, async () => {
		server = await startServer({ tunables: { tokenLifetimeMs, httpSilenceMs: 60_000, goneAfterMs: 90_000 } });
		const incarnation = newIncarnation();
		const client = connect(server);
		const ann = await enter(client, { incarnation });
		const first = ann.welcome.rejoinToken;
		const tokens = new Set([first]);
		// Each comes half a life after the one before: with the third, the first has ended.
		for (let count = 0; count < 3; count++) tokens.add((await ann.next('rejoin-token')).rejoinToken);
		expect(tokens.size).toBe(4);

		const speaker = connectHttp(server);
		speaker.token = first;
		await speaker.trpc.room.update.mutate({ hand: true });
		const again = connect(server);
		again.token = first;
		const token = kind === 'HTTP' ? {} : { token: first };
		const back = await enter(again, { incarnation, ...token });
		expect(back.welcome.self.id).toBe(ann.welcome.self.id);

		await again.trpc.room.leave.mutate();
		expect(await refusalOf(speaker.trpc.room.update.mutate({ hand: false }))).toEqual({
			code: 'token-refused',
		});
		const late = connect(server);
		late.token = first;
		expect(await join(late, { incarnation, ...token }).ended).toEqual({ code: 'token-refused' });
		const renewed = connectHttp(server);
		renewed.token = [...tokens].at(-1) ?? null;
		const returned = await enter(renewed, { incarnation });
		expect(returned.welcome.self.id).toBe(ann.welcome.self.id);
		for (const one of [client, again, late, renewed, speaker]) await one.close();
	});
}
