/**
 * The built server as its operators run it: a child process that can be stopped, killed and started again on the same
 * port with the same secret.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port';

const entry = resolve(import.meta.dirname, '../../build/server/main.js');
const startTimeoutMs = 20_000;

export interface ServerProcess {
	readonly origin: string;
	readonly port: number;
	/** Everything it has written to its log, across restarts. */
	readonly log: string;
	/** `entry`: the main file of another build than the one in `build/`. */
	start(entry?: string): Promise<void>;
	/** Ends the process with this signal and waits until it is gone; returns its exit code. */
	stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
	/** Sends a signal that ends nothing. */
	signal(signal: 'SIGHUP'): void;
	/** Stops it and removes what it kept. */
	dispose(): Promise<void>;
}

/** `keptIn`: the folder it works in, which then stays; otherwise one of its own. */
export async function startServerProcess(
	env: Record<string, string> = {},
	keptIn?: string,
): Promise<ServerProcess> {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const directory = keptIn ?? (await mkdtemp(join(tmpdir(), 'parley-server-')));
	let child: ChildProcess | null = null;
	let log = '';

	const server: ServerProcess = {
		origin,
		port,
		get log() {
			return log;
		},
		async start(main = entry) {
			const started = spawn(process.execPath, [main], {
				cwd: directory,
				env: {
					PATH: process.env['PATH'],
					HOST: '127.0.0.1',
					PORT: String(port),
					SECRET: 'a secret for tests, and for nothing else',
					LOG_LEVEL: 'info',
					...env,
				},
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			child = started;
			started.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
			started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
			const logBefore = log.length;
			// With a certificate of its own it is asked by those who know that.
			const isReady = env['TLS_CERT']
				? () => log.includes('"msg":"listening"', logBefore)
				: () => answers(`${origin}/readyz`);
			await untilReady(
				isReady,
				() => started.exitCode !== null,
				() => log,
			);
		},
		async stop(signal = 'SIGTERM') {
			const stopping = child;
			child = null;
			if (!stopping || stopping.exitCode !== null || stopping.signalCode !== null)
				return stopping?.exitCode ?? null;
			const gone = once(stopping, 'exit');
			stopping.kill(signal);
			await gone;
			return stopping.exitCode;
		},
		signal(signal) {
			child?.kill(signal);
		},
		async dispose() {
			await server.stop('SIGKILL');
			if (keptIn === undefined) await rm(directory, { recursive: true, force: true });
		},
	};
	await server.start();
	return server;
}

function answers(url: string): Promise<boolean> {
	return fetch(url).then(
		(response) => response.ok,
		() => false,
	);
}

async function untilReady(
	isReady: () => boolean | Promise<boolean>,
	exited: () => boolean,
	log: () => string,
): Promise<void> {
	const deadline = Date.now() + startTimeoutMs;
	while (Date.now() < deadline) {
		if (exited()) throw new Error(`the server did not start:\n${log()}`);
		if (await isReady()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`the server was not ready within ${startTimeoutMs} ms:\n${log()}`);
}
