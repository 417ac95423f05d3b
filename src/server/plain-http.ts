/**
 * Plain HTTP on the port of HTTPS, as when somebody types the address without `https`, is answered with a redirect. The first byte
 * of a connection tells the two apart: TLS begins with a byte that no HTTP method begins with.
 */
import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';

/** RFC 8446 §5.1: the content type `handshake`, which every connection begins with. */
const handshake = 0x16;

export interface PlainHttp {
	/** Closes the connections that are open. */
	stop(): void;
}

/**
 * Must be called before anybody else listens for the server's connections.
 * @param patience how long each may take, as for the server itself; `headersTimeout`, in ms, bounds its first byte as well
 * @param origin where everybody is sent; `null` for the host that they named
 */
export function redirectPlainHttp(
	server: SecureServer,
	patience: ServerOptions & { headersTimeout: number },
	origin: string | null,
): PlainHttp {
	const beginTls = server.listeners('connection');
	server.removeAllListeners('connection');
	const plain = createServer(patience, (request, response) => redirect(request, response, origin));
	const silent = new Set<Socket>();

	server.on('connection', (socket: Socket) => {
		silent.add(socket);
		const end = () => socket.destroy();
		socket.setTimeout(patience.headersTimeout, end);
		socket.once('error', end);
		socket.once('close', () => silent.delete(socket));
		socket.once('readable', () => {
			const begun = socket.read() as Buffer | null;
			// It has ended.
			if (begun === null) return end();
			silent.delete(socket);
			socket.setTimeout(0);
			socket.off('timeout', end);
			socket.off('error', end);
			socket.unshift(begun);
			if (begun[0] !== handshake) plain.emit('connection', socket);
			else for (const begin of beginTls) begin.call(server, socket);
		});
	});

	return {
		stop() {
			plain.closeAllConnections();
			for (const socket of silent) socket.destroy();
		},
	};
}

function redirect(
	{ url = '/', headers }: IncomingMessage,
	response: ServerResponse,
	origin: string | null,
): void {
	response.setHeader('Connection', 'close');
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	const target = secureAddress(origin ?? `https://${headers.host ?? ''}`, url);
	if (!target) return void response.writeHead(400).end('Open this address with https:// in front.\n');
	// 308 keeps the method, so it works for more than GET.
	response.writeHead(308, { Location: target }).end(`This is served over HTTPS alone: ${target}\n`);
}

/** `null` if the request names no host, or no path on it. */
function secureAddress(base: string, path: string): string | null {
	try {
		const { origin, username, password, pathname } = new URL(base);
		if (username || password || pathname !== '/' || !path.startsWith('/')) return null;
		// Joined as text, because a path that begins with two slashes would resolve to another host.
		return new URL(origin + path).href;
	} catch {
		return null;
	}
}
