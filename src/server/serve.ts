/**
 * One listening server, with signaling attached. Every other request goes to whoever makes the pages. `main.ts` runs it as a
 * process, tests run it inside theirs.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCallers } from './address';
import { attach, type AttachOptions } from './attach';
import { createCertificateRenewal, type CertificateRenewal } from './certificate-renewal';
import { systemClock } from './clock';
import type { Config } from './config';
import { listen, listenForMetrics } from './listen';
import { guardListener } from './listener-guard';
import type { Log } from './log';
import { redirectPlainHttp, type PlainHttp } from './plain-http';
import { securityHeaders } from './security-headers';
import { loadCredentials } from './tls';
import { defaultTunables } from './tunables';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Serving {
	port: number;
	/** Reads the certificate again, if there is one. Changed files are also found without this. */
	renewCertificate(): void;
	/** Ends every connection in an orderly way and stops listening. */
	stop(): Promise<void>;
}

/** Rejects with a `ConfigError` when the port is not available or the certificate can't be used. */
export async function serve(
	options: Omit<AttachOptions, 'config' | 'ownsUpgrades'> & { config: Config; pages: PageHandler },
): Promise<Serving> {
	const { config, pages } = options;
	const tunables = { ...defaultTunables, ...options.tunables };
	const { server, renewal, plain } = listenerFor(config, options.log, tunables.certificateCheckMs);
	const callers = createCallers(config.trustedProxies, options.log);
	guardListener(server, callers, tunables.socketsPerAddress);
	const attached = attach(server, { ...options, callers, ownsUpgrades: true });
	const headersFor = securityHeaders({ secure: isSecure(config) });
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		for (const [name, value] of headersFor(request)) response.setHeader(name, value);
		// Files whose names change with their content override this. Of all others, no cache may show an old version.
		response.setHeader('Cache-Control', 'no-cache');
		if (!attached.handle(request, response)) pages(request, response);
	});
	const metricsServer = config.metrics.listener && createServer(patience, attached.handleMetrics);
	try {
		await listen(server, config);
		if (metricsServer) await listenForMetrics(metricsServer, config);
	} catch (cause) {
		renewal?.stop();
		server.close();
		throw cause;
	}
	return {
		port: (server.address() as AddressInfo).port,
		renewCertificate: () => renewal?.renew(),
		async stop() {
			renewal?.stop();
			// Goes on answering meanwhile, so that a load balancer hears "not ready" instead of nothing.
			await attached.detach();
			metricsServer?.close();
			metricsServer?.closeAllConnections();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			plain?.stop();
			await closed;
		},
	};
}

/** Whether people reach it over HTTPS: its own, or that of a proxy in front of it. */
function isSecure({ tls, origin }: Config): boolean {
	return tls !== null || (origin?.startsWith('https:') ?? false);
}

/** How long a request may take for its headers, and in all. A slower one is cut (status 408). */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };

function listenerFor({ tls, origin }: Config, log: Log, everyMs: number): Listener {
	if (!tls) return { server: createServer(patience), renewal: null, plain: null };
	const loaded = loadCredentials(tls);
	const server = createSecureServer({ ...patience, ...loaded });
	const renewal = createCertificateRenewal({
		...{ loaded, everyMs, log, clock: systemClock },
		load: () => loadCredentials(tls),
		// Open connections keep the certificate they began with.
		use: (credentials) => server.setSecureContext(credentials),
	});
	return { server, renewal, plain: redirectPlainHttp(server, patience, origin) };
}

interface Listener {
	server: Server;
	renewal: CertificateRenewal | null;
	plain: PlainHttp | null;
}
