/**
 * Samples the statistics of every peer while a call is on. Only the sampling is here: `stats.ts` and `rates.ts` read,
 * `quality-detectors.ts` and `quality-grades.ts` judge. Joining does not need it, so it is loaded once somebody is inside
 * (`eventual-quality.ts`).
 */
import type { ParticipantId, Publications } from '../../protocol';
import type { Clock, Unsubscribe } from '../../platform/platform';
import { goodQuality, type ConnectionQuality } from './quality';
import { noMemory, type QualityMemory, remember } from './quality-detectors';
import { gradeConnection, gradeOwn, sameQuality } from './quality-grades';
import { ratesBetween, type PeerRates } from './rates';
import { readSample, type PeerSample, type StatsReport } from './stats';
import type { ConnectionState } from '../transport/transport';

/** Long enough that reports cost next to nothing and rates are meaningful. */
export const sampleIntervalMs = 2_000;
/** We don't wait for a report longer than this: we ask for the next one instead. */
export const reportPatienceMs = 10_000;

/** The latest rates of each participant who is connected and has two samples. */
export type CallNumbers = ReadonlyMap<ParticipantId, PeerRates>;

export interface QualityPort {
	clock: Clock;
	others(): { id: ParticipantId; connection: ConnectionState; publications: Publications }[];
	/** What we send. */
	ours(): Publications;
	stats(id: ParticipantId): Promise<StatsReport | undefined>;
	/** Some quality has changed. */
	changed(): void;
}

export interface QualityCommands {
	/** The numbers behind `quality`: called at once and about every 2 s until unsubscribed. For a panel that is open. */
	watchNumbers(listener: (numbers: CallNumbers) => void): Unsubscribe;
}

export interface QualityWatch extends QualityCommands {
	/** The same object while its content is the same. */
	of(id: ParticipantId, connection: ConnectionState): ConnectionQuality;
	/** Our own connection, as far as the connections to the others tell. */
	own(): ConnectionQuality;
	start(): void;
	stop(): void;
}

interface Watched {
	sample: PeerSample | null;
	rates: PeerRates | null;
	memory: QualityMemory;
	quality: ConnectionQuality;
	/** When we asked for the report that has not come yet; `null` if there is none. */
	askedAtMs: number | null;
}

export function createQualityWatch(port: QualityPort): QualityWatch {
	const watched = new Map<ParticipantId, Watched>();
	const listeners = new Set<(numbers: CallNumbers) => void>();
	let lastOwn = goodQuality;
	let cancel: Unsubscribe = () => {};

	function sampleAll(): void {
		const others = port.others();
		const present = new Set(others.map(({ id }) => id));
		const { size } = watched;
		for (const id of [...watched.keys()]) if (!present.has(id)) watched.delete(id);
		if (watched.size < size) publish();
		for (const { id, connection } of others) void sampleOne(id, connection);
	}

	async function sampleOne(id: ParticipantId, connection: ConnectionState): Promise<void> {
		const known = watched.get(id);
		const now = port.clock.now();
		if (connection !== 'connected') {
			// Earlier samples say nothing about what comes next.
			watched.delete(id);
			if (known) publish();
			return;
		}
		if (known && known.askedAtMs !== null && now - known.askedAtMs < reportPatienceMs) return;
		// A fresh entry each time, so that a late report finds itself replaced.
		const entry: Watched = { ...(known ?? unknown()), askedAtMs: now };
		watched.set(id, entry);
		const report = await port.stats(id).catch(() => undefined);
		if (watched.get(id) !== entry) return;
		entry.askedAtMs = null;
		if (report) handleReport(id, entry, report);
	}

	function handleReport(id: ParticipantId, entry: Watched, report: StatsReport): void {
		const other = port.others().find((other) => other.id === id);
		const sample = readSample(report);
		const hadRates = entry.rates !== null;
		entry.rates = entry.sample && ratesBetween(entry.sample, sample);
		entry.sample = sample;
		if (!other || !entry.rates) {
			if (hadRates) publish();
			return;
		}
		const before = [entry.quality, lastOwn];
		entry.memory = remember(entry.memory, {
			rates: entry.rates,
			theirs: other.publications,
			ours: port.ours(),
		});
		publish();
		if (of(id, other.connection) !== before[0] || own() !== before[1]) port.changed();
	}

	function of(id: ParticipantId, connection: ConnectionState): ConnectionQuality {
		const entry = watched.get(id);
		const quality = gradeConnection(connection, entry?.memory ?? noMemory);
		if (!entry) return quality;
		if (!sameQuality(quality, entry.quality)) entry.quality = quality;
		return entry.quality;
	}

	function own(): ConnectionQuality {
		const made = port.others().filter(({ connection }) => connection !== 'connecting');
		const quality = gradeOwn(made.map(({ id, connection }) => of(id, connection)));
		if (!sameQuality(quality, lastOwn)) lastOwn = quality;
		return lastOwn;
	}

	function publish(): void {
		if (listeners.size === 0) return;
		const numbers = latest();
		for (const listener of listeners) listener(numbers);
	}

	function latest(): CallNumbers {
		return new Map([...watched].flatMap(([id, { rates }]) => (rates ? [[id, rates] as const] : [])));
	}

	return {
		of,
		own,
		watchNumbers(listener) {
			listeners.add(listener);
			listener(latest());
			return () => void listeners.delete(listener);
		},
		start() {
			cancel();
			cancel = port.clock.every(sampleIntervalMs, sampleAll);
		},
		stop() {
			cancel();
			watched.clear();
			lastOwn = goodQuality;
			publish();
		},
	};
}

function unknown(): Watched {
	return { sample: null, rates: null, memory: noMemory, quality: goodQuality, askedAtMs: null };
}
