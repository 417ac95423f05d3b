/**
 * Which parts of a stranger's session description we pass to the browser: our layout and nothing else. The format has many ways to make a
 * browser do something for whoever wrote it, such as sending several pictures at once, keeping to a minimum bitrate, or asking a resolver.
 * So only lines pass that descriptions of our layout consist of. Pure.
 */
import { limits } from '../../protocol';
import { isAcceptableAddress, isAcceptableCandidate } from './remote-candidate';
import { slotKinds, slots } from '../transport/transport';

/** For one generation. A laptop with Wi-Fi, a cable, a VPN and two relays has some thirty. */
export const remoteCandidatesMax = 64;
/** Chromium's descriptions have some 330 lines. */
const linesMax = 2_000;

/** [N9] */
const layout = [...slots.map((slot) => slotKinds[slot]), 'application'].join();

/** The attributes that Chromium, Firefox and Safari use in descriptions of our layout. */
const attributes = new Set([
	...['group', 'msid-semantic', 'extmap-allow-mixed', 'setup', 'fingerprint', 'ice-ufrag', 'ice-pwd'],
	...['ice-options', 'candidate', 'end-of-candidates', 'mid', 'bundle-only', 'msid', 'ssrc', 'ssrc-group'],
	...['sendrecv', 'sendonly', 'recvonly', 'inactive', 'extmap', 'rtpmap', 'rtcp-fb', 'fmtp', 'rtcp'],
	...[
		'rtcp-mux',
		'rtcp-mux-only',
		'rtcp-rsize',
		'rtcp-xr',
		'ptime',
		'maxptime',
		'sctp-port',
		'sctpmap',
		'max-message-size',
	],
]);
/** Parameters that make a video sender start from a bitrate, or keep above or below one, whatever the path carries. */
const bitrateParameter = /^\s*x-google-(?:min|max|start)-bitrate\s*(?:=|$)/i;

/** The part that may be applied, or `null` if it is not of our layout. */
export function acceptableDescription(sdp: string): string | null {
	if (sdp.length > limits.sdpMax) return null;
	const lines = sdp.split('\n');
	if (lines.length > linesMax) return null;
	const kinds = lines.flatMap((line) => (line.startsWith('m=') ? [/^m=(\w*)/.exec(line)?.[1] ?? ''] : []));
	if (kinds.join() !== layout) return null;
	let candidates = 0;
	const kept = lines.flatMap((line) => {
		const text = line.replace(/\r$/, '');
		if (text.includes('\r')) return [];
		if (text.startsWith('a=candidate:') && ++candidates > remoteCandidatesMax) return [];
		const end = line.slice(text.length);
		const passed = acceptableLine(text);
		return passed === null ? [] : [passed + end];
	});
	return kept.join('\n');
}

function acceptableLine(line: string): string | null {
	if (line === '' || /^[mvost]=/.test(line)) return line;
	if (line.startsWith('c=')) return isConnection(line.slice(2)) ? line : null;
	const [, name = ''] = /^a=([\w-]+)(?=[: ]|$)/.exec(line) ?? [];
	if (!attributes.has(name)) return null;
	switch (name) {
		case 'candidate':
			return isAcceptableCandidate(line.slice(2)) ? line : null;
		case 'rtcp':
			return /^a=rtcp:\d{1,5}$/.test(line) || isConnection(line.replace(/^a=rtcp:\d{1,5} /, ''))
				? line
				: null;
		case 'fmtp':
			return withoutBitrates(line);
		default:
			return line;
	}
}

function isConnection(text: string): boolean {
	const [, address] = /^IN IP[46] (\S+)$/.exec(text) ?? [];
	return address !== undefined && isAcceptableAddress(address);
}

function withoutBitrates(line: string): string | null {
	const [, head = '', parameters = ''] = /^(a=fmtp:\d+ )(.*)$/.exec(line) ?? [];
	const kept = parameters.split(';').filter((parameter) => !bitrateParameter.test(parameter));
	return kept.length > 0 && head !== '' ? head + kept.join(';') : null;
}
