/** Who may read `/metrics` of a server, and where. */
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../support/free-port';
import { startServer, type TestServer } from '../support/server-harness';

const running: TestServer[] = [];
afterEach(async () => {
	await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(environment: Record<string, string> = {}): Promise<TestServer> {
	const server = await startServer({ environment });
	running.push(server);
	return server;
}

const ask = async (url: string, headers: Record<string, string> = {}) => {
	const response = await fetch(`${url}/metrics`, { headers });
	return { status: response.status, holds: (await response.text()).includes('parley_rooms') };
};

it('gives metrics to this machine, and to nobody behind a proxy', async () => {
	const { url } = await start();
	expect(await ask(url)).toEqual({ status: 200, holds: true });
	expect(await ask(url, { 'x-forwarded-for': '203.0.113.7' })).toEqual({ status: 403, holds: false });
});

it('gives metrics to whoever has the token', async () => {
	const { url } = await start({ METRICS_TOKEN: 'sixteen-characters' });
	expect(await ask(url)).toEqual({ status: 401, holds: false });
	const authorization = 'Bearer sixteen-characters';
	expect(await ask(url, { authorization })).toEqual({ status: 200, holds: true });
	expect(await ask(url, { authorization, 'x-forwarded-for': '203.0.113.7' })).toMatchObject({ status: 200 });
});

it('gives metrics on a port of their own, and nothing else there', async () => {
	const port = await freePort();
	const { url, stop } = await start({ METRICS_PORT: String(port) });
	expect(await ask(url)).toEqual({ status: 404, holds: false });
	const own = `http://127.0.0.1:${port}`;
	expect(await ask(own)).toEqual({ status: 200, holds: true });
	expect((await fetch(`${own}/`)).status).toBe(404);
	await expect(start({ METRICS_PORT: String(port) })).rejects.toThrow(`METRICS_PORT is ${port}`);
	running.length = 0;
	await stop();
	await expect(ask(own)).rejects.toThrow();
});
