import { describe, expect, it } from 'vitest';
import { isAcceptableAddress, isAcceptableCandidate } from './remote-candidate';

const at = (address: string, rest = 'typ host', port = '50000', transport = 'udp') =>
	`candidate:842163049 1 ${transport} 1677729535 ${address} ${port} ${rest}`;

describe('[N15] a candidate passes', () => {
	it.each([
		at('192.0.2.7'),
		at('2001:db8::7'),
		at('1f4712db-ea17-4bcf-a596-105139dfd8bf.local'),
		at('192.0.2.7', 'typ host tcptype active generation 0 ufrag Ab+/ network-id 1', '9', 'tcp'),
		at('192.0.2.7', 'typ host tcptype passive', '443', 'TCP'),
		at('203.0.113.4', 'typ srflx raddr 192.0.2.7 rport 50000 generation 0 ufrag x network-cost 999'),
		at('203.0.113.4', 'typ srflx raddr 0.0.0.0 rport 0'),
		at('203.0.113.4', 'typ relay raddr 2001:db8::1 rport 4242'),
		at('203.0.113.4', 'typ prflx raddr a.local rport 9'),
		'candidate:0 1 UDP 2122252543 192.168.1.5 51688 typ host',
		'',
	])('with an address, or a name of the local network: %s', (candidate) => {
		expect(isAcceptableCandidate(candidate)).toBe(true);
	});
});

describe('[N15] a candidate is dropped', () => {
	it.each([
		at('stranger.example'),
		at('stranger'),
		at('stranger.example.'),
		at('stranger.local.'),
		at('x.stranger.local'),
		at('.local'),
		at('localhost'),
		at('127.1'),
		at('0x7f.0.0.1'),
		at('2130706433'),
		at('192.0.2.07'),
		at('192.0.2.256'),
		at('2001:db8::1%eth0'),
		at('[2001:db8::1]'),
		at('stranger.example', 'typ host tcptype passive', '443', 'tcp'),
	])('that a browser would ask a resolver about: %s', (candidate) => {
		expect(isAcceptableCandidate(candidate)).toBe(false);
	});

	it.each([
		at('203.0.113.4', 'typ srflx raddr stranger.example rport 9'),
		at('203.0.113.4', 'typ srflx RADDR stranger.example rport 9'),
		at('203.0.113.4', 'typ srflx raddr'),
	])('with such a name in its related address: %s', (candidate) => {
		expect(isAcceptableCandidate(candidate)).toBe(false);
	});

	it.each(['0', '65536', '99999', '-1', '1e3', '123456'])('with %s as a port', (port) => {
		expect(isAcceptableCandidate(at('192.0.2.7', 'typ host', port))).toBe(false);
		if (port === '0') return;
		expect(isAcceptableCandidate(at('192.0.2.7', `typ srflx raddr 0.0.0.0 rport ${port}`))).toBe(false);
	});

	it.each([
		'nonsense',
		'candidate:',
		at('192.0.2.7', 'typ other'),
		at('192.0.2.7', 'typ host', '50000', 'sctp'),
		`${at('192.0.2.7')}\r\na=candidate:1 1 udp 1 stranger.example 9 typ host`,
		`a=${at('192.0.2.7')}`,
		` ${at('192.0.2.7')}`,
	])('that is none: %s', (candidate) => {
		expect(isAcceptableCandidate(candidate)).toBe(false);
	});
});

describe('an IPv6 address', () => {
	it.each([
		'::',
		'::1',
		'fe80::1',
		'1:2:3:4:5:6:7:8',
		'1::8',
		'::ffff:192.0.2.7',
		'1:2:3:4:5:6:192.0.2.7',
		'A::b',
	])('may be written as %s', (text) => expect(isAcceptableAddress(text)).toBe(true));

	it.each([
		':',
		':::',
		'1:2',
		'1::2::3',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7::8',
		'12345::',
		'g::',
		'::192.0.2.7:1',
		'::1.2.3',
		'1:2:3:4:5:6:7:192.0.2.7',
		'',
	])('is not %s', (text) => expect(isAcceptableAddress(text)).toBe(false));
});
