/**
 * Addresses of STUN and TURN servers (RFC 7064, RFC 7065), checked as strictly as browsers do. If a browser can't read one,
 * every `RTCPeerConnection` throws, and nobody can call.
 */
import { isIPv4, isIPv6 } from 'node:net';

const pattern =
	/^(?<scheme>stuns?|turns?):(?:\[(?<address>[^\]]*)\]|(?<name>[^:/?#@[\]]+))(?::(?<port>\d{1,5}))?(?<query>\?transport=(?:udp|tcp))?$/;

export function isStunUrl(text: string): boolean {
	const parts = partsOf(text);
	// Only TURN addresses may name a transport.
	return parts !== null && parts.scheme.startsWith('stun') && parts.query === undefined;
}

export function isTurnUrl(text: string): boolean {
	return partsOf(text)?.scheme.startsWith('turn') ?? false;
}

interface Parts {
	scheme: string;
	/** An IPv6 address without its brackets; any other host is a name. */
	address?: string;
	name?: string;
	port?: string;
	query?: string;
}

function partsOf(text: string): Parts | null {
	const parts = pattern.exec(text)?.groups as Parts | undefined;
	if (!parts) return null;
	const { address, name = '', port } = parts;
	// A zone ("fe80::1%eth0") means something on one machine only.
	const hostFits = address === undefined ? isHost(name) : isIPv6(address) && !address.includes('%');
	const portFits = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
	return hostFits && portFits ? parts : null;
}

function isHost(name: string): boolean {
	const labels = name.replace(/\.$/, '').split('.');
	// A host that ends in a number must be an IPv4 address (URL Standard, "ends in a number").
	if (/^\d+$/.test(labels.at(-1) ?? '')) return isIPv4(name);
	return (
		name.length <= 253 && labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label))
	);
}
