/**
 * Whether anything arrives over a peer at all, from its statistics. Pure. Read once a second or more often, and needed by every call from
 * its first moment; `stats.ts` reads the rest.
 */
import type { Stat, StatsReport } from '../quality/stats';

/** How much has come over this peer so far, of any kind, and the state of its path. */
export interface Arrivals {
	/** Grows with every packet of media, reports or messages that comes, but not with connectivity checks. */
	count: number;
	roundTripMs: number | null;
	availableOutgoingBps: number | null;
}

/** Takes one pass and keeps nothing, because it is called often. */
export function readArrivals(report: StatsReport): Arrivals {
	let byTransport: number | null = null;
	let byParts = 0;
	let selected: string | undefined;
	const pairs: Stat[] = [];
	report.forEach((stat: Stat) => {
		if (stat.type === 'transport') {
			selected ??= stat.selectedCandidatePairId;
			if (stat.packetsReceived !== undefined) byTransport = (byTransport ?? 0) + stat.packetsReceived;
		} else if (stat.type === 'inbound-rtp') {
			byParts += stat.packetsReceived ?? 0;
		} else if (stat.type === 'candidate-pair') {
			byParts += stat.bytesReceived ?? 0;
			pairs.push(stat);
		}
	});
	// Several pairs may be nominated, and only the one in use has an estimate. Firefox does not name the selected pair but marks it.
	const path = pairs.find(({ id, selected: isSelected }) => id === selected || isSelected);
	const { currentRoundTripTime, availableOutgoingBitrate } = path ?? {};
	return {
		// Not every browser counts packets by transport.
		count: byTransport ?? byParts,
		roundTripMs: currentRoundTripTime === undefined ? null : currentRoundTripTime * 1_000,
		availableOutgoingBps: availableOutgoingBitrate ?? null,
	};
}
