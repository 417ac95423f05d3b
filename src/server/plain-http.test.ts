import { once } from 'node:events';
import { createServer, get, type Server } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { redirectPlainHttp, type PlainHttp } from './plain-http';

let credentials: { cert: string; key: string };
let server: Server;
let plain: PlainHttp;
let port: number;

beforeAll(async () => {
	const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
	credentials = { cert: pems.cert, key: pems.private };
});

async function listen({
	origin = null,
	headersTimeout = 10_000,
}: { origin?: string | null; headersTimeout?: number } = {}) {
	const patience = { headersTimeout, requestTimeout: 20_000, connectionsCheckingInterval: 50 };
	server = createServer({ ...patience, ...credentials }, (_, response) => response.end('secure'));
	plain = redirectPlainHttp(server, patience, origin);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	port = (server.address() as AddressInfo).port;
}

afterEach(async () => {
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	plain.stop();
	await closed;
});

async function open(): Promise<Socket> {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	return socket;
}

/** All that is answered to these pieces, each a packet of its own. */
async function say(...pieces: string[]): Promise<string> {
	const socket = await open();
	let answer = '';
	socket.setNoDelay(true);
	socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
	for (const piece of pieces) {
		socket.write(piece);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await once(socket, 'close');
	return answer;
}

function getSecurely(): Promise<string> {
	return new Promise((resolve, reject) => {
		get({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }, (response) => {
			response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
		}).on('error', reject);
	});
}

it('is answered with the same address in HTTPS, and HTTPS is served as before', async () => {
	await listen();
	const answer = await say('GET /room/team-sync?a=b HTTP/1.1\r\nHost: calls.example.org:8443\r\n\r\n');
	expect(answer).toMatch(/^HTTP\/1\.1 308 /);
	expect(answer).toContain('\r\nLocation: https://calls.example.org:8443/room/team-sync?a=b\r\n');
	expect(await getSecurely()).toBe('secure');
});

it('is understood in whatever pieces it comes', async () => {
	await listen();
	const answer = await say(
		'P',
		'OST /trpc/room.beat HTTP/1.1\r\nHo',
		'st: localhost:1\r\nContent-Length: 0\r\n\r\n',
	);
	expect(answer).toContain('Location: https://localhost:1/trpc/room.beat\r\n');
});

it('leads to the public address where there is one', async () => {
	await listen({ origin: 'https://meet.example.org' });
	expect(await say('GET / HTTP/1.1\r\nHost: 192.0.2.7:8443\r\n\r\n')).toContain(
		'Location: https://meet.example.org/\r\n',
	);
});

it.each([
	['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
	['a host with a password', 'GET / HTTP/1.1\r\nHost: bank.example@evil.example\r\n\r\n'],
	['a host with a path', 'GET / HTTP/1.1\r\nHost: evil.example/login\r\n\r\n'],
	['no path', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
	['no HTTP', 'hello\r\n\r\n'],
])('is led nowhere by %s', async (_, request) => {
	await listen();
	const answer = await say(request);
	expect(answer).toMatch(/^HTTP\/1\.1 400 /);
	expect(answer).not.toContain('Location');
});

it('stays with the host that was asked, whatever the path looks like', async () => {
	await listen();
	expect(await say('GET //evil.example/x HTTP/1.1\r\nHost: localhost:1\r\n\r\n')).toContain(
		'Location: https://localhost:1//evil.example/x\r\n',
	);
});

it('lets nobody stay who says nothing', async () => {
	await listen({ headersTimeout: 100 });
	const socket = await open();
	await once(socket, 'close');
});

it('outlives a connection that is reset before it says anything', async () => {
	await listen();
	(await open()).resetAndDestroy();
	expect(await getSecurely()).toBe('secure');
});

it('keeps no server from ending', async () => {
	await listen();
	const socket = await open();
	await getSecurely();
	socket.resume();
	const closed = once(socket, 'close');
	plain.stop();
	await closed;
});
