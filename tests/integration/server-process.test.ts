/** The built server as its operators run it: starting, refusing to start, stopping, and what it writes down. */
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath, resolve } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import {
	candidate,
	connectHttp,
	connectWebSocket,
	enter,
	join,
	joinInput,
	offer,
} from '../support/server-harness';
import { startServerProcess, type ServerProcess } from '../support/server-process';

const entry = resolve(import.meta.dirname, '../../build/server/main.js');
const running: ServerProcess[] = [];
afterEach(async () => {
	await Promise.all(running.splice(0).map((server) => server.dispose()));
});

async function start(
	environment?: Record<string, string>,
	directory?: string,
): Promise<ServerProcess & { url: string }> {
	const server = await startServerProcess(environment, directory);
	running.push(server);
	return Object.assign(server, { url: server.origin });
}

/** Runs the server where it can't start, and returns what it said. `setUp`: shell commands that come before it. */
async function failToStart(environment: Record<string, string>, { setUp = ':', keepIn = '' } = {}) {
	const directory = keepIn || (await mkdtemp(joinPath(tmpdir(), 'parley-fail-')));
	const child = spawn('sh', ['-c', `${setUp}; exec "$0" "$1"`, process.execPath, entry], {
		cwd: directory,
		env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const code = await new Promise<number | null>((done) => child.once('close', done));
	if (keepIn === '') await rm(directory, { recursive: true });
	return { code, said };
}

function fingerprintServed(port: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
			resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? 'none');
			socket.destroy();
		});
		socket.on('error', reject);
	});
}

async function newDirectory(): Promise<string> {
	const directory = await mkdtemp(joinPath(tmpdir(), 'parley-kept-'));
	onTestFinished(() => rm(directory, { recursive: true }));
	return directory;
}

it('says in one line why it does not start', async () => {
	expect(await failToStart({ PORT: 'http' })).toEqual({
		code: 1,
		said: 'PORT holds "http", but may hold a whole number from 0 to 65535\n',
	});
	const { port } = await start();
	expect(await failToStart({ PORT: String(port) })).toEqual({
		code: 1,
		said: `PORT is ${port}, which another program listens on; it may be any free one, or 0 to take one that is\n`,
	});
	expect(await failToStart({ PORT: '0', TLS_CERT: 'no-such.pem', TLS_KEY: 'no-such.pem' })).toEqual({
		code: 1,
		said: 'TLS_CERT holds "no-such.pem", but may hold the path of a file that can be read (ENOENT)\n',
	});
	// An address for documentation (RFC 5737).
	expect(await failToStart({ PORT: '0', HOST: '192.0.2.1' })).toEqual({
		code: 1,
		said: 'HOST is "192.0.2.1", which is no address of this machine (EADDRNOTAVAIL); it may be a name or address of this machine, or :: for all it has\n',
	});
});

it('[T3] keeps the secret it made, so that tokens outlive a restart', async () => {
	const server = await start({ SECRET: '' });
	const { welcome } = await enter(connectWebSocket(server), { room: 'kept-secret' });
	await server.stop();
	await server.start();
	const back = await enter(connectWebSocket(server), { room: 'kept-secret', token: welcome.rejoinToken });
	expect(back.welcome.self.id).toBe(welcome.self.id);
});

it('[T3] does not start with a secret that a full disk cut short, nor leaves one behind', async () => {
	const keepIn = await newDirectory();
	// No byte may be written into a file, as on a full disk.
	expect(await failToStart({ PORT: '0' }, { setUp: 'ulimit -f 0', keepIn })).toEqual({
		code: 1,
		said: 'SECRET is not set, and none can be kept in data/secret (EFBIG): set one of 16 characters or more\n',
	});
	expect(await readdir(joinPath(keepIn, 'data'))).toEqual([]);
	await mkdir(joinPath(keepIn, 'data'), { recursive: true });
	await writeFile(joinPath(keepIn, 'data', 'secret'), '');
	expect(await failToStart({ PORT: '0' }, { keepIn })).toEqual({
		code: 1,
		said: 'data/secret holds 0 characters, but a secret has 16 or more: delete it, and the next start makes one, or set SECRET\n',
	});
});

it('[T3] agrees on one secret with another server that starts at the same moment', async () => {
	const directory = await newDirectory();
	const servers = await Promise.all([1, 2, 3].map(() => start({ SECRET: '' }, directory)));
	const [first] = servers;
	const { welcome } = await enter(connectWebSocket(first as ServerProcess), { room: 'one-secret' });
	for (const server of servers.slice(1)) {
		const back = await enter(connectWebSocket(server), { room: 'one-secret', token: welcome.rejoinToken });
		expect(back.welcome.self.id).toBe(welcome.self.id);
	}
});

it('[D1] on SIGTERM turns unready, closes sockets with 1012, ends streams with a code, and exits with 0', async () => {
	const server = await start();
	const overSocket = connectWebSocket(server);
	await enter(overSocket, { room: 'stopping' });
	const stream = await fetch(`${server.url}/trpc/room.join`, {
		method: 'POST',
		headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
		body: JSON.stringify(joinInput({ room: 'stopping' })),
	});
	const began = Date.now();
	const exited = server.stop('SIGTERM');
	expect(await overSocket.closed).toBe(1012);
	expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
	expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
	const told = await stream.text();
	expect(told).toContain('"type":"welcome"');
	expect(told).toContain('"parley":{"code":"server-stopping"}');
	expect(await exited).toBe(0);
	expect(Date.now() - began).toBeLessThan(5_000);
});

it('goes on when it is sent SIGHUP', async () => {
	const server = await start();
	server.signal('SIGHUP');
	const client = connectWebSocket(server);
	await enter(client, { room: 'hung-up' });
	server.signal('SIGHUP');
	await client.trpc.room.update.mutate({ hand: true });
	expect(await server.stop('SIGTERM')).toBe(0);
});

it('on SIGHUP reads its certificate anew, and keeps the one it has where the files hold none', async () => {
	const directory = await newDirectory();
	const [certificateFile, keyFile] = [joinPath(directory, 'cert.pem'), joinPath(directory, 'key.pem')];
	const issue = async (): Promise<string> => {
		const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
		await writeFile(certificateFile, pems.cert);
		await writeFile(keyFile, pems.private);
		return new X509Certificate(pems.cert).fingerprint256;
	};
	const first = await issue();
	const server = await start({ TLS_CERT: certificateFile, TLS_KEY: keyFile });
	expect(await fingerprintServed(server.port)).toBe(first);
	const plain = await fetch(`${server.origin}/check`, { redirect: 'manual' });
	expect(plain.headers.get('location')).toBe(`https://127.0.0.1:${server.port}/check`);

	const second = await issue();
	server.signal('SIGHUP');
	await expect.poll(() => fingerprintServed(server.port)).toBe(second);

	await writeFile(certificateFile, 'no certificate');
	server.signal('SIGHUP');
	await expect.poll(() => server.log).toContain('certificate not renewed');
	expect(await fingerprintServed(server.port)).toBe(second);
});

it('listens for both versions of IP unless told otherwise', async () => {
	const server = await start({ HOST: '' });
	for (const host of ['127.0.0.1', '[::1]']) {
		expect((await fetch(`http://${host}:${server.port}/readyz`)).status).toBe(200);
	}
});

it('[P6] a participant whose connection is half-open is gone from the view of others within ten seconds', async () => {
	const server = await start();
	const ann = await enter(connectWebSocket(server), { room: 'half-open' });
	await enter(connectWebSocket(server, { autoPong: false }), { room: 'half-open' });
	await ann.next('participant-joined');
	const silentSince = Date.now();
	await ann.next('participant-left');
	expect(Date.now() - silentSince).toBeLessThan(10_000);
});

it('writes no session description, message, name or token into its log, and no room name', async () => {
	const server = await start({ LOG_LEVEL: 'debug' });
	const client = connectWebSocket(server);
	const bobClient = connectHttp(server);
	const ann = await enter(client, { room: 'hidden-room-name', name: 'Hidden Person' });
	const bob = await enter(bobClient, { room: 'hidden-room-name', name: 'Hidden Person' });
	const to = { to: bob.welcome.self.id, incarnation: bob.welcome.self.incarnation };
	await client.trpc.room.signal.mutate({ ...to, signal: offer('hidden-description') });
	await client.trpc.room.signal.mutate({ ...to, signal: candidate(1, 'hidden-candidate') });
	await client.trpc.room.relay.mutate({ ...to, sealed: 'hidden-message' });
	await bobClient.trpc.room.update.mutate({ name: 'Hidden Person Too' });
	await join(client, { room: 'hidden-room-name' }).ended;
	await client.trpc.room.signal
		.mutate({ ...to, signal: { kind: 'hidden-kind' } as unknown as ReturnType<typeof candidate> })
		.catch(() => {});
	await client.trpc.room.leave.mutate();
	await server.stop();

	expect(server.log).toContain('"outcome":"new"');
	expect(server.log).toContain('"code":"bad-input"');
	expect(server.log.toLowerCase()).not.toContain('hidden');
	for (const { welcome } of [ann, bob]) {
		expect(server.log).not.toContain(welcome.rejoinToken);
		expect(server.log).not.toContain(welcome.rejoinToken.split('.')[1]);
	}
});

it('writes down nothing about addresses that lead nowhere, neither structured nor otherwise', async () => {
	for (const level of ['debug', 'silent']) {
		const server = await start({ LOG_LEVEL: level });
		const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status;
		expect(await statusOf('/room/hidden-room-name/and-more')).toBe(404);
		// A link whose `#` was escaped: its secret is in the path.
		expect(await statusOf('/room/hidden-room-name%23AAECAwQFBgcICQoLDA0ODw')).toBe(200);
		expect(await statusOf('/room/hidden-room-name/%23AAECAwQFBgcICQoLDA0ODw')).toBe(404);
		expect(await statusOf('/hidden-path?hidden=query')).toBe(404);
		expect(await statusOf('/room/hidden-%E0%A4%A')).toBe(400);
		await server.stop();
		const lines = server.log.split('\n').filter((line) => line !== '');
		const events = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
		expect(events).toEqual(level === 'silent' ? [] : ['listening', 'stopped']);
	}
});
