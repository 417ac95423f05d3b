/** Listens, on every address the machine has unless told otherwise, also where it has none of the sixth version. */
import type { Server } from 'node:net';
import { ConfigError, everyAddress, type Config } from './config';
import { listenProblem } from './listen-problem';

const everyIpv4Address = '0.0.0.0';

/** Rejects with a `ConfigError` when the port or the address can't be had. */
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

/** Rejects with a `ConfigError` when the port or the address can't be had. */
export async function listenForMetrics(server: Server, { metrics }: Pick<Config, 'metrics'>): Promise<void> {
	if (!metrics.listener) return;
	const { host, port } = metrics.listener;
	await listenOn(server, host, port).catch(({ code = '' }: NodeJS.ErrnoException) => {
		throw new ConfigError(
			`METRICS_PORT is ${port} and METRICS_HOST "${host}", which can't be listened on (${code})`,
		);
	});
}

/** What systems say whose IPv6 is switched off: when started without it, and later on. */
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
