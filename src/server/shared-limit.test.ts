import { expect, it } from 'vitest';
import type { Caller } from './address';
import { createSharedLimit } from './shared-limit';

const ipv4 = (address: string): Caller => ({ address, networks: [{ key: address, width: 1 }] });
const ipv6 = (site: number, subnet: number): Caller => ({
	address: `2001:db8:${site}:${subnet}::/64`,
	networks: [
		{ key: `2001:db8:${site}:${subnet}::/64`, width: 1 },
		{ key: `2001:db8:${site}:0::/56`, width: 2 },
		{ key: `2001:db8:${site}::/48`, width: 4 },
	],
});
const rates = { ofAddress: { perSecond: 10, burst: 100 }, ofAll: { perSecond: 100, burst: 1_000 } };

function had(
	limit: ReturnType<typeof createSharedLimit>,
	caller: Caller,
	connection: string,
	wanted = 5_000,
) {
	let count = 0;
	while (count < wanted && limit.take(caller, connection, 1, 1_000).ok) count += 1;
	return count;
}

it('[L1] bounds an address, however many connections it has, and each of those fairly', () => {
	const limit = createSharedLimit(rates);
	let all = 0;
	for (let number = 0; number < 150; number++) all += had(limit, ipv4('203.0.113.7'), `c${number}`);
	expect(all).toBeLessThanOrEqual(200);
	expect(had(limit, ipv4('203.0.113.8'), 'other')).toBe(50);
});

it('[L1] bounds all addresses together, and leaves room for one that has used nothing', () => {
	const limit = createSharedLimit(rates);
	let all = 0;
	for (let number = 0; number < 100; number++) all += had(limit, ipv4(`198.51.100.${number}`), 'c');
	expect(all).toBeLessThanOrEqual(2_000);
	expect(had(limit, ipv4('203.0.113.7'), 'c')).toBeGreaterThan(0);
});

it('[L5] bounds an IPv6 network whose addresses are many', () => {
	const limit = createSharedLimit(rates);
	let all = 0;
	for (let subnet = 0; subnet < 200; subnet++) all += had(limit, ipv6(1, subnet), 'c');
	// Of 200 addresses' worth the /56 leaves two.
	expect(all).toBeLessThanOrEqual(400);
	expect(had(limit, ipv6(2, 0), 'c')).toBe(50);
});

it('[L1] takes one who may be anyone for a connection of its own', () => {
	const limit = createSharedLimit(rates);
	const anyone: Caller = { address: '127.0.0.1', networks: [] };
	expect(had(limit, anyone, 'first')).toBe(500);
	expect(had(limit, anyone, 'second')).toBeGreaterThan(200);
});

it('takes nothing anywhere of what is refused somewhere', () => {
	const limit = createSharedLimit({ ...rates, ofAll: { perSecond: 1, burst: 10 } });
	expect(limit.take(ipv4('203.0.113.7'), 'c', 50, 1_000).ok).toBe(false);
	expect(had(limit, ipv4('203.0.113.7'), 'c')).toBe(5);
});
