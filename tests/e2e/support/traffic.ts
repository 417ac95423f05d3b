/** What a page sends and receives, as its peer connections count it. */
import type { Person } from './person';

/** Counted from the beginning, over all peers. */
export interface Traffic {
	atMs: number;
	/** In bytes on the wire: with the headers of IPv4 and UDP for each packet. */
	bytesSent: number;
	bytesReceived: number;
	audioPacketsReceived: number;
	/** Samples of sound that were made up, because theirs did not come in time, and all of them. */
	samplesConcealed: number;
	samples: number;
	videoBytesReceived: number;
	framesReceived: number;
}

export function readTraffic(person: Person): Promise<Traffic> {
	return person.page.evaluate(async () => {
		const headers = 28;
		const traffic = {
			atMs: Date.now(),
			bytesSent: 0,
			bytesReceived: 0,
			audioPacketsReceived: 0,
			samplesConcealed: 0,
			samples: 0,
			videoBytesReceived: 0,
			framesReceived: 0,
		};
		type Stat = RTCStats & Record<string, number> & { kind?: string };
		for (const peer of window.parleyTestPeers ?? []) {
			if (peer.connectionState !== 'connected') continue;
			(await peer.getStats()).forEach((stat: Stat) => {
				const count = (name: string) => stat[name] ?? 0;
				if (stat.type === 'transport') {
					traffic.bytesSent += count('bytesSent') + headers * count('packetsSent');
					traffic.bytesReceived += count('bytesReceived') + headers * count('packetsReceived');
				} else if (stat.type === 'inbound-rtp' && stat.kind === 'audio') {
					traffic.audioPacketsReceived += count('packetsReceived');
					traffic.samplesConcealed += count('concealedSamples') - count('silentConcealedSamples');
					traffic.samples += count('totalSamplesReceived');
				} else if (stat.type === 'inbound-rtp' && stat.kind === 'video') {
					traffic.videoBytesReceived += count('bytesReceived');
					traffic.framesReceived += count('framesDecoded');
				}
			});
		}
		return traffic;
	});
}

/** How much each count grew, a second, in at least this many milliseconds from now. */
export async function measureTraffic(person: Person, durationMs: number): Promise<Traffic> {
	const before = await readTraffic(person);
	await person.page.waitForFunction((until) => Date.now() >= until, before.atMs + durationMs);
	const after = await readTraffic(person);
	const seconds = (after.atMs - before.atMs) / 1_000;
	const keys = Object.keys(before) as (keyof Traffic)[];
	const rates = keys.map((key) => [key, (after[key] - before[key]) / seconds] as const);
	return Object.fromEntries(rates) as Record<keyof Traffic, number>;
}
