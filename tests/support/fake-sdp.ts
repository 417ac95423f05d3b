/**
 * The few lines of a session description that the fake peer connection lives by, in the syntax of RFC 8866, so that
 * code which looks into descriptions sees what it would see in a browser.
 */
export interface FakeMedia {
	kind: string;
	mid: string;
	direction: RTCRtpTransceiverDirection;
}

export interface FakeDescription {
	type: 'offer' | 'answer';
	/** Names the connection that made it, as a certificate does. */
	fingerprint: string;
	version: number;
	ufrag: string;
	media: FakeMedia[];
	candidates: string[];
}

export function describe(description: FakeDescription): string {
	const { type, fingerprint, version, ufrag, media, candidates } = description;
	return [
		'v=0',
		`o=${type} ${fingerprint} ${version} IN IP4 127.0.0.1`,
		`a=fingerprint:sha-256 ${fingerprintOf(fingerprint)}`,
		...media.flatMap(({ kind, mid, direction }) => [
			`m=${kind} 9 fake`,
			`a=mid:${mid}`,
			`a=${direction}`,
			`a=ice-ufrag:${ufrag}`,
		]),
		...candidates.map((candidate) => `a=${candidate}`),
	]
		.join('\r\n')
		.concat('\r\n');
}

/** Throws a `DOMException`, as `setRemoteDescription` would, for what `describe` can't have made. */
export function parse(sdp: string): FakeDescription {
	const origin = /^o=(offer|answer) (\S+) (\d+)/m.exec(sdp);
	const ufrag = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
	if (!origin || ufrag === undefined) throw new DOMException('not a description', 'OperationError');
	return {
		type: origin[1] as 'offer' | 'answer',
		fingerprint: origin[2] as string,
		version: Number(origin[3]),
		ufrag,
		media: [...sdp.matchAll(/^m=(\S+) .*\r\na=mid:(\S+)\r\na=(\S+)/gm)].map(([, kind, mid, direction]) => ({
			kind: kind as string,
			mid: mid as string,
			direction: direction as RTCRtpTransceiverDirection,
		})),
		candidates: [...sdp.matchAll(/^a=(candidate:.*)\r$/gm)].map(([, candidate]) => candidate as string),
	};
}

/** As a browser writes that of a certificate: the name's own bytes stand for its hash. */
function fingerprintOf(name: string): string {
	return Buffer.from(name.padEnd(32, '.')).toString('hex').toUpperCase().match(/../g)?.join(':') ?? '';
}
