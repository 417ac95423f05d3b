/** Listens on every address of the machine unless told otherwise, also on machines without IPv6. */
import type { Server } from 'node:net';
import { ConfigError, everyAddress, type Config } from './config';
import { listenProblem } from './listen-problem';

const everyIpv4Address = '0.0.0.0';

/** Rejects with a `ConfigError` when the port or the address is not available. */
export async function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
	try {
		await listenOn(server, host, port).catch((cause: NodeJS.ErrnoException) => {
			if (host !== everyAddress || !withoutIpv6.has(cause.code ?? '')) throw cause;
			return listenOn(server, everyIpv4Address, port);
		});
	} catch (cause) {
		throw listenProblem(cause, { host, port });
	}
}

/** Rejects with a `ConfigError` when the port or the address is not available. */
export async function listenForMetrics(server: Server, { metrics }: Pick<Config, 'metrics'>): Promise<void> {
	if (!metrics.listener) return;
	const { host, port } = metrics.listener;
	await listenOn(server, host, port).catch(({ code = '' }: NodeJS.ErrnoException) => {
		throw new ConfigError(
			`METRICS_PORT is ${port} and METRICS_HOST "${host}", which can't be listened on (${code})`,
		);
	});
}

/** Error codes of systems without IPv6, whether it was off from the start or switched off later. */
const withoutIpv6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

function listenOn(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
}
