import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol';
import { acceptableDescription, remoteCandidatesMax } from './remote-description';

const codec = ['a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack pli', 'a=fmtp:96 max-fs=3600;max-fr=30'];

function media(kind: string, mid: number, ...more: string[]): string[] {
	return [
		`m=${kind} 9 UDP/TLS/RTP/SAVPF 96`,
		'c=IN IP4 0.0.0.0',
		'a=rtcp:9 IN IP4 0.0.0.0',
		'a=candidate:1 1 udp 2113937151 abd44d79-8e03-495f-9300-85c424a47e04.local 42438 typ host generation 0',
		...['a=ice-ufrag:4ZcD', 'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlzi', 'a=ice-options:trickle'],
		...['a=fingerprint:sha-256 75:74:5A', 'a=setup:actpass', `a=mid:${mid}`, 'a=sendrecv', 'a=msid:- x'],
		...['a=rtcp-mux', 'a=rtcp-rsize', ...codec, 'a=ssrc:1001 cname:x', ...more],
	];
}

/** As Chromium writes it, shortened. `more` goes into the camera's section. */
function sdp({
	more = [],
	kinds = ['audio', 'video', 'video', 'audio'],
}: { more?: string[]; kinds?: string[] } = {}) {
	return [
		...['v=0', 'o=- 1310869849043784749 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1 2 3 4'],
		...['a=extmap-allow-mixed', 'a=msid-semantic: WMS'],
		...kinds.flatMap((kind, mid) => media(kind, mid, ...(mid === 1 ? more : []))),
		...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:4'],
		...['a=sctp-port:5000', 'a=max-message-size:262144', ''],
	].join('\r\n');
}

const added = (line: string) => acceptableDescription(sdp({ more: [line] }));

describe('a description of our layout', () => {
	it('passes as it is', () => {
		expect(acceptableDescription(sdp())).toBe(sdp());
		expect(acceptableDescription(sdp().replaceAll('\r\n', '\n'))).toBe(sdp().replaceAll('\r\n', '\n'));
	});

	it('keeps candidates that are addresses', () => {
		const line = 'a=candidate:2 1 tcp 1518280447 2001:db8::7 9 typ host tcptype active generation 0';
		expect(added(line)).toBe(sdp({ more: [line] }));
	});
});

describe('[N16] a description is refused', () => {
	it.each([
		['nothing', []],
		['a section less', ['audio', 'video', 'video']],
		['a section more', ['audio', 'video', 'video', 'audio', 'video']],
		['another order', ['video', 'audio', 'video', 'audio']],
		['another kind', ['audio', 'video', 'text', 'audio']],
		['a thousand sections', Array.from({ length: 1_000 }, () => 'video')],
	])('that has %s', (_, kinds) => {
		expect(acceptableDescription(sdp({ kinds }))).toBeNull();
	});

	it('that is longer than one may be, or of too many lines', () => {
		expect(added(`a=ssrc:1 cname:${'x'.repeat(limits.sdpMax)}`)).toBeNull();
		expect(acceptableDescription(sdp({ more: Array.from({ length: 2_000 }, () => 'a=mid:1') }))).toBeNull();
	});
});

describe('[N16] of a description is dropped', () => {
	it.each([
		['a name in a candidate', 'a=candidate:1 1 udp 1 stranger.example 9 typ host'],
		['a related name', 'a=candidate:1 1 udp 1 192.0.2.7 9 typ srflx raddr stranger.example rport 9'],
		['a name to connect to', 'c=IN IP4 stranger.example'],
		['a name for RTCP', 'a=rtcp:9 IN IP4 stranger.example'],
		['a wish for several pictures at once', 'a=simulcast:recv h;m;l'],
		['what names them', 'a=rid:h recv'],
		['a bound of their own for what is sent', 'b=AS:30'],
		['an assertion to be looked up elsewhere', 'a=identity:eyJpZHAiOiJ4In0='],
		['other candidates of ours', 'a=remote-candidates:1 192.0.2.7 9'],
		['an attribute nobody has heard of', 'a=x-google-flag:conference'],
		['a second line in one', 'a=mid:1\ra=candidate:1 1 udp 1 stranger.example 9 typ host'],
		['a format parameter that is nothing but a bitrate', 'a=fmtp:96 x-google-min-bitrate=50000'],
		['a line of no format', 'nonsense'],
	])('%s', (_, line) => {
		expect(added(line)).toBe(sdp());
	});

	it('the bitrate that our encoder is to keep to, and nothing beside it', () => {
		const line = 'a=fmtp:98 profile-id=0; X-Google-Min-Bitrate=50000;x-google-start-bitrate=9;level-id=3';
		expect(added(line)).toBe(sdp({ more: ['a=fmtp:98 profile-id=0;level-id=3'] }));
	});

	it('every candidate beyond those that one browser has', () => {
		const many = Array.from(
			{ length: 500 },
			(_, at) => `a=candidate:${at} 1 udp 1 192.0.2.7 ${at + 1} typ host`,
		);
		const kept = acceptableDescription(sdp({ more: many }))?.match(/a=candidate:/g);
		expect(kept).toHaveLength(remoteCandidatesMax);
	});
});
