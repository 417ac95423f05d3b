/**
 * Whose connection is it? Finds the address that limits are counted by: the other end's, or the one that a proxy saw. Only proxies
 * that are named in the settings or run on this machine are believed.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createFirstTimes } from './first-times';
import {
	formatNetwork,
	isMappedIpv4,
	isWithin,
	parseIp,
	parseNetwork,
	type IpAddress,
	type IpNetwork,
} from './ip-address';
import type { Log } from './log';

/** Something that limits are counted by. */
export interface Network {
	readonly key: string;
	/** How many addresses' worth of each limit it gets. */
	readonly width: number;
}

export interface Caller {
	/** An IPv4 address, or the /64 of an IPv6 one, which is what one household is given. */
	readonly address: string;
	/**
	 * From the narrowest to the widest; each contains the one before. Empty for a caller who could be anyone: a proxy's own connection, or
	 * a connection from this machine that names no client.
	 */
	readonly networks: readonly Network[];
}

export interface Callers {
	/** Whoever makes this request. */
	of(request: IncomingMessage): Caller;
	/** Whoever is at the other end of a connection that has carried no request yet. */
	ofSocket(remoteAddress: string | undefined): Caller;
}

/** This machine's own addresses. */
const loopback = ['127.0.0.0/8', '::1'].flatMap((text) => parseNetwork(text) ?? []);

export function isLoopback(remoteAddress: string | undefined): boolean {
	const address = parseIp(remoteAddress ?? '');
	return address !== null && loopback.some((network) => isWithin(address, network));
}

/** @param trustedProxies besides those on this machine */
export function createCallers(trustedProxies: readonly IpNetwork[], log: Pick<Log, 'warn'>): Callers {
	const trusted = [...loopback, ...trustedProxies];
	const isTrusted = (address: IpAddress) => trusted.some((network) => isWithin(address, network));
	const isNews = createFirstTimes(16);
	const known = new WeakMap<IncomingMessage, Caller>();

	function callerOf({ socket, headers }: IncomingMessage): Caller {
		const peer = parseIp(socket.remoteAddress ?? '');
		if (peer && !isTrusted(peer)) {
			const { address } = caller(peer, true);
			if (headers['x-forwarded-for'] !== undefined && isNews(address)) {
				log.warn('forwarded by an unknown proxy', { address, setting: 'TRUSTED_PROXIES' });
			}
		}
		const client = peer && clientBehind(peer, hopsOf(headers), isTrusted);
		return caller(client, client !== null && !isTrusted(client));
	}

	return {
		of(request) {
			const before = known.get(request);
			if (before) return before;
			const found = callerOf(request);
			known.set(request, found);
			return found;
		},
		ofSocket(remoteAddress) {
			const peer = parseIp(remoteAddress ?? '');
			return caller(peer, peer !== null && !isTrusted(peer));
		},
	};
}

/** Goes back from proxy to proxy for as long as they are trusted. A proxy that names nobody is taken for the client. */
function clientBehind(
	peer: IpAddress,
	hops: readonly string[],
	isTrusted: (address: IpAddress) => boolean,
): IpAddress {
	let client = peer;
	for (const hop of [...hops].reverse()) {
		if (!isTrusted(client)) break;
		const before = parseIp(hop);
		if (!before) break;
		client = before;
	}
	return client;
}

/** More proxies than anybody chains. */
const hopsMax = 20;

/** The hops of the request, the client first: from `X-Forwarded-For`, or else from `Forwarded` (RFC 7239). */
function hopsOf(headers: IncomingHttpHeaders): string[] {
	const listed = headers['x-forwarded-for'];
	if (listed !== undefined) return [listed].flat().join().split(',').slice(-hopsMax).map(trimmed);
	const { forwarded } = headers;
	if (forwarded === undefined) return [];
	return forwarded
		.split(',')
		.slice(-hopsMax)
		.map((element) => /(?:^|;)\s*for="?([^";,]+)"?/i.exec(element)?.[1] ?? '')
		.map(trimmed);
}

const trimmed = (text: string) => text.trim();

function caller(address: IpAddress | null, isCounted: boolean): Caller {
	if (!address) return { address: 'unknown', networks: [{ key: 'unknown', width: 1 }] };
	const key = formatNetwork(address, 64);
	if (!isCounted) return { address: key, networks: [] };
	const wider = isMappedIpv4(address)
		? []
		: [
				{ key: formatNetwork(address, 56), width: 2 },
				{ key: formatNetwork(address, 48), width: 4 },
			];
	return { address: key, networks: [{ key, width: 1 }, ...wider] };
}
