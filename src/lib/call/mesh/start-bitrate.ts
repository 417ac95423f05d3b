/**
 * The bitrate that the video encoder starts from. After an outage, the sender's estimate of the path has sunk to almost nothing and climbs
 * for seconds; `x-google-start-bitrate` in the remote description sets it near where it was before.
 */
import type { Clock } from '../../platform/platform';

const resiliency = new Set(['rtx', 'red', 'ulpfec', 'flexfec-03']);

/**
 * A description with a start bitrate for each video codec (`x-google-start-bitrate`, in kilobits a second, a format parameter of RFC 8866,
 * section 6.15, that Chromium and Safari use and others ignore). Retransmission and error correction stay as they are, and so does
 * everything that is not video.
 */
export function withStartBitrate(sdp: string, kilobitsPerSecond: number): string {
	const parameter = `x-google-start-bitrate=${Math.round(kilobitsPerSecond)}`;
	return sdp
		.split(/(?=^m=)/m)
		.map((section) => (section.startsWith('m=video') ? addToCodecs(section, parameter) : section))
		.join('');
}

function addToCodecs(section: string, parameter: string): string {
	const lineEnd = section.includes('\r\n') ? '\r\n' : '\n';
	const lines = section.split(lineEnd);
	const payloadOf = (line: string, attribute: string) =>
		new RegExp(`^a=${attribute}:(\\d+) `).exec(line)?.[1];
	const described = new Set(lines.flatMap((line) => payloadOf(line, 'fmtp') ?? []));
	const codecs = new Set<string>();
	for (const line of lines) {
		const [, payload, name] = /^a=rtpmap:(\d+) ([^/]+)\//.exec(line) ?? [];
		if (payload !== undefined && name !== undefined && !resiliency.has(name.toLowerCase()))
			codecs.add(payload);
	}
	return lines
		.flatMap((line) => {
			const mapped = payloadOf(line, 'rtpmap');
			if (mapped !== undefined && codecs.has(mapped) && !described.has(mapped)) {
				return [line, `a=fmtp:${mapped} ${parameter}`];
			}
			const formatted = payloadOf(line, 'fmtp');
			if (formatted === undefined || !codecs.has(formatted)) return line;
			const [head = '', ...rest] = line.split(' ');
			const others = rest
				.join(' ')
				.split(';')
				.filter((other) => !/^\s*(x-google-start-bitrate=|$)/.test(other));
			return `${head} ${[...others, parameter].join(';')}`;
		})
		.join(lineEnd);
}

/** For how long we remember what the path carried, in milliseconds before the latest measurement. */
const memoryMs = 30_000;

export interface PathMeasurement {
	atMs: number;
	bps: number;
}

/** What the path has carried lately, the most first: a later measurement that is no lower makes earlier ones pointless. */
export type PathMemory = readonly PathMeasurement[];

/**
 * After each restart the estimate begins below the old value and climbs. If we kept only the latest one, several restarts in a row would
 * lower it each time, down to nothing.
 */
export function rememberPath(before: PathMemory, bps: number, nowMs: number): PathMemory {
	const recent = before.filter((each) => each.bps > bps && nowMs - each.atMs <= memoryMs);
	return [...recent, { atMs: nowMs, bps }];
}

/** `unknown` is what browsers start from by themselves. */
const kilobits = { least: 150, unknown: 300, most: 1_200 };

/**
 * What to start from once media is back, in kilobits a second: most of what the path carried lately, since the next path may carry less,
 * and within limits. If nothing is known, what a browser would start from.
 */
export function startBitrate([most]: PathMemory): number {
	if (!most) return kilobits.unknown;
	return Math.min(kilobits.most, Math.max(kilobits.least, (most.bps * 0.8) / 1_000));
}

/** For the descriptions of one pair, over all of its peers. */
export function createStartBitrate(clock: Clock) {
	/** What the path to them carried when it last worked. */
	let memory: PathMemory = [];
	let adapted = 0;
	return {
		carries(bps: number): void {
			memory = rememberPath(memory, bps, clock.now());
		},
		/** After an outage, media begins near where it was, and not at almost nothing. */
		adapt: (sdp: string): string =>
			// Chromium uses a start bitrate only if it differs from the last one.
			withStartBitrate(sdp, startBitrate(memory) + (adapted++ % 2)),
	};
}
