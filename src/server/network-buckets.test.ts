import { expect, it } from 'vitest';
import type { Caller } from './address';
import { createConnectionCounts } from './connection-counts';
import { createNetworkBuckets } from './network-buckets';

const inSubnet = (subnet: number): Caller => ({
	address: `2001:db8:1:${subnet}::/64`,
	networks: [
		{ key: `2001:db8:1:${subnet}::/64`, width: 1 },
		{ key: '2001:db8:1::/56', width: 2 },
		{ key: '2001:db8:1::/48', width: 4 },
	],
});
const anyone: Caller = { address: '127.0.0.1', networks: [] };

it('[L5] counts by address and by IPv6 network, and not one who may be anyone', () => {
	const buckets = createNetworkBuckets({ perSecond: 1, burst: 10 });
	const had = (caller: Caller) => {
		let count = 0;
		while (count < 50 && buckets.take(caller, 1, 1_000).ok) count += 1;
		return count;
	};
	expect([1, 2, 3].map((subnet) => had(inSubnet(subnet)))).toEqual([10, 10, 0]);
	expect(had(anyone)).toBe(50);
	buckets.charge(inSubnet(4), 20, 1_000);
	expect(buckets.take(inSubnet(4), 1, 5_000).ok).toBe(false);
});

it('[L5] holds so many connections of an address and of an IPv6 network, and takes others when some have closed', () => {
	const counts = createConnectionCounts(2);
	expect([1, 1, 1, 2, 2, 3].map((subnet) => counts.take(inSubnet(subnet)))).toEqual([
		...[true, true, false],
		...[true, true],
		false,
	]);
	counts.release(inSubnet(1));
	expect(counts.take(inSubnet(3))).toBe(true);
	expect(counts.take(inSubnet(1))).toBe(false);
	for (let count = 0; count < 10; count++) expect(counts.take(anyone)).toBe(true);
});
