/**
 * "Is it me?" From what the detectors found (`quality-detectors.ts`): how good is it in each direction, why not, and is it our own
 * connection? Pure.
 */
import type { Detector } from './quality-detectors';
import type { ConnectionState } from './transport';

export type Grade = 'good' | 'poor' | 'lost';
export type Direction = 'receiving' | 'sending';

/** Words for each stand in the interface's table. The first that holds is told: gravest first, reasons before symptoms. */
export type QualityCause =
	| 'no-connection' // the peer has been connected and is not
	| 'nothing-received' // they send, and nothing comes
	| 'nothing-arrives' // we send, and they report nothing of it
	| 'loss-receiving' // packets from them get lost on the way
	| 'loss-sending' // packets to them get lost on the way
	| 'low-bandwidth' // the path to them carries less than a picture needs
	| 'slow-round-trip' // so late that people talk into each other
	| 'jitter' // packets come so unevenly that sound breaks
	| 'cpu-limited' // this device is too busy to make the pictures
	| 'frozen-video'; // the picture stands still for much of the time

export interface ConnectionQuality {
	/** From them to us. */
	receiving: Grade;
	/** From us to them. */
	sending: Grade;
	/** The first reason; `null` when both are good. */
	cause: QualityCause | null;
}

/** What is remembered of one peer between samples: which detectors count, and for how long they have said otherwise. In their order. */
export type QualityMemory = ReadonlyMap<Detector, { active: boolean; against: number }>;

export const noMemory: QualityMemory = new Map();
export const goodQuality: ConnectionQuality = { receiving: 'good', sending: 'good', cause: null };
const noConnection: ConnectionQuality = { receiving: 'lost', sending: 'lost', cause: 'no-connection' };

/** A connection that is still being made is not judged; one that broke is lost at once. */
export function gradeConnection(connection: ConnectionState, memory: QualityMemory): ConnectionQuality {
	if (connection === 'connecting') return goodQuality;
	if (connection !== 'connected') return noConnection;
	const counting = [...memory].flatMap(([detector, { active }]) => (active ? [detector] : []));
	const [first] = counting;
	if (!first) return goodQuality;
	const grade = (direction: Direction) =>
		worst(counting.filter(({ directions }) => directions.includes(direction)).map(({ grade }) => grade));
	return { receiving: grade('receiving'), sending: grade('sending'), cause: first.cause };
}

/**
 * Our own connection, as far as those of the others tell: what most of them suffer in the same direction has its cause
 * here. With one other it can't be told whose it is, except that a busy device is ours.
 * @param others of those whose connection has been made before
 */
export function gradeOwn(others: readonly ConnectionQuality[]): ConnectionQuality {
	const busy = others.find(({ cause }) => cause === 'cpu-limited');
	const most = (count: number) => others.length > 1 && count * 2 > others.length;
	const grade = (direction: Direction): Grade => {
		const bad = others.filter((other) => other[direction] !== 'good').length;
		const lost = others.filter((other) => other[direction] === 'lost').length;
		if (most(lost)) return 'lost';
		return most(bad) ? 'poor' : 'good';
	};
	const receiving = grade('receiving');
	const sending = grade('sending');
	if (receiving === 'good' && sending === 'good') {
		return busy ? { receiving, sending: 'poor', cause: 'cpu-limited' } : goodQuality;
	}
	return { receiving, sending, cause: mostCommon(others.flatMap(({ cause }) => cause ?? [])) };
}

export function sameQuality(a: ConnectionQuality, b: ConnectionQuality): boolean {
	return a.receiving === b.receiving && a.sending === b.sending && a.cause === b.cause;
}

export function worst(grades: readonly Grade[]): Grade {
	if (grades.includes('lost')) return 'lost';
	return grades.includes('poor') ? 'poor' : 'good';
}

function mostCommon(causes: readonly QualityCause[]): QualityCause | null {
	const counts = new Map<QualityCause, number>();
	for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
	return [...counts].reduce<[QualityCause | null, number]>(
		(best, next) => (next[1] > best[1] ? next : best),
		[null, 0],
	)[0];
}
