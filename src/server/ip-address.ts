/**
 * IP addresses and networks, however they are written: with a port, in brackets, in capitals, with a zone, or IPv4 within IPv6.
 * Different spellings of an address parse to the same value. Knows nothing of who is trusted or counted.
 */
import { isIPv4, isIPv6 } from 'node:net';

/** Eight groups of 16 bits. IPv4 addresses are mapped into IPv6, as `::ffff:0:0/96`. */
export type IpAddress = readonly number[];

export interface IpNetwork {
	readonly address: IpAddress;
	/** How many bits all its addresses share, of 128. */
	readonly bits: number;
}

/** `null` if it is no address. */
export function parseIp(text: string): IpAddress | null {
	const inBrackets = /^\[([^\]]{2,64})\](?::\d{1,5})?$/.exec(text)?.[1];
	if (inBrackets !== undefined) return parseIpv6(inBrackets);
	const ipv4 = /^(\d[\d.]{6,14})(?::\d{1,5})?$/.exec(text)?.[1];
	return ipv4 === undefined ? parseIpv6(text) : parseIpv4(ipv4);
}

/** An address, or one with a prefix length such as `/64`. A network of all addresses is refused, because it would exclude nobody. */
export function parseNetwork(text: string): IpNetwork | null {
	const [written = '', length, ...rest] = text.split('/');
	const address = parseIp(written);
	if (!address || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '128')) return null;
	const prefix = length === undefined ? 128 : Number(length) + (isIPv4(written) ? 96 : 0);
	const least = isMappedIpv4(address) ? 97 : 1;
	return prefix < least || prefix > 128 ? null : { address, bits: prefix };
}

export function isWithin(address: IpAddress, network: IpNetwork): boolean {
	return address.every((group, index) => {
		const ignored = Math.min(16, Math.max(0, 16 * (index + 1) - network.bits));
		return group >> ignored === (network.address[index] ?? 0) >> ignored;
	});
}

/** IPv4 with dots. For IPv6, the network of that many bits which holds the address, such as `2001:db8:0:0::/64`. */
export function formatNetwork(address: IpAddress, bits: 48 | 56 | 64): string {
	if (isMappedIpv4(address)) return formatIpv4(address);
	const kept = address.slice(0, Math.ceil(bits / 16));
	const ignored = kept.length * 16 - bits;
	const groups = kept.map((group, index) =>
		(index === kept.length - 1 ? (group >> ignored) << ignored : group).toString(16),
	);
	return `${groups.join(':')}::/${bits}`;
}

export function isMappedIpv4(address: IpAddress): boolean {
	return address.slice(0, 5).every((group) => group === 0) && address[5] === 0xffff;
}

function formatIpv4(address: IpAddress): string {
	return address
		.slice(6)
		.flatMap((group) => [group >> 8, group & 255])
		.join('.');
}

function parseIpv4(text: string): IpAddress | null {
	if (!isIPv4(text)) return null;
	const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
	return [0, 0, 0, 0, 0, 0xffff, (a << 8) | b, (c << 8) | d];
}

function parseIpv6(text: string): IpAddress | null {
	const [bare = ''] = text.split('%', 1);
	if (!isIPv6(bare)) return null;
	// The last 32 bits may be written as IPv4.
	const hex = bare.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
		const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
		return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
	});
	const [head = '', tail] = hex.split('::');
	const before = groupsOf(head);
	const after = groupsOf(tail ?? '');
	const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
	return [...before, ...Array<number>(zeros).fill(0), ...after];
}

function groupsOf(text: string): number[] {
	return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}
