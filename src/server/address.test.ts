import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createCallers, type Caller } from './address';
import { parseNetwork } from './ip-address';

function setUp(...trusted: string[]) {
	const told: (string | undefined)[] = [];
	const networks = trusted.flatMap((text) => parseNetwork(text) ?? []);
	const callers = createCallers(networks, { warn: (_event, fields) => void told.push(fields?.address) });
	const callerOf = (remoteAddress: string, headers: Record<string, string | string[]> = {}): Caller =>
		callers.of({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
	const from = (remoteAddress: string, forwarded?: string | string[]): string =>
		callerOf(remoteAddress, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }).address;
	return { told, callers, callerOf, from };
}

it('is the address of the other end', () => {
	const { from } = setUp();
	expect(from('203.0.113.7')).toBe('203.0.113.7');
	expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
});

it('[L5] counts an IPv6 address as its /64, and as a /56 and a /48 of more', () => {
	const { callerOf } = setUp();
	expect(callerOf('2001:db8:1:2ff:3:4:5:6')).toEqual({
		address: '2001:db8:1:2ff::/64',
		networks: [
			{ key: '2001:db8:1:2ff::/64', width: 1 },
			{ key: '2001:db8:1:200::/56', width: 2 },
			{ key: '2001:db8:1::/48', width: 4 },
		],
	});
	expect(callerOf('203.0.113.7').networks).toEqual([{ key: '203.0.113.7', width: 1 }]);
});

describe('behind proxies', () => {
	it('[L5] believes one on this machine, and only the entry that it added', () => {
		const { from } = setUp();
		expect(from('127.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
		expect(from('::1', '2001:db8::6')).toBe('2001:db8:0:0::/64');
		expect(from('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
		expect(from('127.0.0.1', 'unknown')).toBe('127.0.0.1');
	});

	it('[L5] goes back past all those that are named, and no further', () => {
		const { from } = setUp('10.0.0.0/8', '2001:db8:cd::/48');
		expect(from('10.0.0.2', '192.0.2.66, 203.0.113.7, 2001:db8:cd::5')).toBe('203.0.113.7');
		expect(from('10.0.0.2', ['192.0.2.66', '203.0.113.7, 10.0.0.3'])).toBe('203.0.113.7');
		expect(from('127.0.0.1', '203.0.113.7, 10.0.0.2')).toBe('203.0.113.7');
		expect(from('192.0.2.1', '203.0.113.7, 10.0.0.2')).toBe('192.0.2.1');
		expect(from('10.0.0.2', '10.0.0.9')).toBe('10.0.0.9');
	});

	it('[L5] knows an address however the proxy writes it', () => {
		const { from } = setUp('2001:db8:cd::/48');
		for (const written of ['2001:DB8:1:2::3', '[2001:db8:1:2::3]', '[2001:db8:1:2:0:0:0:3]:4711']) {
			expect(from('2001:db8:cd::1', written)).toBe('2001:db8:1:2::/64');
		}
		for (const written of ['203.0.113.7:4711', '::ffff:203.0.113.7', ' 203.0.113.7 ']) {
			expect(from('::ffff:127.0.0.1', `192.0.2.66,${written}`)).toBe('203.0.113.7');
		}
	});

	it('[L5] counts as the proxy what it can not name, and never believes what stands before that', () => {
		const { callerOf, from } = setUp('10.0.0.0/8');
		expect(from('10.0.0.2', '203.0.113.7, unknown')).toBe('10.0.0.2');
		expect(from('127.0.0.1', '203.0.113.7, nonsense, 10.0.0.2')).toBe('10.0.0.2');
		expect(callerOf('10.0.0.2').networks).toEqual([]);
		expect(from('127.0.0.1', `203.0.113.7${', 10.0.0.2'.repeat(500)}`)).toBe('10.0.0.2');
	});

	it('[L5] reads Forwarded where there is no X-Forwarded-For', () => {
		const { callerOf } = setUp();
		const from = (forwarded: string) => callerOf('127.0.0.1', { forwarded }).address;
		expect(from('for=192.0.2.66, for=203.0.113.7;proto=https;by=10.0.0.2')).toBe('203.0.113.7');
		expect(from('proto=https; For="[2001:db8:1:2::3]:4711"')).toBe('2001:db8:1:2::/64');
		expect(from('for=_hidden')).toBe('127.0.0.1');
		const both = { forwarded: 'for=192.0.2.66', 'x-forwarded-for': '203.0.113.7' };
		expect(callerOf('127.0.0.1', both).address).toBe('203.0.113.7');
	});

	it('tells once of each proxy that is not named, and of a bounded number', () => {
		const { told, from } = setUp('10.0.0.0/8');
		from('172.17.0.1', '203.0.113.7');
		from('172.17.0.1', '203.0.113.8');
		from('10.0.0.2', '203.0.113.8');
		from('127.0.0.1', '203.0.113.8');
		from('203.0.113.9');
		expect(told).toEqual(['172.17.0.1']);
		for (let count = 0; count < 100; count++) from(`198.51.100.${count}`, '203.0.113.7');
		expect(told.length).toBeLessThan(20);
	});
});

it('counts those who have an address, and not one from this machine that names nobody', () => {
	const { callerOf, callers } = setUp('10.0.0.0/8');
	const isCounted = ({ networks }: Caller) => networks.length > 0;
	expect(isCounted(callerOf('203.0.113.7'))).toBe(true);
	expect(isCounted(callerOf('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }))).toBe(true);
	for (const own of ['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1'])
		expect(isCounted(callerOf(own))).toBe(false);
	expect(isCounted(callers.ofSocket('203.0.113.7'))).toBe(true);
	// Whatever a proxy brings comes from its address.
	expect(isCounted(callers.ofSocket('10.0.0.2'))).toBe(false);
	expect(isCounted(callers.ofSocket(undefined))).toBe(true);
});
