/** A page's call with everything that it consists of, over a real server. Rule ids are those of `docs/PROTOCOL.md`. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server-harness';
import { createCallWorld, type CallWorld, type WholeCall } from '../support/whole-call';

const room = 'team-sync';
const secret = 'AAECAwQFBgcICQoLDA0ODw';
const tunables = { tokenLifetimeMs: 2_000 };
const within = { timeout: 15_000 };

let server: TestServer;
let world: CallWorld;

beforeEach(async () => {
	server = await startServer({ tunables });
	world = createCallWorld(server.url);
});
afterEach(async () => {
	world.close();
	await server.stop();
});

const idOf = ({ call }: WholeCall) => call.snapshot.self.id;
/** What a reload would come back with. */
function keptToken({ platform }: WholeCall): string {
	const record = JSON.parse(platform.tabStorage?.get('parley.session') ?? '{}') as { token?: string };
	return record.token ?? '';
}

it('[B6] comes into no room where the browser can prove nothing, and says why', async () => {
	const unproven = await world.open(room, secret, { keys: { secret, trust: null } });
	const proven = await world.open(room, secret);
	unproven.call.room.join('Ann');
	proven.call.room.join('Bob');
	await expect.poll(() => idOf(proven), within).not.toBeNull();
	expect(unproven.call.snapshot).toMatchObject({ phase: 'lobby', failure: { code: 'insecure' } });
	expect(server.log().match(/"msg":"join"/g)).toHaveLength(1);
	expect(await server.metrics()).toContain('parley_participants 1');
});

it('[T5] is the same participant on a server that has forgotten it, long after its first token has ended', async () => {
	const ann = await world.open(room, secret);
	ann.call.room.join('Ann');
	await expect.poll(() => keptToken(ann), within).not.toBe('');
	const id = idOf(ann);
	const tokens = new Set<string>();
	// Each comes half a life after the one before: with the third, the first has ended.
	await expect.poll(() => tokens.add(keptToken(ann)).size, within).toBe(4);
	await server.stop();
	server = await startServer({ tunables, environment: { PORT: String(server.port) } });
	await expect.poll(() => server.metrics(), within).toContain('parley_participants 1');
	await expect.poll(() => server.log(), within).toContain('"outcome":"returned"');
	expect(idOf(ann)).toBe(id);
	expect(server.log()).toContain(`"participant":"${id}"`);
});
