import { expect, it } from 'vitest';
import type { Signal } from '../../protocol';
import { withoutAddresses } from './hidden-address';

const relay = (related: string) =>
	`candidate:3 1 udp 33562367 203.0.113.9 61000 typ relay ${related} generation 0`;
const hidden = relay('raddr 0.0.0.0 rport 0');

const candidate = (text: string): Signal => ({
	...{ kind: 'candidate', epoch: 0, candidate: text, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' },
});

it('[N17] of candidates the relay itself is told, and not who stands behind it', () => {
	expect(withoutAddresses(candidate(relay('raddr 192.0.2.7 rport 40000')))).toEqual(candidate(hidden));
	expect(withoutAddresses(candidate(''))).toEqual(candidate(''));
	for (const kind of ['host', 'srflx raddr 192.0.2.7 rport 9', 'prflx']) {
		expect(withoutAddresses(candidate(`candidate:1 1 udp 1 192.0.2.7 9 typ ${kind}`))).toBeNull();
	}
});

it('[N17] of a description all is told but our addresses', () => {
	const sdp = (lines: string[]) => ['v=0', ...lines, 'a=mid:0', ''].join('\r\n');
	const description = (text: string): Signal => ({
		kind: 'description',
		epoch: 0,
		offer: 1,
		type: 'offer',
		sdp: text,
	});
	const ours = [
		...['m=audio 61000 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 192.0.2.7', 'a=rtcp:9 IN IP6 2001:db8::7'],
		...[
			'a=candidate:1 1 udp 1 x.local 9 typ host',
			`a=${relay('raddr 192.0.2.7 rport 40000')}`,
			'm=video 0 x',
		],
	];
	const told = [
		...['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=rtcp:9 IN IP4 0.0.0.0'],
		...[`a=${hidden}`, 'm=video 0 x'],
	];
	expect(withoutAddresses(description(sdp(ours)))).toEqual(description(sdp(told)));
});
