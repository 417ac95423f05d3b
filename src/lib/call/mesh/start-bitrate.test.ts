import { expect, it } from 'vitest';
import { rememberPath, startBitrate, withStartBitrate, type PathMemory } from './start-bitrate';

const description = [
	'v=0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111',
	'a=rtpmap:111 opus/48000/2',
	'a=fmtp:111 minptime=10;useinbandfec=1',
	'm=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 114',
	'a=rtpmap:96 VP8/90000',
	'a=rtpmap:97 rtx/90000',
	'a=fmtp:97 apt=96',
	'a=rtpmap:103 H264/90000',
	'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1',
	'a=rtpmap:104 red/90000',
	'a=rtpmap:114 ulpfec/90000',
	'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
	'a=sctp-port:5000',
	'',
];
const sdp = description.join('\r\n');

it('gives each video codec the start bitrate, with or without parameters of its own', () => {
	const lines = withStartBitrate(sdp, 800.4).split('\r\n');
	expect(lines).toContain('a=fmtp:96 x-google-start-bitrate=800');
	expect(lines).toContain(
		'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;x-google-start-bitrate=800',
	);
	expect(lines.indexOf('a=fmtp:96 x-google-start-bitrate=800')).toBe(
		lines.indexOf('a=rtpmap:96 VP8/90000') + 1,
	);
});

it('leaves retransmission, error correction, sound and the data channel as they are', () => {
	const lines = withStartBitrate(sdp, 800).split('\r\n');
	expect(lines.filter((line) => !description.includes(line))).toHaveLength(2);
	expect(description.filter((line) => !lines.includes(line))).toEqual([
		'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1',
	]);
});

it('replaces an earlier start bitrate', () => {
	expect(withStartBitrate(withStartBitrate(sdp, 800), 300)).toBe(withStartBitrate(sdp, 300));
});

it('keeps the line ends of the description', () => {
	const unix = sdp.replaceAll('\r\n', '\n');
	expect(withStartBitrate(unix, 800)).toBe(withStartBitrate(sdp, 800).replaceAll('\r\n', '\n'));
});

it('starts a little below what the path carried, and never below or above what makes sense', () => {
	const after = (bps: number) => startBitrate(rememberPath([], bps, 0));
	expect(after(1_000_000)).toBe(800);
	expect(after(30_000)).toBe(150);
	expect(after(20_000_000)).toBe(1_200);
	expect(startBitrate([])).toBe(300);
});

it('goes by the most that the path carried lately, so that restarts in a row do not lead down', () => {
	let memory: PathMemory = rememberPath([], 1_000_000, 0);
	for (let nowMs = 1_000; nowMs <= 20_000; nowMs += 1_000) {
		memory = rememberPath(memory, startBitrate(memory) * 1_000 * 0.9, nowMs);
	}
	expect(startBitrate(memory)).toBe(800);
	// What was long ago counts no more; what is more than before counts at once.
	memory = rememberPath(memory, 500_000, 60_000);
	expect(startBitrate(memory)).toBe(400);
	expect(startBitrate(rememberPath(memory, 600_000, 60_001))).toBe(480);
	expect(rememberPath(memory, 600_000, 60_001)).toHaveLength(1);
});
