/** Why a server could not listen, in one line: a port or a host can be well formed and still not be available. */
import { ConfigError, type Config } from './config';

/** Returns errors that are not about listening as they are. */
export function listenProblem(cause: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown {
	const { code = '', syscall } = cause as NodeJS.ErrnoException;
	if (syscall === 'getaddrinfo') {
		return new ConfigError(`HOST is "${host}", ${may("which can't be resolved", code)}`);
	}
	if (syscall !== 'listen') return cause;
	switch (code) {
		case 'EADDRINUSE':
			return new ConfigError(
				`PORT is ${port}, which another program listens on; it may be any free one, or 0 to take one that is`,
			);
		case 'EACCES':
			return new ConfigError(
				`PORT is ${port}, which this user may not listen on (${code}); most may from 1024 on`,
			);
		case 'EADDRNOTAVAIL':
			return new ConfigError(`HOST is "${host}", ${may('which is no address of this machine', code)}`);
		default:
			return new ConfigError(`HOST is "${host}" and PORT is ${port}, which can't be listened on (${code})`);
	}
}

function may(fault: string, code: string): string {
	return `${fault} (${code}); it may be a name or address of this machine, or :: for all it has`;
}
