/**
 * One listening server: signaling attached, every other request handed to whoever makes the pages. `main.ts` runs it as a
 * process, tests run it inside theirs.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { attach, type AttachOptions } from './attach';
import type { Config } from './config';
import { listenProblem } from './listen-problem';
import { guardListener } from './listener-guard';
import { securityHeaders } from './security-headers';
import { loadCredentials } from './tls';
import { defaultTunables } from './tunables';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Serving {
	port: number;
	/** Ends every connection in an orderly way and stops listening. */
	stop(): Promise<void>;
}

/** Rejects with a `ConfigError` when the port can't be had, or the certificate can't be used. */
export async function serve(
	options: Omit<AttachOptions, 'config' | 'ownsUpgrades'> & { config: Config; pages: PageHandler },
): Promise<Serving> {
	const { config, pages } = options;
	const server = listenerFor(config);
	guardListener(server, options.tunables?.socketsPerAddress ?? defaultTunables.socketsPerAddress);
	const attached = attach(server, { ...options, ownsUpgrades: true });
	const headersFor = securityHeaders({ secure: isSecure(config) });
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		for (const [name, value] of headersFor(request)) response.setHeader(name, value);
		// Files whose names change with their content say otherwise themselves; of the rest nobody may show yesterday's.
		response.setHeader('Cache-Control', 'no-cache');
		if (!attached.handle(request, response)) pages(request, response);
	});
	await new Promise<void>((resolve, reject) => {
		const handleError = (cause: Error) => reject(listenProblem(cause, config));
		server.once('error', handleError);
		server.listen(config.port, config.host, () => {
			server.off('error', handleError);
			resolve();
		});
	});
	return {
		port: (server.address() as AddressInfo).port,
		async stop() {
			// Goes on answering meanwhile, so that a balancer that asks hears "not ready" and not silence.
			await attached.detach();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

/** People reach it over HTTPS: its own, or that of a proxy before it. */
function isSecure({ tls, origin }: Config): boolean {
	return tls !== null || (origin?.startsWith('https:') ?? false);
}

/** A request has so long to say what it wants, then so long to be complete; those who take longer are cut (status 408). */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };

function listenerFor({ tls }: Config): Server {
	return tls ? createSecureServer({ ...patience, ...loadCredentials(tls) }) : createServer(patience);
}
