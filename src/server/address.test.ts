import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { addressOf, isCounted } from './address';

function from(remoteAddress: string, forwarded?: string): string {
	const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
	return addressOf({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
}

it('is the address of the other end', () => {
	expect(from('203.0.113.7')).toBe('203.0.113.7');
	expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
});

it('takes a whole IPv6 network for one', () => {
	expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
	expect(from('2001:db8::6')).toBe('2001:db8:0:0::/64');
});

it('believes a proxy on this machine, and only the entry that it added', () => {
	expect(from('127.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
	expect(from('::1', '2001:db8::6')).toBe('2001:db8:0:0::/64');
	expect(from('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
	expect(from('127.0.0.1', 'unknown')).toBe('127.0.0.1');
});

it('counts by address those who have one, and not a connection from this machine that names nobody', () => {
	expect(isCounted(from('203.0.113.7'))).toBe(true);
	expect(isCounted(from('127.0.0.1', '203.0.113.7'))).toBe(true);
	for (const own of ['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1'])
		expect(isCounted(from(own))).toBe(false);
});
