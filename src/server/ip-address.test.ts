import { describe, expect, it } from 'vitest';
import { formatNetwork, isWithin, parseIp, parseNetwork } from './ip-address';

const canonical = (text: string): string | null => {
	const address = parseIp(text);
	return address && formatNetwork(address, 64);
};

describe('parseIp', () => {
	it.each([
		['203.0.113.7', '203.0.113.7'],
		['203.0.113.7:50000', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['::FFFF:CB00:7107', '203.0.113.7'],
		['[::ffff:203.0.113.7]:443', '203.0.113.7'],
		['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
		['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
		['[2001:db8:1:2::6]', '2001:db8:1:2::/64'],
		['[2001:db8:1:2::6]:65535', '2001:db8:1:2::/64'],
		['[fe80::1%eth0]:80', 'fe80:0:0:0::/64'],
		['fe80::1%25en0', 'fe80:0:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
	])('takes %s for %s', (written, meant) => expect(canonical(written)).toBe(meant));

	it.each([
		...['', 'unknown', '_hidden', 'example.org', '256.1.1.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4:'],
		...['1.2.3.4:123456', '[::1', '::1]', '[]', '[1.2.3.4]', ':::', '1::2::3', '2001:db8::g', '[::1]80'],
		...['1.2.3.4, 5.6.7.8', '12345::', '%eth0', '::1/64'],
	])('takes "%s" for none', (text) => expect(parseIp(text)).toBeNull());
});

describe('parseNetwork', () => {
	const within = (address: string, network: string): boolean | null => {
		const [ip, parsed] = [parseIp(address), parseNetwork(network)];
		return ip && parsed && isWithin(ip, parsed);
	};

	it('holds the addresses that share its prefix', () => {
		expect(within('10.255.0.1', '10.0.0.0/8')).toBe(true);
		expect(within('11.0.0.1', '10.0.0.0/8')).toBe(false);
		expect(within('172.31.255.255', '172.16.0.0/12')).toBe(true);
		expect(within('172.32.0.0', '172.16.0.0/12')).toBe(false);
		expect(within('::ffff:10.1.2.3', '10.0.0.0/8')).toBe(true);
		expect(within('10.1.2.3', '::ffff:10.0.0.0/104')).toBe(true);
		expect(within('192.0.2.1', '192.0.2.1')).toBe(true);
		expect(within('192.0.2.2', '192.0.2.1')).toBe(false);
		expect(within('2001:db8:ffff::1', '2001:db8::/32')).toBe(true);
		expect(within('2001:db9::1', '2001:db8::/32')).toBe(false);
		expect(within('2400:cb00:1:2:3::', '2400:cb00:1:2:3:4:5:6/67')).toBe(true);
		expect(within('203.0.113.7', '2001:db8::/32')).toBe(false);
		expect(within('203.0.113.7', '::/1')).toBe(true);
	});

	it.each([
		'10.0.0.0/0',
		'::/0',
		'10.0.0.0/33',
		'::/129',
		'10.0.0.0/',
		'10.0.0.0/8/8',
		'10/8',
		'a/8',
		'/8',
		'',
	])('takes "%s" for none', (text) => expect(parseNetwork(text)).toBeNull());
});

it('names the /64, /56 and /48 of an IPv6 address, and an IPv4 address as it is', () => {
	const address = parseIp('2001:db8:1:2ff:3::') ?? [];
	expect(formatNetwork(address, 64)).toBe('2001:db8:1:2ff::/64');
	expect(formatNetwork(address, 56)).toBe('2001:db8:1:200::/56');
	expect(formatNetwork(address, 48)).toBe('2001:db8:1::/48');
	expect(formatNetwork(parseIp('192.0.2.1') ?? [], 48)).toBe('192.0.2.1');
});
