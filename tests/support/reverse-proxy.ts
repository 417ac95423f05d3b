/**
 * Debian's nginx and Caddy before a server, as child processes, each set up as people set them up: right, and wrong in the ways that are
 * read about. What the right ones say is what the README tells operators to write.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { acceptsTcp } from './accepts-tcp';
import { freePort } from './free-port';

export type ProxyKind = 'nginx' | 'caddy';
/**
 * `host`: rewrites it to the server's own. `no-upgrade`: passes no WebSocket, and ends what is silent for a while.
 * `buffering`: passes no WebSocket, nor streams as they come. `idle`: ends what is silent for a while. `read-only`: passes no WebSocket, and
 * forbids all commands. `sign-in`: answers everything of a call with a page of its own. Caddy has neither.
 */
export type ProxySetup = 'right' | 'host' | 'no-upgrade' | 'buffering' | 'idle' | 'read-only' | 'sign-in';

export interface ReverseProxy {
	readonly origin: string;
	/** Starts it anew with another configuration, on the same port. */
	change(setup: ProxySetup): Promise<void>;
	stop(): Promise<void>;
}

/** Operators have 60 seconds there, by default; nobody waits for that in a test. */
export const idleMs = 4_000;
/** Where `scripts/ensure-tools.mjs` puts them, besides those of the system. */
const unpackedFolder = resolve(import.meta.dirname, '../../node_modules/.cache/tools');
const programFolders = ['/usr/sbin', join(unpackedFolder, 'usr/sbin'), join(unpackedFolder, 'usr/bin')];
const startTimeoutMs = 10_000;

export async function startReverseProxy(
	kind: ProxyKind,
	setup: ProxySetup,
	target: { port: number },
): Promise<ReverseProxy> {
	const port = await freePort();
	const folder = await mkdtemp(join(tmpdir(), `parley-${kind}-`));
	let child: ChildProcess | null = null;
	// A test run that dies must not leave it behind.
	const kill = () => void child?.kill('SIGKILL');
	process.on('exit', kill);

	async function start(next: ProxySetup): Promise<void> {
		const file = join(folder, 'configuration');
		const text = kind === 'nginx' ? nginx(folder, port, target.port, next) : caddy(port, target.port, next);
		await writeFile(file, text);
		const [program, args] =
			kind === 'nginx'
				? (['nginx', ['-p', folder, '-c', file]] as const)
				: (['caddy', ['run', '--adapter', 'caddyfile', '--config', file]] as const);
		const started = spawn(program, args, {
			env: {
				PATH: [process.env['PATH'], ...programFolders].join(delimiter),
				...{ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
			},
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		child = started;
		let log = '';
		started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
		const failed = once(started, 'error').then(([cause]) => {
			throw new Error(`${program} does not start`, { cause });
		});
		failed.catch(() => {});
		await Promise.race([failed, untilListening(port, started, () => log)]);
	}

	async function end(): Promise<void> {
		const ending = child;
		child = null;
		if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
		const gone = once(ending, 'exit');
		ending.kill('SIGKILL');
		await gone;
	}

	async function stop(): Promise<void> {
		process.off('exit', kill);
		await end();
		await rm(folder, { recursive: true, force: true });
	}

	try {
		await start(setup);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		origin: `http://127.0.0.1:${port}`,
		async change(next) {
			await end();
			await start(next);
		},
		stop,
	};
}

function nginx(folder: string, port: number, upstream: number, setup: ProxySetup): string {
	const location = {
		host: setup === 'host' ? '' : 'proxy_set_header Host $http_host;',
		upgrade:
			setup === 'no-upgrade' || setup === 'buffering' || setup === 'read-only'
				? ''
				: 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
		// By default it speaks HTTP/1.0, which has no chunks to pass on as they come, and heeds what the server says of its streams.
		version: setup === 'no-upgrade' || setup === 'buffering' ? '' : 'proxy_http_version 1.1;',
		buffering: setup === 'buffering' ? 'proxy_ignore_headers X-Accel-Buffering;' : '',
		idle:
			setup === 'idle' || setup === 'no-upgrade'
				? `proxy_read_timeout ${idleMs}ms; proxy_send_timeout ${idleMs}ms;`
				: '',
	};
	const obstacle: Partial<Record<ProxySetup, string>> = {
		'read-only':
			'location ~ ^/trpc/.*room\\.(signal|relay|update|leave|beat) { return 403 "<h1>Not allowed</h1>"; }',
		'sign-in':
			'location ~ ^/(trpc|readyz|healthz) { default_type text/html; return 200 "<h1>Sign in</h1>"; }',
	};
	return `
daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr warn;
events {}
http {
	access_log off;
	client_body_temp_path ${folder}/body;
	proxy_temp_path ${folder}/proxy;
	fastcgi_temp_path ${folder}/fastcgi;
	uwsgi_temp_path ${folder}/uwsgi;
	scgi_temp_path ${folder}/scgi;
	server {
		listen 127.0.0.1:${port};
		location / {
			proxy_pass http://127.0.0.1:${upstream};
			${Object.values(location).join('\n\t\t\t')}
		}
		${obstacle[setup] ?? ''}
	}
}
`;
}

function caddy(port: number, upstream: number, setup: ProxySetup): string {
	const idle = `transport http {\n\t\t\tread_timeout ${idleMs}ms\n\t\t\twrite_timeout ${idleMs}ms\n\t\t}`;
	const options: Partial<Record<ProxySetup, string>> = {
		right: '',
		host: 'header_up Host {upstream_hostport}',
		'no-upgrade': `header_up -Upgrade\n\t\t${idle}`,
		// As Debian's version has it; newer ones say `response_buffers`.
		buffering: 'header_up -Upgrade\n\t\tbuffer_responses',
		idle,
	};
	return `
{
	admin off
	auto_https off
}
http://127.0.0.1:${port} {
	reverse_proxy 127.0.0.1:${upstream} {
		${options[setup] ?? ''}
	}
}
`;
}

async function untilListening(port: number, child: ChildProcess, log: () => string): Promise<void> {
	const deadline = Date.now() + startTimeoutMs;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) throw new Error(`the proxy did not start:\n${log()}`);
		if (await acceptsTcp(port)) return;
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
	throw new Error(`the proxy was not ready within ${startTimeoutMs} ms:\n${log()}`);
}
