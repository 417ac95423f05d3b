/** Whose connection is it? The address that limits are counted by. */
import type { IncomingMessage } from 'node:http';

/**
 * The client's address; behind a proxy on this machine, the one the proxy saw. An IPv6 address is cut to its /64, which
 * is what one household is given.
 */
export function addressOf(request: IncomingMessage): string {
	const peer = request.socket.remoteAddress ?? 'unknown';
	const forwarded = isLoopback(peer) ? lastForwarded(request.headers['x-forwarded-for']) : null;
	return networkOf(forwarded ?? peer);
}

/**
 * Limits by address hold for addresses that are somebody's. A connection from this machine that names nobody may be
 * anyone's: a proxy's that says nothing of its clients, or the operator's own.
 */
export function isCounted(address: string): boolean {
	return !isLoopback(address) && address !== loopbackNetwork;
}

const loopbackNetwork = '0:0:0:0::/64';

function isLoopback(address: string): boolean {
	return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/** The entry our own proxy added. Those before it are hearsay. */
function lastForwarded(header: string | string[] | undefined): string | null {
	const last = [header].flat().at(-1)?.split(',').at(-1)?.trim();
	return last !== undefined && /^[0-9a-fA-F.:]{2,45}$/.test(last) ? last : null;
}

/** An IPv4 address as it is; of an IPv6 one the /64. */
export function networkOf(address: string): string {
	const mapped = address.replace(/^::ffff:(?=\d+\.)/, '');
	if (!mapped.includes(':')) return mapped;
	const [head = '', tail] = mapped.split('::');
	const before = head === '' ? [] : head.split(':');
	const after = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
	return (
		[...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':') + '::/64'
	);
}
