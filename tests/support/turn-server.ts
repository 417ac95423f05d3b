/** A real coturn on loopback, as a child process, with credentials as Parley makes them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { acceptsTcp } from './accepts-tcp';
import { freePort } from './free-port';

const startTimeoutMs = 10_000;

export interface TurnServer {
	/** UDP and TCP. */
	readonly port: number;
	/** TLS over TCP, where a certificate was given. */
	readonly tlsPort: number;
	readonly secret: string;
	/** Everything it has written to its log. */
	readonly log: string;
	stop(): Promise<void>;
}

/** @param tls paths of PEM files */
export async function startTurnServer(tls?: {
	certificateFile: string;
	keyFile: string;
}): Promise<TurnServer> {
	const [port, tlsPort] = [await freePort(), await freePort()];
	const secret = 'shared by the tests and their TURN server';
	const child = spawn(
		'turnserver',
		[
			...['-n', '--no-cli', '--log-file=stdout', '--verbose', '--pidfile='],
			...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`],
			...(tls
				? [`--tls-listening-port=${tlsPort}`, `--cert=${tls.certificateFile}`, `--pkey=${tls.keyFile}`]
				: ['--no-tls']),
			...['--no-dtls', '--fingerprint', '--realm=parley.test'],
			...['--use-auth-secret', `--static-auth-secret=${secret}`],
			// Both ends are on loopback here. Never on a real one.
			'--allow-loopback-peers',
		],
		{ stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let log = '';
	child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const failed = once(child, 'error').then(([cause]) => {
		throw new Error('coturn does not start: apt-get install coturn', { cause });
	});
	failed.catch(() => {});
	// A test run that dies must not leave it behind.
	const kill = () => void child.kill('SIGKILL');
	process.on('exit', kill);

	await Promise.race([failed, untilListening([port, ...(tls ? [tlsPort] : [])], () => log)]);
	return {
		port,
		tlsPort,
		secret,
		get log() {
			return log;
		},
		async stop() {
			process.off('exit', kill);
			if (child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, 'exit');
			child.kill('SIGKILL');
			await gone;
		},
	};
}

/** It listens on TCP and UDP alike; the UDP side is asked with a STUN binding request (RFC 8489, section 5). */
async function untilListening([port = 0, ...others]: number[], log: () => string): Promise<void> {
	const deadline = Date.now() + startTimeoutMs;
	while (Date.now() < deadline) {
		const ready = await Promise.all([answersBinding(port), ...[port, ...others].map(acceptsTcp)]);
		if (ready.every(Boolean)) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`coturn was not ready within ${startTimeoutMs} ms:\n${log()}`);
}

function answersBinding(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createSocket('udp4');
		const end = (answered: boolean) => {
			clearTimeout(timer);
			socket.close();
			resolve(answered);
		};
		const timer = setTimeout(() => end(false), 200);
		socket.once('message', () => end(true));
		socket.once('error', () => end(false));
		const request = Buffer.alloc(20);
		request.writeUInt16BE(0x0001, 0);
		request.writeUInt32BE(0x2112a442, 4);
		socket.send(request, port, '127.0.0.1');
	});
}
